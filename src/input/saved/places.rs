//! The files and lines that a saved matrix names → places in files of which only those lines are known.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::document::Document;
use crate::model::{Place, SourceFile};

/// The lines of each file.
#[derive(Debug)]
pub(super) struct Places {
    files: Vec<(String, Vec<usize>)>,
    by_name: BTreeMap<String, u32>,
    /// The place of what does not say where it stands: the beginning of the saved file itself.
    nowhere: Place,
}

impl Places {
    /// The places that a saved matrix names. `saved` is its own name.
    pub(super) fn of(document: &Document, saved: &str) -> Self {
        // As the loader has them: sorted as paths.
        let mut lines: BTreeMap<(PathBuf, String), Vec<usize>> = BTreeMap::new();
        let mut unplaced = false;
        for at in named(document) {
            match at {
                Some((file, line)) => {
                    lines.entry((file.into(), file.to_owned())).or_default().push(line.get());
                }
                None => unplaced = true,
            }
        }
        if unplaced {
            lines.entry((saved.into(), saved.to_owned())).or_default().push(1);
        }
        let mut files: Vec<_> = lines.into_iter().map(|((_, name), lines)| (name, lines)).collect();
        for (_, lines) in &mut files {
            lines.sort_unstable();
            lines.dedup();
        }
        let by_name: BTreeMap<_, _> =
            (0u32..).zip(&files).map(|(at, (name, _))| (name.clone(), at)).collect();
        let mut places = Self { files, by_name, nowhere: Place { file: 0, start: 0, len: 0 } };
        places.nowhere = places.find(saved, 1);
        places
    }

    /// A place that is named, or that of what stands nowhere.
    pub(super) fn place(&self, file: Option<&str>, line: Option<NonZeroUsize>) -> Place {
        file.zip(line).map_or(self.nowhere, |(file, line)| self.find(file, line.get()))
    }

    fn find(&self, file: &str, line: usize) -> Place {
        let at = self.by_name.get(file).copied().unwrap_or(0);
        let lines = self.files.get(at as usize).map_or(&[][..], |(_, lines)| lines);
        let start = lines.binary_search(&line).unwrap_or(0);
        Place { file: at, start: u32::try_from(start).unwrap_or(u32::MAX), len: 0 }
    }

    /// The files, in the order in which places count them.
    pub(super) fn into_files(self) -> Vec<SourceFile> {
        self.files.into_iter().map(|(name, lines)| SourceFile::of_lines(&name, lines)).collect()
    }
}

/// Where everything stands that is kept; nothing for what does not say it.
fn named(document: &Document) -> impl Iterator<Item = Option<(&str, NonZeroUsize)>> {
    let zones = document.zones.iter().map(|zone| zone.file.as_deref().zip(zone.line));
    let guards = document.guards.iter().filter_map(|guard| guard.file.as_deref().zip(guard.line)).map(Some);
    let nodes = document.nodes.iter().map(|node| Some((node.file.as_str(), node.line)));
    let declared = document.edges.iter().filter(|edge| edge.is_declared());
    let edges = declared.map(|edge| edge.file.as_deref().zip(edge.line));
    let settings = document.review.iter().map(|setting| Some((setting.file.as_str(), setting.line)));
    let accepted = document.accept.iter().map(|entry| Some((entry.file.as_str(), entry.line)));
    let rules = document.rules.iter().map(|rule| Some((rule.file.as_str(), rule.line)));
    zones.chain(guards).chain(nodes).chain(edges).chain(settings).chain(accepted).chain(rules)
}
