//! Bytes → a spec: the text of one, or a matrix that was saved, told apart by what they hold.

use std::io::Read;
use std::path::Path;

use super::problem;
use super::problem::InputError;
use super::saved::{self, Saved};
use super::topology::Topology;
use crate::language;
use crate::language::LARGEST;
use crate::model::printable;

/// How many bytes are looked at before it is decided how to read on.
const HEAD: u64 = 1 << 16;

/// What some bytes are.
#[derive(Debug)]
pub(super) enum Content {
    /// A saved matrix.
    Saved(Box<Saved>),
    /// Anything else: the loader says what is wrong with it.
    Text(Vec<u8>),
}

/// The topology in what a reader gives, under the name that it is called by. `name` is what the text is called.
///
/// # Errors
/// Every mistake of the spec, or why it cannot be read.
pub(super) fn topology(called: String, name: &str, from: impl Read) -> Result<Topology, InputError> {
    match read(name, from)? {
        Content::Saved(saved) => {
            let notices = if saved.is_of_first_edition { vec![of_first_edition(name)] } else { Vec::new() };
            Ok(Topology { notices, ..Topology::found(called, saved.spec) })
        }
        Content::Text(bytes) => {
            let spec = language::load_contents(None, vec![(name.to_owned(), bytes)])?;
            Ok(Topology::found(called, spec))
        }
    }
}

/// Reads a file under another name: what a program that made it calls it. The null device is the empty topology.
///
/// # Errors
/// Every mistake of the spec, or what else keeps it from being read.
pub fn read_named(file: &Path, name: &str) -> Result<Topology, InputError> {
    if is_null_device(file) {
        let why = format!("`{}` is not there on one side: an empty topology", printable(name));
        return Ok(Topology::new(name.to_owned(), why));
    }
    let opened = std::fs::File::open(file)
        .map_err(|problem| problem::cannot_read(&file.to_string_lossy(), &problem))?;
    topology(name.to_owned(), name, opened)
}

fn is_null_device(file: &Path) -> bool {
    file == Path::new("/dev/null") || file.as_os_str().eq_ignore_ascii_case("nul")
}

/// What has to be known of a matrix that an older version of this program saved.
fn of_first_edition(name: &str) -> String {
    format!(
        "`{}` was saved under the first edition of the semantics: its edges are taken and its cells computed anew, so nothing \
         differs for the edition alone; save it again",
        printable(name)
    )
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
        let saved = saved::spec(name, &schema, bytes.as_slice().chain(from))?;
        return Ok(Content::Saved(Box::new(saved)));
    }
    from.take((LARGEST as u64).saturating_sub(HEAD) + 1).read_to_end(&mut bytes).map_err(failed)?;
    // What another program has sorted may say it at the end.
    match saved::schema(&bytes) {
        Some(schema) => Ok(Content::Saved(Box::new(saved::spec(name, &schema, bytes.as_slice())?))),
        None => Ok(Content::Text(bytes)),
    }
}
