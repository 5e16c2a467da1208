//! What the user names for a command that takes one spec → that spec, or all mistakes of all files.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::disk::{cannot_read, nearest, read};
use super::files::{Files, at, no_spec_below, no_spec_here};
use super::tree::Scope;
use crate::language::{Diagnostic, Diagnostics, default_name, directory_name, load_beside};
use crate::model::Spec;

/// The name of the standard input in messages, and of a spec that comes from it.
const STDIN: &str = "stdin";

/// Loads the spec that these inputs make together: files, directories, `-` for the standard input. No inputs stand for what lies in
/// the nearest directory that holds a spec, from the current one up to the root of its repository.
///
/// # Errors
/// Every mistake of every file, in the order of the text.
pub fn load(inputs: &[PathBuf]) -> Result<Spec, Diagnostics> {
    load_from(Path::new("."), inputs, &mut std::io::stdin())
}

/// [`load`], with the directory where the search for a spec begins and what `-` reads from.
///
/// # Errors
/// Every mistake of every file, in the order of the text.
pub fn load_from(start: &Path, inputs: &[PathBuf], stdin: &mut dyn Read) -> Result<Spec, Diagnostics> {
    load_noting(start, inputs, stdin, &mut |_| {})
}

/// [`load_from`], with whom to tell what was left out, and why.
///
/// # Errors
/// Every mistake of every file, in the order of the text.
pub fn load_noting(
    start: &Path,
    inputs: &[PathBuf],
    stdin: &mut dyn Read,
    note: &mut dyn FnMut(&str),
) -> Result<Spec, Diagnostics> {
    let mut gathered = gather(start, inputs);
    gathered.files.notices.iter().for_each(|notice| note(notice));
    let (mut files, read_mistakes) = gathered.files.read();
    let mut mistakes = gathered.mistakes;
    if gathered.from_stdin {
        match read(stdin, STDIN, 0) {
            Ok(bytes) => files.insert(0, (STDIN.to_owned(), bytes)),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    mistakes.extend(read_mistakes);
    let first = if gathered.from_stdin { Some(STDIN) } else { files.first().map(|(name, _)| name.as_str()) };
    let name = gathered.name.or_else(|| first.map(default_name)).unwrap_or_default();
    load_beside(Some(&name), files, mistakes)
}

/// What the inputs stand for.
#[derive(Default)]
struct Gathered {
    files: Files,
    from_stdin: bool,
    mistakes: Vec<Diagnostic>,
    /// The name of the spec, if it is not that of its first file.
    name: Option<String>,
}

fn gather(start: &Path, inputs: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    if inputs.is_empty() {
        match nearest(start) {
            Some(directory) => {
                gathered.take(&directory, Scope::Siblings);
                gathered.name = name_of_siblings(&gathered.files, &directory);
            }
            None => gathered.mistakes.push(no_spec_here()),
        }
    }
    for input in inputs {
        if input.as_os_str() == "-" {
            gathered.from_stdin = true;
        } else {
            gathered.take(input, Scope::Below);
        }
    }
    if let [directory] = inputs
        && gathered.files.is_directory
    {
        gathered.name = directory_name(directory);
    }
    gathered
}

/// What several files side by side are called: as their directory.
pub(super) fn name_of_siblings(files: &Files, directory: &Path) -> Option<String> {
    if files.list.len() > 1 { directory_name(directory) } else { None }
}

impl Gathered {
    /// Takes what stands at a path. What is wrong with one input does not hide what is wrong with others.
    fn take(&mut self, path: &Path, scope: Scope) {
        let name = path.to_string_lossy();
        match at(path, scope) {
            Ok(files) if files.list.is_empty() && files.mistakes.is_empty() && files.is_directory => {
                self.files.notices.extend(files.notices);
                self.mistakes.push(no_spec_below(&name));
                self.files.is_directory = true;
            }
            Ok(files) if files.list.is_empty() && files.mistakes.is_empty() => {
                self.mistakes.push(cannot_read(&name, &std::io::ErrorKind::NotFound.into()));
            }
            Ok(files) => {
                self.files.is_directory |= files.is_directory;
                self.files.join(files);
            }
            Err(problem) => self.mistakes.extend(problem.into_diagnostics().items),
        }
    }
}
