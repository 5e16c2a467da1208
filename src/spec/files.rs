//! Inputs → source files: finds the files, reads each once, sorts them by path.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::discovery::{is_directory, nearest, specs_below};
use super::hidden::printable;
use super::sink::Sink;
use super::source::SourceFile;
use super::syntax::place;

/// How many bytes a file may have. Places count in 32 bits; a spec of 100,000 agents has 30 million bytes.
pub(crate) const LARGEST: usize = 1 << 30;

/// From how many files on they are opened on all threads. Starting threads takes longer than opening fewer.
const MANY_FILES: usize = 32;

/// The name of the standard input in messages, and of a spec that comes from it.
const STDIN: &str = "stdin";

/// The files of a spec, and its name if it gives none itself.
#[derive(Debug)]
pub(super) struct Gathered {
    /// The files, sorted by path.
    pub files: Vec<SourceFile>,
    /// The default name.
    pub name: String,
}

/// Reads the files that the inputs stand for. What cannot be read goes to the sink.
pub(super) fn gather(start: &Path, inputs: &[PathBuf], stdin: &mut dyn Read, sink: &mut Sink) -> Gathered {
    let (mut paths, from_stdin) = paths(start, inputs, sink);
    paths.sort();
    let paths = each_once(paths);
    let mut files = Vec::with_capacity(paths.len() + 1);
    if from_stdin {
        files.extend(source(STDIN, files.len(), read(stdin, 0), sink));
    }
    let read: Vec<_> = on_threads(&paths, |path| read_file(path));
    for (path, read) in paths.iter().zip(read) {
        files.extend(source(&path.to_string_lossy(), files.len(), read, sink));
    }
    let name = match inputs {
        [directory] if is_directory(directory) => directory_name(directory),
        _ => files.first().map(|file| default_name(file.name())),
    };
    Gathered { files, name: name.unwrap_or_default() }
}

/// The paths that the inputs stand for, and whether the standard input is among them.
fn paths(start: &Path, inputs: &[PathBuf], sink: &mut Sink) -> (Vec<PathBuf>, bool) {
    let mut paths = Vec::new();
    let mut from_stdin = false;
    if inputs.is_empty() {
        paths.extend(nearest(start, sink));
    }
    for input in inputs {
        if input.as_os_str() == "-" {
            from_stdin = true;
        } else if is_directory(input) {
            paths.extend(specs_below(input, sink));
        } else {
            paths.push(input.clone());
        }
    }
    (paths, from_stdin)
}

/// The paths that lead to different files.
fn each_once(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    if paths.len() < 2 {
        return paths;
    }
    let real = on_threads(&paths, |path| fs::canonicalize(path).unwrap_or_else(|_| path.clone()));
    let mut once = HashSet::with_capacity(paths.len());
    let mut real = real.into_iter();
    paths.retain(|_| real.next().is_some_and(|real| once.insert(real)));
    paths
}

/// Asks the same of each path, in order; of many on all threads.
fn on_threads<T: Send>(paths: &[PathBuf], ask: impl Fn(&PathBuf) -> T + Send + Sync) -> Vec<T> {
    if paths.len() < MANY_FILES {
        return paths.iter().map(ask).collect();
    }
    paths.par_iter().map(ask).collect()
}

/// All bytes of a file.
fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let len = file.metadata().map_or(0, |found| found.len());
    read(file, usize::try_from(len).unwrap_or(usize::MAX))
}

/// All bytes, but hardly more than a spec can have: the input may be a device that never ends. `len` is how many to expect.
fn read(from: impl Read, len: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than expected: the end is found without growing. Without the memory, growing says so.
    let _ = bytes.try_reserve(len.min(LARGEST) + 1);
    from.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files that these names and bytes are, sorted by their names as paths. What is no text goes to the sink.
pub(super) fn contents(mut named: Vec<(String, Vec<u8>)>, sink: &mut Sink) -> Vec<SourceFile> {
    named.sort_by(|(one, _), (other, _)| Path::new(one).cmp(Path::new(other)));
    let mut files = Vec::with_capacity(named.len());
    for (name, bytes) in named {
        files.extend(source(&name, files.len(), Ok(bytes), sink));
    }
    files
}

/// A file's text, if it can be read. A file that is not UTF-8 is kept, so that the message can show the place.
fn source(
    name: &str,
    position: usize,
    read: std::io::Result<Vec<u8>>,
    sink: &mut Sink,
) -> Option<SourceFile> {
    let bytes = match read {
        Ok(bytes) if bytes.len() <= LARGEST => bytes,
        Ok(_) => {
            sink.names_missing = true;
            sink.push(Diagnostic::new(
                Code::TooMuch,
                format!("`{}` is larger than a spec can be (1 GiB)", printable(name)),
            ));
            return None;
        }
        Err(error) => {
            sink.names_missing = true;
            sink.push(cannot_read(name, &error));
            return None;
        }
    };
    Some(
        String::from_utf8(bytes)
            .map_or_else(|error| not_utf8(name, position, &error, sink), |text| SourceFile::new(name, text)),
    )
}

/// A file that cannot be read, and why.
pub(super) fn cannot_read(name: &str, error: &std::io::Error) -> Diagnostic {
    let name = printable(name);
    let (why, help) = match error.kind() {
        std::io::ErrorKind::NotFound => {
            ("there is no such file", "check the path; `crabwalk init` writes a first spec")
        }
        std::io::ErrorKind::PermissionDenied => ("permission denied", "give yourself the right to read it"),
        _ => return Diagnostic::new(Code::CannotRead, format!("cannot read `{name}`: {error}")),
    };
    Diagnostic::new(Code::CannotRead, format!("cannot read `{name}`: {why}")).help(help)
}

/// Reports the first byte that is not UTF-8.
fn not_utf8(name: &str, position: usize, error: &std::string::FromUtf8Error, sink: &mut Sink) -> SourceFile {
    let valid = error.utf8_error().valid_up_to();
    let byte = error.as_bytes().get(valid).copied().unwrap_or_default();
    let file = SourceFile::new(name, String::from_utf8_lossy(error.as_bytes()).into_owned());
    let at =
        place(u32::try_from(position).unwrap_or(u32::MAX), valid, char::REPLACEMENT_CHARACTER.len_utf8());
    sink.push(
        Diagnostic::new(Code::NotUtf8, format!("the file is not UTF-8: byte 0x{byte:02x} cannot stand here"))
            .at(at, "not UTF-8")
            .help("save the file as UTF-8"),
    );
    sink.broken.insert(at.file);
    file
}

/// The name of a spec that has none: the file's name without its endings, and for `crabwalk.yaml` its directory's name.
pub(super) fn default_name(file: &str) -> String {
    let path = Path::new(file);
    let name = path.file_name().map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned());
    let stem =
        [".yaml", ".yml", ".json"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    let stem = stem.strip_suffix(".crabwalk").unwrap_or(stem);
    if stem != "crabwalk" {
        return stem.to_owned();
    }
    path.parent().and_then(directory_name).unwrap_or_else(|| stem.to_owned())
}

/// The last part of a directory's path; of `.` and the like, that of the real path.
fn directory_name(directory: &Path) -> Option<String> {
    let here = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let named = here.file_name().map(ToOwned::to_owned);
    let real = || fs::canonicalize(here).ok()?.file_name().map(ToOwned::to_owned);
    named.or_else(real).map(|name| name.to_string_lossy().into_owned())
}
