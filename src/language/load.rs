//! Loading: inputs → files → trees → declarations → a [`Spec`], or all mistakes of all files.

use std::path::Path;

use bumpalo::Bump;
use rayon::prelude::*;

use super::declaration::Document;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::document::document;
use super::files::{contents, default_name};
use super::reader;
use super::resolve::resolve;
use super::sink::Sink;
use crate::model::{SourceFile, Spec};

/// From how many bytes on several files are read at the same time. Starting threads takes longer than reading less.
const WORTH_THREADS: usize = 1 << 18;

/// The spec that these names and bytes make together: files that are read by other means than from a directory. `name` is
/// the spec's if it gives none; without it, the first file's.
///
/// # Errors
/// Every mistake of every file, in the order of the text.
pub fn load_contents(name: Option<&str>, files: Vec<(String, Vec<u8>)>) -> Result<Spec, Diagnostics> {
    load_beside(name, files, Vec::new())
}

/// [`load_contents`], where other files could not be read: what was wrong with them is reported with the rest, and a name that is
/// declared nowhere is no news then.
pub(crate) fn load_beside(
    name: Option<&str>,
    files: Vec<(String, Vec<u8>)>,
    unread: Vec<Diagnostic>,
) -> Result<Spec, Diagnostics> {
    let mut sink = Sink::default();
    sink.names_missing = !unread.is_empty();
    unread.into_iter().for_each(|mistake| sink.push(mistake));
    let files = contents(files, &mut sink);
    let of_first = || files.first().map_or_else(String::new, |file| default_name(file.name()));
    let name = name.map_or_else(of_first, str::to_owned);
    build(files, &name, sink)
}

impl Spec {
    /// The spec that one text makes. `name` is the file's name in messages, and gives the spec its name if it has none.
    ///
    /// # Errors
    /// Every mistake, in the order of the text.
    pub fn from_text(name: &str, text: &str) -> Result<Self, Diagnostics> {
        Self::from_files(vec![SourceFile::new(name, text.to_owned())])
    }

    /// The spec that these files make together, sorted by their names as paths.
    ///
    /// # Errors
    /// Every mistake of every file, in the order of the text.
    pub fn from_files(mut files: Vec<SourceFile>) -> Result<Self, Diagnostics> {
        files.sort_by(|one, other| Path::new(one.name()).cmp(Path::new(other.name())));
        let name = files.first().map_or_else(String::new, |file| default_name(file.name()));
        build(files, &name, Sink::default())
    }
}

/// Files → spec. The sink holds what went wrong with reading them.
fn build(files: Vec<SourceFile>, name: &str, mut sink: Sink) -> Result<Spec, Diagnostics> {
    let mut arenas: Vec<Bump> = files.iter().map(|_| Bump::new()).collect();
    let documents = documents(&files, &mut arenas, &mut sink);
    match resolve(files.clone(), documents, name, &mut sink) {
        Some(spec) => Ok(spec),
        None => Err(Diagnostics { files, items: sink.finish() }),
    }
}

/// What the files declare. Large specs are read on all threads; each file has an arena and a sink of its own, and what they
/// hold is joined in the order of the files.
fn documents<'a>(files: &'a [SourceFile], arenas: &'a mut [Bump], sink: &mut Sink) -> Vec<Document<'a>> {
    let broken = &sink.broken;
    let read = |(position, (file, arena)): (usize, (&'a SourceFile, &'a mut Bump))| {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        let mut own = Sink::of_file(files.len());
        let text = if broken.contains(&position) { None } else { Some(file.text()) };
        (declarations(position, text, arena, &mut own), own)
    };
    let bytes: usize = files.iter().map(|file| file.text().len()).sum();
    let read: Vec<_> = if files.len() > 1 && bytes > WORTH_THREADS {
        files.par_iter().zip(arenas).enumerate().map(read).collect()
    } else {
        files.iter().zip(arenas).enumerate().map(read).collect()
    };
    let mut documents = Vec::with_capacity(read.len());
    for (document, own) in read {
        documents.extend(document);
        sink.join(own);
    }
    documents
}

/// What one text declares. A file that cannot be read leaves its names unknown, which is not reported again for each use.
fn declarations<'a>(
    position: u32,
    text: Option<&'a str>,
    arena: &'a Bump,
    sink: &mut Sink,
) -> Option<Document<'a>> {
    let tree = text.and_then(|text| reader::read(position, text, arena, sink));
    if tree.is_none() {
        sink.names_missing = true;
    }
    tree.map(|tree| document(&tree, sink))
}
