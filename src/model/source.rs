//! A source file: its name, its text and an index of its lines. Later stages point into it by [`Place`].

use std::sync::{Arc, OnceLock};

use super::lines::Lines;
use super::rooted::rooted;
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
}
