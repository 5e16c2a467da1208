//! Loading: inputs → files → trees → declarations → a [`Spec`], or all mistakes of all files.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::declaration::Document;
use super::diagnostic::Diagnostics;
use super::document::document;
use super::files::{default_name, gather};
use super::model::Spec;
use super::reader;
use super::resolve::resolve;
use super::sink::Sink;
use super::source::SourceFile;

/// Loads the spec that these inputs make together: files, directories, `-` for the standard input. No inputs stand for the
/// nearest `crabwalk.yaml` from the current directory up to the root of its repository.
///
/// # Errors
/// Every mistake of every file, in the order of the text.
pub fn load(inputs: &[PathBuf]) -> Result<Spec, Diagnostics> {
    load_from(Path::new("."), inputs, &mut std::io::stdin())
}

/// [`load`], with the directory where the search for `crabwalk.yaml` begins and what `-` reads from.
///
/// # Errors
/// Every mistake of every file, in the order of the text.
pub fn load_from(start: &Path, inputs: &[PathBuf], stdin: &mut dyn Read) -> Result<Spec, Diagnostics> {
    let mut sink = Sink::default();
    let gathered = gather(start, inputs, stdin, &mut sink);
    build(gathered.files, &gathered.name, sink)
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
    let documents: Vec<Document> =
        (0u32..).zip(&files).filter_map(|(position, file)| declarations(position, file, &mut sink)).collect();
    let shown = files.clone();
    match resolve(files, documents, name, &mut sink) {
        Some(spec) => Ok(spec),
        None => Err(Diagnostics { files: shown, items: sink.finish() }),
    }
}

/// What one file declares. A file that cannot be read leaves its names unknown, which is not reported again for each use.
fn declarations(position: u32, file: &SourceFile, sink: &mut Sink) -> Option<Document> {
    let readable = !sink.broken.contains(&position);
    let tree = if readable { reader::read(position, file.text(), sink) } else { None };
    if tree.is_none() {
        sink.names_missing = true;
    }
    tree.map(|tree| document(&tree, sink))
}
