//! The acceptances of all files → one list. What they name is not looked up: it may be gone, and the review says so.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::language::code::Code;
use crate::language::declaration::Document;
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::model::{Acceptance, Accepted, Place};

/// The acceptances in the order of the files, each once.
pub(super) fn gather(documents: &mut [Document<'_>], sink: &mut Sink) -> Vec<Acceptance> {
    let all: Vec<Acceptance> =
        documents.iter_mut().flat_map(|document| std::mem::take(&mut document.accept)).collect();
    let mut first: HashMap<&Accepted, Place> = HashMap::with_capacity(all.len());
    for acceptance in &all {
        match first.entry(&acceptance.what) {
            Entry::Occupied(earlier) => sink.push(accepted_twice(acceptance, *earlier.get())),
            Entry::Vacant(free) => {
                free.insert(acceptance.place);
            }
        }
    }
    all
}

fn accepted_twice(acceptance: &Acceptance, first: Place) -> Diagnostic {
    Diagnostic::new(Code::AcceptedTwice, "the same is accepted twice")
        .at(acceptance.place, "again")
        .at(first, "the first one")
        .help("keep one entry and say in its `reason` what there is to say")
}
