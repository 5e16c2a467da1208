//! A page of headings, sentences, lists and tables, written once and rendered for the terminal or as Markdown.

use super::columns::{pad, width};
use super::document::{Block, Document};
use super::name::visible;
use super::style::{DIM, STRONG, paint};
use super::what_if::closing;
use super::write::{self, Markdown, Terminal, markdown_escape};
use crate::model::{Spec, Text};

/// For whom a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStyle {
    /// For the terminal.
    Text,
    /// For a comment or a document.
    Markdown,
}

impl PageStyle {
    /// A document.
    pub(super) fn write(self, document: &Document<'_>) -> String {
        match self {
            Self::Text => write::terminal(document),
            Self::Markdown => write::markdown(document),
        }
    }

    /// A text, with the names of a spec.
    pub(super) fn text(self, names: &Spec, text: &Text) -> String {
        match self {
            Self::Text => write::text(&Terminal, names, text),
            Self::Markdown => write::text(&Markdown, names, text),
        }
    }

    /// Words of the program itself, that hold no word of anybody else's.
    pub(super) fn ours(self, words: &'static str) -> String {
        match self {
            Self::Text => words.to_owned(),
            Self::Markdown => markdown_escape::ours(words).into_owned(),
        }
    }
}

/// A page that grows from top to bottom. What is put into it is markup already: names go through [`Page::name`].
#[derive(Debug)]
pub(super) struct Page {
    style: PageStyle,
    text: String,
}

impl Page {
    pub(super) fn new(style: PageStyle) -> Self {
        Self { style, text: String::new() }
    }

    /// The page as it stands.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// How a name is written.
    pub(super) fn name(style: PageStyle) -> fn(&str) -> String {
        match style {
            PageStyle::Text => visible,
            PageStyle::Markdown => markdown_escape::name,
        }
    }

    /// How something to write into a spec or a shell is written.
    pub(super) fn code(style: PageStyle) -> fn(&str) -> String {
        match style {
            PageStyle::Text => |words| format!("`{}`", visible(words)),
            PageStyle::Markdown => markdown_escape::command,
        }
    }

    /// What somebody else wrote, a sentence or a location.
    pub(super) fn quoted(style: PageStyle) -> fn(&str) -> String {
        match style {
            PageStyle::Text => visible,
            PageStyle::Markdown => markdown_escape::prose,
        }
    }

    /// Blocks of a document, in a page as Markdown.
    pub(super) fn blocks(&mut self, names: &Spec, blocks: &[Block]) {
        self.text = write::markdown_behind(std::mem::take(&mut self.text), names, blocks);
    }

    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading: 1 is the title of the page.
    pub(super) fn heading(&mut self, level: usize, title: &str) {
        self.gap();
        self.text += &match self.style {
            PageStyle::Text => format!("{}\n", paint(STRONG, title)),
            PageStyle::Markdown => format!("{} {title}\n\n", "#".repeat(level)),
        };
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.gap();
        match self.style {
            PageStyle::Text => self.text += &super::columns::wrap(anstyle::Style::new(), text, 100),
            PageStyle::Markdown => self.text += &format!("{text}\n"),
        }
    }

    /// A list. Items of several lines are continued below their first.
    pub(super) fn list(&mut self, items: impl IntoIterator<Item = String>) {
        if self.style == PageStyle::Markdown {
            self.gap();
        }
        for item in items {
            let mut lines = item.lines();
            let first = lines.next().unwrap_or_default();
            let sign = if self.style == PageStyle::Text { "  " } else { "- " };
            self.text += &format!("{sign}{first}\n");
            for line in lines {
                self.text += &format!("  {line}\n");
            }
        }
    }

    /// A table. In the terminal its columns are as wide as what is in them.
    pub(super) fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        match self.style {
            PageStyle::Text => self.columns(head, rows),
            PageStyle::Markdown => {
                self.gap();
                self.text += &format!("| {} |\n|{}\n", head.join(" | "), ":--|".repeat(head.len()));
                for row in rows {
                    self.text += &format!("| {} |\n", row.join(" | "));
                }
            }
        }
    }

    fn columns(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let widths: Vec<usize> = (0..head.len())
            .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
            .map(|width| width.min(60))
            .collect();
        let widths: Vec<usize> =
            widths.iter().zip(head).map(|(cell, head)| (*cell).max(width(head))).collect();
        let line = |cells: &mut dyn Iterator<Item = &str>| -> String {
            let cells: Vec<String> = cells.zip(&widths).map(|(cell, width)| pad(cell, *width)).collect();
            format!("  {}", cells.join("  ")).trim_end().to_owned()
        };
        if head.iter().any(|title| !title.is_empty()) {
            self.text += &format!("{}\n", paint(DIM, &line(&mut head.iter().copied())));
        }
        for row in rows {
            self.text += &format!("{}\n", line(&mut row.iter().map(String::as_str)));
        }
    }

    /// The last lines: what marks mean, that it is a what-if, if it is one, and what is not looked at.
    pub(super) fn closing(&mut self, spec: &Spec, marks: Option<&'static str>) {
        let marks = marks.map(|marks| self.style.ours(marks));
        let lines: Vec<String> =
            marks.into_iter().chain(closing(spec).map(|line| self.style.text(spec, &line))).collect();
        self.small(&lines.join("\n"));
    }

    /// Small print at the end.
    fn small(&mut self, text: &str) {
        self.gap();
        self.text += &match self.style {
            PageStyle::Text => format!("{}\n", paint(DIM, text)),
            PageStyle::Markdown => format!("<sub>{}</sub>\n", text.replace('\n', "<br/>")),
        };
    }
}

/// Sentences in one paragraph, each with a full stop; empty ones are left out.
pub(super) fn sentences<S: AsRef<str>>(all: impl IntoIterator<Item = S>) -> String {
    let ended = all.into_iter().filter(|sentence| !sentence.as_ref().is_empty()).map(|sentence| {
        let sentence = sentence.as_ref();
        let stop = if sentence.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("{sentence}{stop}")
    });
    ended.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(style: PageStyle) -> String {
        let mut page = Page::new(style);
        page.heading(1, "Title");
        page.paragraph("Words.");
        page.table(&["a", "b"], &[vec!["1".into(), "long cell".into()], vec!["22".into(), "x".into()]]);
        page.list(["one\ntwo".to_owned()]);
        page.small("end");
        anstream::adapter::strip_str(&page.finish()).to_string()
    }

    #[test]
    fn a_page_reads_well_in_both_styles() {
        assert_eq!(
            page(PageStyle::Text),
            "Title\n\nWords.\n  a   b\n  1   long cell\n  22  x\n  one\n  two\n\nend\n"
        );
        assert_eq!(
            page(PageStyle::Markdown),
            "# Title\n\nWords.\n\n| a | b |\n|:--|:--|\n| 1 | long cell |\n| 22 | x |\n\n- one\n  two\n\n<sub>end</sub>\n"
        );
    }

    #[test]
    fn sentences_end_once() {
        assert_eq!(sentences(["a", "b!", "", "c."]), "a. b! c.");
    }
}
