//! Names and bytes → source files, sorted by path.

use std::fs;
use std::path::Path;

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::sink::Sink;
use super::syntax::place;
use crate::model::SourceFile;

/// How many bytes a file may have. Places count in 32 bits; a spec of 100,000 agents has 30 million bytes.
pub(crate) const LARGEST: usize = 1 << 30;

/// The files that these names and bytes are, sorted by their names as paths. What is no text goes to the sink.
pub(super) fn contents(mut named: Vec<(String, Vec<u8>)>, sink: &mut Sink) -> Vec<SourceFile> {
    named.sort_by(|(one, _), (other, _)| Path::new(one).cmp(Path::new(other)));
    let mut files = Vec::with_capacity(named.len());
    for (name, bytes) in named {
        let file = String::from_utf8(bytes);
        files.push(file.map_or_else(
            |error| not_utf8(&name, files.len(), &error, sink),
            |text| SourceFile::new(&name, text),
        ));
    }
    files
}

/// Reports the first byte that is not UTF-8. The file is kept, so that the message can show the place.
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
pub(crate) fn default_name(file: &str) -> String {
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
pub(crate) fn directory_name(directory: &Path) -> Option<String> {
    let here = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let named = here.file_name().map(ToOwned::to_owned);
    let real = || fs::canonicalize(here).ok()?.file_name().map(ToOwned::to_owned);
    named.or_else(real).map(|name| name.to_string_lossy().into_owned())
}
