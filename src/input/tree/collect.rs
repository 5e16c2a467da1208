//! A directory of a tree → the files that make the spec there, by the same rules on the disk, in a commit and in the index.

use std::collections::HashSet;

use super::entry::{Entry, Kind, Tree};
use super::links::{Followed, follow};
use super::scope::Scope;
use crate::input::names::{is_spec, is_visible, join, last, twins};
use crate::input::problem::InputError;
use crate::language::{Code, Diagnostic};
use crate::model::printable;

/// How many files one spec may have.
const MOST: usize = 100_000;

/// A file of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::input) struct Member {
    /// The path under which it was found. It may lead over links.
    pub(in crate::input) found: String,
    /// The path without links.
    pub(in crate::input) real: String,
}

/// What was found in a directory.
#[derive(Debug, Default)]
pub(in crate::input) struct Collected {
    /// The files, sorted by where they were found, each once.
    pub(in crate::input) members: Vec<Member>,
    /// Remarks: what may hold specs and was not entered.
    pub(in crate::input) notices: Vec<String>,
    /// Why what is here must not be read.
    pub(in crate::input) mistakes: Vec<Diagnostic>,
}

/// The specs of a directory.
///
/// # Errors
/// If the tree cannot be read. What must not be read is among the mistakes.
pub(in crate::input) fn collect(
    tree: &dyn Tree,
    directory: &str,
    scope: Scope,
) -> Result<Collected, InputError> {
    let mut search =
        Search { tree, scope, entered: HashSet::new(), links: Vec::new(), found: Collected::default() };
    search.directory(directory, directory)?;
    search.follow_links()?;
    search.finish(directory)
}

struct Search<'t> {
    tree: &'t dyn Tree,
    scope: Scope,
    /// Directories that were listed with all that lies below them, by their real paths.
    entered: HashSet<String>,
    /// Links that are still to be followed, the first one last.
    links: Vec<String>,
    found: Collected,
}

impl Search<'_> {
    /// Takes what lies in a directory. `shown` is the way by which it was reached.
    fn directory(&mut self, shown: &str, real: &str) -> Result<(), InputError> {
        if !self.entered.insert(real.to_owned()) {
            return Ok(());
        }
        let entries = match self.scope {
            Scope::Siblings => self.tree.children(real)?,
            Scope::Below => self.tree.below(real)?,
        };
        let mut links = Vec::new();
        for entry in entries {
            let below = entry.path.strip_prefix(real).unwrap_or(&entry.path).trim_start_matches('/');
            if is_visible(below) {
                self.entry(&entry, join(shown, below), &mut links);
            }
        }
        links.sort_unstable_by(|one: &String, other| other.cmp(one));
        self.links.splice(0..0, links);
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, shown: String, links: &mut Vec<String>) {
        let named_so = is_spec(last(&shown));
        match entry.kind {
            Kind::File | Kind::Link | Kind::Special if named_so && !entry.is_text => {
                self.refuse(
                    Code::NotUtf8,
                    format!("the name of `{}` is not UTF-8", self.name(&shown)),
                    "rename it",
                );
            }
            Kind::File if named_so => {
                self.found.members.push(Member { found: shown, real: entry.path.clone() });
            }
            Kind::Special if named_so => self.refuse(
                Code::Refused,
                format!("`{}` is no regular file, and is not opened", self.name(&shown)),
                "take it out of the directory, or name the files one by one",
            ),
            Kind::Link if entry.is_text && (named_so || self.scope == Scope::Below) => links.push(shown),
            Kind::Repository if self.scope == Scope::Below => {
                let name = self.name(&shown);
                self.found.notices.push(format!("`{name}` is a repository of its own, and is not entered"));
            }
            _ => {}
        }
    }

    /// Follows the links, after everything that is there by itself: what is reached both ways has its own name.
    fn follow_links(&mut self) -> Result<(), InputError> {
        while let Some(link) = self.links.pop() {
            let named_so = is_spec(last(&link));
            match follow(self.tree, &link)? {
                Followed::At(real, Kind::File) if named_so => self.linked_file(link, real)?,
                Followed::At(real, Kind::Directory)
                    if self.scope == Scope::Below && is_visible(&format!("{real}/")) =>
                {
                    self.directory(&link, &real)?;
                }
                Followed::At(_, Kind::Repository) => {
                    let name = self.name(&link);
                    self.found
                        .notices
                        .push(format!("`{name}` leads into a repository of its own, and is not entered"));
                }
                Followed::Out(by) if named_so => self.leads_out(&link, &by),
                Followed::Out(_) => {
                    let (name, bounds) = (self.name(&link), self.tree.bounds());
                    self.found
                        .notices
                        .push(format!("`{name}` is a link that leads out of {bounds}, and is not entered"));
                }
                Followed::Missing | Followed::Circle(_) | Followed::At(_, Kind::Special) if named_so => self
                    .refuse(
                        Code::Refused,
                        format!("`{}` is a link that leads to no file", self.name(&link)),
                        "mend the link, or take it out",
                    ),
                _ => {}
            }
        }
        Ok(())
    }

    fn linked_file(&mut self, link: String, real: String) -> Result<(), InputError> {
        match self.tree.forbids(&real)? {
            None => self.found.members.push(Member { found: link, real }),
            Some(why) => {
                let message = format!("`{}` is a link to `{}`, {why}", self.name(&link), printable(&real));
                self.refuse(
                    Code::Refused,
                    message,
                    "put the file itself there, or let git track what the link leads to",
                );
            }
        }
        Ok(())
    }

    fn leads_out(&mut self, link: &str, by: &str) {
        let over = if link == by { String::new() } else { format!(" over `{}`", self.name(by)) };
        let message = format!(
            "`{}` is a link that leads out of {}{over}, and is not read",
            self.name(link),
            self.tree.bounds()
        );
        self.refuse(Code::Refused, message, "put the file itself there");
    }

    fn refuse(&mut self, code: Code, message: String, help: &str) {
        self.found.mistakes.push(Diagnostic::new(code, message).help(help));
    }

    fn name(&self, path: &str) -> String {
        printable(&self.tree.shown(path))
    }

    /// Sorts what was found, each file once, and looks for what no reader could be sure of.
    fn finish(mut self, directory: &str) -> Result<Collected, InputError> {
        let mut once = HashSet::new();
        self.found.members.retain(|member| once.insert(member.real.clone()));
        self.found.members.sort_by(|one, other| one.found.split('/').cmp(other.found.split('/')));
        let found: Vec<String> = self.found.members.iter().map(|member| member.found.clone()).collect();
        if let Some((one, other)) = twins(found.iter().map(String::as_str)) {
            let message = format!("`{}` stands beside `{}`", self.name(other), self.name(one));
            self.refuse(Code::TwoNames, message, "keep one of the two, or name the one that is meant");
        }
        if found.len() > MOST {
            let message = format!("there are more than {MOST} specs below `{}`", self.name(directory));
            self.refuse(Code::TooMuch, message, "name a directory with fewer of them");
        }
        for path in self.tree.unseen(directory, self.scope)? {
            let message =
                format!("`{}` is tracked by git and not checked out (sparse checkout)", self.name(&path));
            self.refuse(
                Code::CannotRead,
                message,
                "check it out: `git sparse-checkout add` and its directory",
            );
        }
        Ok(self.found)
    }
}
