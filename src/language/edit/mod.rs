//! The text of a spec → the same text with one more acceptance, or with an expectation written down: every other byte stays as it
//! is.

mod entry;
mod error;
mod expectation;
mod insert;
mod layout;
mod new_acceptance;
mod value;
mod verify;

use bumpalo::Bump;

use super::declaration::Document;
use super::diagnostic::Diagnostics;
use super::document::document;
use super::reader;
use super::sink::Sink;
use super::tree::Tree;
use crate::model::{Acceptance, SourceFile};

use entry::{Item, Style};
pub use error::EditError;
pub use expectation::{NewExpectation, write_expectation};
use layout::Layout;
pub use new_acceptance::NewAcceptance;

impl NewAcceptance {
    /// The entry as it stands in a list, on one line: `{from: a, to: b, reason: "why"}`.
    ///
    /// # Errors
    /// If it holds something that no acceptance can hold: a text without content or over several lines, or what is no name.
    pub fn entry(&self) -> Result<String, EditError> {
        Ok(entry::entry(&self.checked()?, Style::Yaml))
    }

    /// The acceptance as it will be read back, if a spec can hold it.
    fn checked(&self) -> Result<Self, EditError> {
        let new = Self { reason: self.reason.trim().to_owned(), ..self.clone() };
        let texts =
            [("reason", Some(&new.reason)), ("owner", new.owner.as_ref()), ("ticket", new.ticket.as_ref())];
        for (field, text) in texts {
            let Some(text) = text else { continue };
            if text.trim().is_empty() {
                return Err(EditError::Value { field, problem: "says nothing" });
            }
            if text
                .chars()
                .any(|character| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}'))
            {
                return Err(EditError::Value {
                    field,
                    problem: "holds a line break or another control character",
                });
            }
        }
        // What is wrong with its names or its finding is said in the words of the loader, without the made-up text around it.
        let alone = format!("version: 1\naccept: [{}]\n", entry::entry(&new, Style::Yaml));
        let arena = Bump::new();
        match read("entry", &alone, &arena) {
            Ok((_, Document { accept, .. })) if accept.last().is_some_and(|read| new.is(read)) => Ok(new),
            Ok(_) => Err(EditError::layout(&new)),
            Err(found) => Err(EditError::entry(found, &new)),
        }
    }

    /// Whether this is what was read.
    fn is(&self, read: &Acceptance) -> bool {
        self.what == read.what
            && self.reason == read.reason
            && self.owner == read.owner
            && self.ticket == read.ticket
            && self.expires == read.expires
    }
}

/// The text with the entry added: every other byte stays as it is. Where `accept` holds an explicit null (`~`, `null`), a list
/// takes its place. `name` is the file's name in messages. What comes out has been read again: it says what the text said
/// before, and the entry.
///
/// # Errors
/// If the text is no spec, the entry is none, the same is accepted already, or the layout leaves no place for it.
pub fn insert_acceptance(name: &str, text: &str, new: &NewAcceptance) -> Result<String, EditError> {
    let new = new.checked()?;
    let arena = Bump::new();
    let (before, Document { accept: accepted, .. }) = read(name, text, &arena).map_err(EditError::Spec)?;
    if let Some(present) = accepted.iter().find(|acceptance| acceptance.what == new.what) {
        let (line, _) = SourceFile::new(name, text.to_owned()).line_column(present.place.start as usize);
        return Err(EditError::Present { location: format!("{name}:{line}") });
    }
    let layout = Layout::of(text, "accept");
    if layout.is_indirect(&before) {
        return Err(EditError::Indirect { key: "accept" });
    }
    let item = Item::of_line(entry::entry(&new, layout.style));
    let change = insert::change(text, &layout, &item)?.ok_or_else(|| EditError::layout(&new))?;
    let changed = format!("{}{}{}", &text[..change.at.start], change.text, &text[change.at.end..]);
    if says_more(name, &changed, &before, &new) { Ok(changed) } else { Err(EditError::layout(&new)) }
}

/// Whether a text says what it said before and this acceptance.
fn says_more(name: &str, changed: &str, before: &Tree<'_>, new: &NewAcceptance) -> bool {
    let arena = Bump::new();
    let Ok((after, Document { accept: accepted, .. })) = read(name, changed, &arena) else { return false };
    verify::is_extended(before, &after, "accept") && accepted.last().is_some_and(|read| new.is(read))
}

/// Whether a text has the key `accept`, whatever stands under it.
#[must_use]
pub fn has_acceptances(text: &str) -> bool {
    Layout::of(text, "accept").has_key()
}

/// Whether a text has the key `rules`, whatever stands under it.
#[must_use]
pub fn has_rules(text: &str) -> bool {
    Layout::of(text, "rules").has_key()
}

/// The tree of a text and what it declares.
fn read<'a>(name: &str, text: &'a str, arena: &'a Bump) -> Result<(Tree<'a>, Document<'a>), Diagnostics> {
    let mut sink = Sink::default();
    let tree = reader::read(0, text, arena, &mut sink);
    let read = tree.as_ref().map(|tree| document(tree, &mut sink)).unwrap_or_default();
    match tree {
        Some(tree) if sink.is_empty() => Ok((tree, read)),
        _ => Err(Diagnostics { files: vec![SourceFile::new(name, text.to_owned())], items: sink.finish() }),
    }
}
