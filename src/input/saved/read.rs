//! A saved output → the spec in it, if it is a matrix and whole.

use std::io::{BufReader, Read};

use super::document::Document;
use super::restore;
use crate::input::problem::InputError;
use crate::model::{Spec, printable};

/// The schema of a matrix.
const MATRIX: &str = "crabwalk/matrix/2";
/// That of the first edition of the semantics, of which the declared part is the same.
const FIRST: &str = "crabwalk/matrix/1";

/// What a saved matrix was made of.
#[derive(Debug)]
pub(in crate::input) struct Saved {
    /// What it declares.
    pub(in crate::input) spec: Spec,
    /// Whether the first edition of the semantics made it.
    pub(in crate::input) is_of_first_edition: bool,
}

/// How many characters of what is wrong are repeated: it may quote the file.
const LONGEST: usize = 300;

/// What to do about a saved matrix that cannot be used.
const HELP: &str = "save it again with `crabwalk matrix -f json -o saved.json`";

/// The spec in a saved output with this schema.
///
/// # Errors
/// If it is another output than a matrix, or if it is not whole, or holds what no spec can hold.
pub(in crate::input) fn spec(name: &str, schema: &str, from: impl Read) -> Result<Saved, InputError> {
    if ![MATRIX, FIRST].contains(&schema) {
        return Err(InputError::problem(
            format!("`{}` is the output `{}`, and not `{MATRIX}`", printable(name), shortened(schema)),
            HELP,
        ));
    }
    let unusable = |why: &str| {
        InputError::problem(
            format!("the saved matrix `{}` cannot be used: {}", printable(name), shortened(why)),
            HELP,
        )
    };
    let document: Document = serde_json::from_reader(BufReader::with_capacity(1 << 16, from))
        .map_err(|wrong| unusable(&wrong.to_string()))?;
    let spec = restore::spec(document, name).map_err(|wrong| unusable(&wrong))?;
    Ok(Saved { spec, is_of_first_edition: schema == FIRST })
}

/// A text that may quote a stranger's.
fn shortened(text: &str) -> String {
    let start: String = text.chars().take(LONGEST).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("{}{more}", printable(&start))
}
