//! Mistakes in a spec → text for people (excerpts with marks) and JSON for programs.

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use serde_json::{Value, json};

use super::counts::counted;
use super::log::said;
use super::name::visible;
use crate::language::{Code, Diagnostic, Diagnostics, Label};
use crate::model::{Place, SourceFile, is_hidden};

/// The schema of [`to_json`].
pub const SCHEMA: &str = "crabwalk/diagnostics/1";

/// How many mistakes are shown to people: nobody reads on, and the first ones often explain the rest.
const SHOWN: usize = 50;

/// How wide the text is where nobody says otherwise.
const WIDTH: usize = 100;

/// How many bytes of a place are marked.
const LONGEST_MARK: usize = 120;

/// The mistakes as excerpts with marks, 100 columns wide.
#[must_use]
pub fn render(diagnostics: &Diagnostics, colour: bool) -> String {
    render_with_width(diagnostics, colour, WIDTH)
}

/// The mistakes as excerpts with marks.
#[must_use]
pub fn render_with_width(diagnostics: &Diagnostics, colour: bool, width: usize) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(width);
    let files: Vec<SourceFile> = diagnostics.files.iter().map(harmless).collect();
    let mut out = String::new();
    for item in diagnostics.items.iter().take(SHOWN) {
        // Writing to a string cannot fail, and a label that lies outside of its file is left out before.
        let _ = handler.render_report(&mut out, &View::new(item, &files));
        out.push('\n');
    }
    out + &closing(&diagnostics.items)
}

/// How many mistakes there are, how many are not shown, and where to read more.
fn closing(items: &[Diagnostic]) -> String {
    // What counts those that are not kept is no mistake, and stands for more than one.
    let is_rest = |item: &Diagnostic| item.labels.is_empty() && item.code == Code::TooMuch && items.len() > 1;
    let count = match items.split_last() {
        Some((rest, kept)) if is_rest(rest) => format!("more than {}", counted(kept.len(), "mistake")),
        _ => counted(items.len(), "mistake"),
    };
    let hidden = items.len().saturating_sub(SHOWN);
    let hidden = if hidden > 0 { format!(", the last {hidden} not shown") } else { String::new() };
    let code = items.first().map_or("", |item| item.code.as_str());
    format!("{count}{hidden}; `crabwalk explain {code}` says more\n")
}

/// Any other mistake: a message and the way out, a line each, whatever was repeated in them.
#[must_use]
pub fn plain(message: &str, help: &str) -> String {
    let help = if help.is_empty() { String::new() } else { format!("  help: {}\n", said(help)) };
    format!("error: {}\n{help}", said(message))
}

/// The mistakes as JSON.
#[must_use]
pub fn to_json(diagnostics: &Diagnostics) -> Value {
    let items: Vec<Value> = diagnostics
        .items
        .iter()
        .map(|item| {
            json!({
                "code": item.code.as_str(),
                "title": item.code.title(),
                "message": item.message,
                "help": item.help,
                "places": item.labels.iter().map(|label| place(label, &diagnostics.files)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "schema": SCHEMA, "diagnostics": items })
}

/// A place as JSON: line and column from 1, the length in characters.
fn place(label: &Label, files: &[SourceFile]) -> Value {
    let Place { file, start, len } = label.place;
    let Some(file) = files.get(file as usize) else { return Value::Null };
    let (line, column) = file.line_column(start as usize);
    let end = (start as usize).saturating_add(len as usize);
    let length = file.text().get(start as usize..end).map_or(0, |text| text.chars().count());
    json!({ "file": file.path(), "line": line, "column": column, "length": length, "text": label.text })
}

/// The file as it may be printed: characters that steer a terminal or turn the direction of the text are replaced by others
/// of the same length in bytes, so that all places stay right.
fn harmless(file: &SourceFile) -> SourceFile {
    let replace = |character: char| match character {
        '\n' | '\t' => character,
        // The carriage return of a line that ends in two characters.
        '\r' => ' ',
        hidden if is_hidden(hidden) => match hidden.len_utf8() {
            1 => '?',
            2 => '\u{bf}',
            _ => char::REPLACEMENT_CHARACTER,
        },
        character => character,
    };
    SourceFile::new(&visible(file.name()), file.text().chars().map(replace).collect())
}

/// The way out may have lines.
fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// A mistake as miette sees it: the labels in the file of the first one, those in other files as notes.
struct View<'a> {
    message: String,
    code: Option<&'static str>,
    help: Option<String>,
    severity: Severity,
    source: Option<&'a SourceFile>,
    labels: Vec<LabeledSpan>,
    notes: Vec<View<'a>>,
}

impl<'a> View<'a> {
    fn new(item: &'a Diagnostic, files: &'a [SourceFile]) -> Self {
        let file = item.labels.first().map(|label| label.place.file);
        let (here, elsewhere): (Vec<&Label>, Vec<&Label>) =
            item.labels.iter().partition(|label| Some(label.place.file) == file);
        Self {
            message: visible(&item.message),
            code: Some(item.code.as_str()),
            help: item.help.as_deref().map(visible_lines),
            severity: Severity::Error,
            source: file.and_then(|file| files.get(file as usize)),
            labels: here.iter().enumerate().filter_map(|(at, label)| span(label, files, at == 0)).collect(),
            notes: elsewhere.iter().map(|label| Self::note(label, files)).collect(),
        }
    }

    fn note(label: &'a Label, files: &'a [SourceFile]) -> Self {
        Self {
            message: visible(&label.text),
            code: None,
            help: None,
            severity: Severity::Advice,
            source: files.get(label.place.file as usize),
            labels: span(&Label { text: String::new(), ..(*label).clone() }, files, true)
                .into_iter()
                .collect(),
            notes: Vec::new(),
        }
    }
}

/// A label as miette sees it; nothing if it lies outside of the text. A very long one is marked at its beginning.
fn span(label: &Label, files: &[SourceFile], primary: bool) -> Option<LabeledSpan> {
    let Place { file, start, len } = label.place;
    let start = start as usize;
    let text = files.get(file as usize)?.text();
    let marked = text.get(start..start.checked_add(len as usize)?)?;
    let ends = marked.char_indices().map(|(at, character)| at + character.len_utf8());
    let len = ends.take_while(|end| *end <= LONGEST_MARK).last().unwrap_or(0);
    let word = (!label.text.is_empty()).then(|| visible(&label.text));
    let span = (start, len);
    Some(if primary {
        LabeledSpan::new_primary_with_span(word, span)
    } else {
        LabeledSpan::new_with_span(word, span)
    })
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl fmt::Display for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for View<'_> {}

impl miette::Diagnostic for View<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.map(|file| file as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        Some(Box::new(self.notes.iter().map(|note| note as &dyn miette::Diagnostic)))
    }
}
