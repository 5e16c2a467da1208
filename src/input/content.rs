//! Bytes → a spec: the text of one, or a matrix that was saved, told apart by what they hold.

use std::io::Read;

use super::problem;
use super::problem::InputError;
use super::saved;
use crate::language;
use crate::language::LARGEST;
use crate::model::Spec;

/// How many bytes are looked at before it is decided how to read on.
const HEAD: u64 = 1 << 16;

/// What some bytes are.
#[derive(Debug)]
pub(super) enum Content {
    /// A saved matrix.
    Saved(Box<Spec>),
    /// Anything else: the loader says what is wrong with it.
    Text(Vec<u8>),
}

/// The spec in what a reader gives. `name` is what the text is called.
///
/// # Errors
/// Every mistake of the spec, or why it cannot be read.
pub(super) fn spec(name: &str, from: impl Read) -> Result<Spec, InputError> {
    match read(name, from)? {
        Content::Saved(spec) => Ok(*spec),
        Content::Text(bytes) => Ok(language::load_contents(None, vec![(name.to_owned(), bytes)])?),
    }
}

/// Reads to the end, once: what is read may be a pipe. The cells of a saved matrix, which are most of it, are never held.
///
/// # Errors
/// If reading fails, or if it is a saved matrix that cannot be used.
pub(super) fn read(name: &str, mut from: impl Read) -> Result<Content, InputError> {
    let failed = |problem| problem::cannot_read(name, &problem);
    let mut bytes = Vec::new();
    from.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(failed)?;
    // What this program writes says at once what it is.
    if let Some(schema) = saved::schema(&bytes) {
        return saved::spec(name, &schema, bytes.as_slice().chain(from));
    }
    from.take((LARGEST as u64).saturating_sub(HEAD) + 1).read_to_end(&mut bytes).map_err(failed)?;
    // What another program has sorted may say it at the end.
    match saved::schema(&bytes) {
        Some(schema) => saved::spec(name, &schema, bytes.as_slice()),
        None => Ok(Content::Text(bytes)),
    }
}
