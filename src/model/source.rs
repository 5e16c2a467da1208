//! A source file: its name, its text, an index of its lines, and its path from the root of its repository, where annotations and alerts
//! look for it. Later stages point into it by [`Place`].

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// How many bytes are shown before and after a span.
const WIDEST: usize = 200;

/// How many bytes a span that is shown may have.
const WIDEST_SPAN: usize = 2_000;

/// A stretch of text in one of the files of a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Position in [`Spec::files`](super::Spec::files).
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
}

/// A file's name and text. Cheap to clone. Where its lines begin is found when it is first asked for: most answers ask for no
/// line at all.
///
/// It is miette's source code with a line index: the default one rescans the text from the start for every label, which
/// makes ten thousand mistakes in one file quadratic.
#[derive(Debug, Clone)]
pub struct SourceFile(Arc<Content>);

#[derive(Debug)]
struct Content {
    name: String,
    text: String,
    line_starts: OnceLock<Lines>,
    path: OnceLock<String>,
    /// The real numbers of the lines of `text`, where those are all that is known of the file.
    numbers: Option<Box<[usize]>>,
}

impl SourceFile {
    /// Takes a name as the user typed it (or found it) and the whole text.
    #[must_use]
    pub fn new(name: &str, text: String) -> Self {
        Self::with(name, text, None)
    }

    /// A file of which only the numbers of some lines are known, from 1 and ascending. Its text is one empty line for each of
    /// them: the place of the line at position `n` begins at byte `n`. However large a number is, it costs no memory.
    #[must_use]
    pub fn of_lines(name: &str, numbers: Vec<usize>) -> Self {
        let text = "\n".repeat(numbers.len().saturating_sub(1));
        Self::with(name, text, Some(numbers.into_boxed_slice()))
    }

    fn with(name: &str, text: String, numbers: Option<Box<[usize]>>) -> Self {
        let (line_starts, path) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Content { name: name.to_owned(), text, line_starts, path, numbers }))
    }

    /// Whether the text is that of the file, so that an excerpt can be shown.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.0.numbers.is_none()
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The file's path from the root of its repository, with slashes, for other programs; found when it is first asked for.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path.get_or_init(|| rooted(self.name()))
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    fn lines(&self) -> &Lines {
        self.0.line_starts.get_or_init(|| Lines::of(self.text()))
    }

    /// Where each line begins.
    fn line_starts(&self) -> &[usize] {
        self.lines().starts()
    }

    /// Line and column of a byte offset, both from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text().len());
        let line = self.line_of(offset);
        let start = self.line_starts()[line];
        let is_inside = self.text().is_char_boundary(offset);
        let column = if is_inside { self.lines().between(self.text(), start, offset) } else { 0 };
        let number = self.0.numbers.as_ref().and_then(|numbers| numbers.get(line).copied());
        (number.unwrap_or(line + 1), column + 1)
    }

    /// The line (from 0) that holds a byte offset.
    fn line_of(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset) - 1
    }

    /// The last place not after `at` where a character begins.
    fn boundary(&self, at: usize) -> usize {
        (0..=at.min(self.text().len())).rev().find(|at| self.text().is_char_boundary(*at)).unwrap_or(0)
    }

    /// The bytes to show around a span. Without lines before, they begin where the span does, as miette has it; and a spec
    /// can be one line of a million characters, so what is shown on either side is bounded.
    fn context(&self, start: usize, end: usize, lines_before: usize, lines_after: usize) -> (usize, usize) {
        let first = self.line_of(start).saturating_sub(lines_before);
        let last = (self.line_of(end) + lines_after).min(self.line_starts().len() - 1);
        let line_start = if lines_before == 0 { start } else { self.line_starts()[first] };
        let line_end = self.line_starts().get(last + 1).copied().unwrap_or(self.text().len());
        let from = self.boundary(line_start.max(start.saturating_sub(WIDEST)));
        let to = self.boundary(line_end.min(end.saturating_add(WIDEST)));
        (from.min(start), to.max(end))
    }
}

impl SourceCode for SourceFile {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        // Refusing a wide span keeps miette from joining two places that lie far apart into one endless excerpt.
        if end > self.text().len() || span.len() > WIDEST_SPAN || !self.has_text() {
            return Err(MietteError::OutOfBounds);
        }
        let (from, to) = self.context(span.offset(), end, lines_before, lines_after);
        let (line, column) = self.line_column(from);
        let contents = MietteSpanContents::new_named(
            self.name().to_owned(),
            &self.text().as_bytes()[from..to],
            (from, to - from).into(),
            line - 1,
            column - 1,
            self.line_of(to) + 1 - (line - 1),
        );
        Ok(Box::new(contents))
    }
}

/// How many bytes are looked at to find a column, in a text that has longer lines: a spec can be one line of millions.
const STRIDE: usize = 4096;

/// Where lines begin.
#[derive(Debug)]
struct Lines {
    starts: Vec<usize>,
    /// How many characters begin before each stretch of the text; empty where all lines are short.
    before: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts: Vec<usize> = std::iter::once(0).chain(breaks.map(|at| at + 1)).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let is_long = starts.iter().zip(ends).any(|(start, end)| end - start > 2 * STRIDE);
        let stretches = text.as_bytes().chunks(STRIDE);
        let count = |count: &mut usize, stretch: &[u8]| {
            let before = *count;
            *count += characters(stretch);
            Some(before)
        };
        let before = if is_long { stretches.scan(0, count).collect() } else { Vec::new() };
        Self { starts, before }
    }

    fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// How many characters stand between two places where characters begin.
    fn between(&self, text: &str, from: usize, to: usize) -> usize {
        if to - from <= STRIDE || self.before.is_empty() {
            return characters(&text.as_bytes()[from..to]);
        }
        let before = |at: usize| {
            let stretch = (at / STRIDE).min(self.before.len() - 1);
            self.before[stretch] + characters(&text.as_bytes()[stretch * STRIDE..at])
        };
        before(to) - before(from)
    }
}

/// How many characters begin among some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// The path of a file from the root of its repository (the nearest directory upwards that has a `.git`), with slashes. Without a
/// repository it is from the current directory, where the file is below it. What is not on the disk (a file at a revision, the
/// standard input) is named from the root already.
fn rooted(name: &str) -> String {
    let typed = Path::new(name);
    let path = on_disk(typed).unwrap_or_else(|| normal(typed));
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Where a file is that is on the disk. The directories on the way are what they are; a file that is a link has its own name.
fn on_disk(typed: &Path) -> Option<PathBuf> {
    typed.symlink_metadata().ok()?;
    let name = typed.file_name()?;
    let directory = typed.parent().filter(|directory| *directory != OsStr::new("")).unwrap_or(Path::new("."));
    let directory = fs::canonicalize(directory).ok()?;
    let here = || fs::canonicalize(".").ok();
    let root = directory.ancestors().find(|directory| directory.join(".git").exists());
    let root = root.map(Path::to_owned).or_else(here)?;
    Some(directory.strip_prefix(&root).ok()?.join(name))
}

/// A path without what does not change it: `.`, doubled slashes, a directory that is left again.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_file_whose_lines_alone_are_known_every_line_is_found_and_nothing_shown() {
        let file = SourceFile::of_lines("far.yaml", vec![1, 7, usize::MAX]);
        let found: Vec<_> = (0..4).map(|at| file.line_column(at)).collect();
        assert_eq!(found, [(1, 1), (7, 1), (usize::MAX, 1), (usize::MAX, 1)]);
        assert!(file.read_span(&(1, 0).into(), 0, 0).is_err());
        assert!(SourceFile::new("near.yaml", "a\nb\n".to_owned()).read_span(&(1, 0).into(), 0, 0).is_ok());
    }

    #[test]
    fn characters_of_long_lines_are_counted_as_those_of_short_ones() {
        let text = format!("a🦀\n{}\n{}é", "x🦀é".repeat(STRIDE), "é".repeat(3 * STRIDE));
        let lines = Lines::of(&text);
        assert_eq!(lines.starts().len(), 3);
        for start in lines.starts().to_vec() {
            let places = text[start..].char_indices().map(|(at, _)| start + at).chain([text.len()]);
            for place in places.step_by(97) {
                assert_eq!(lines.between(&text, start, place), text[start..place].chars().count());
            }
        }
        let end = text.len();
        assert_eq!(lines.between(&text, 0, end), text.chars().count());
        assert!(Lines::of("short\nlines").before.is_empty());
    }

    #[test]
    fn what_is_not_there_loses_what_says_nothing() {
        for name in ["a/none.yaml", "./a/none.yaml", ".//a//none.yaml", "././a/b/../none.yaml"] {
            assert_eq!(rooted(name), "a/none.yaml", "{name}");
        }
        assert_eq!(rooted("../../none.yaml"), "../../none.yaml");
        assert_eq!(rooted("/none/./x.yaml"), "/none/x.yaml");
        assert_eq!(rooted("stdin"), "stdin");
    }

    #[test]
    fn what_is_there_is_named_from_the_root_of_its_repository() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("desk");
        fs::create_dir_all(root.join("a/b")).expect("made");
        fs::write(root.join("a/b/x.yaml"), "").expect("written");
        let named = |path: &str| rooted(&root.join(path).to_string_lossy());
        assert!(named("a/b/../b/x.yaml").ends_with("/desk/a/b/x.yaml"), "there is no repository");
        fs::write(root.join(".git"), "gitdir: elsewhere").expect("a worktree has a file");
        for path in ["a/b/x.yaml", "a/b/../b//x.yaml", "./a/./b/x.yaml", "../desk/a/b/x.yaml"] {
            assert_eq!(named(path), "a/b/x.yaml", "{path}");
        }
        fs::create_dir(root.join("a/.git")).expect("a repository inside of it");
        assert_eq!(named("a/b/x.yaml"), "b/x.yaml");
    }
}
