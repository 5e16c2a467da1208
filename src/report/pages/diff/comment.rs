//! A judged change as the comment on a pull request. It is always short enough to be posted: what does not fit is left
//! out, and said.

mod clear;
mod headline;
mod paths;
mod sections;

use super::Context;
use super::facts::Facts;
use super::words::{Words, verdict};
use crate::compare::Side;
use crate::findings::Review;
use crate::model::Text;
use crate::report::picture::mermaid_comment;
use crate::report::what_if::what_if_sides;
use crate::report::write::{self, Markdown, MarkdownCode, markdown_escape};

/// Characters, and bytes, of a comment at most; hosts take 65,536 of either.
const MOST: usize = 60_000;
/// Of these, what headline and table may take.
const MOST_TABLE: usize = 40_000;
/// Rows of errors and of warnings, from what is shown to what is shown if names are very long.
const LADDER: [[usize; 2]; 5] = [[20, 10], [10, 5], [5, 2], [2, 1], [1, 0]];
/// Lines of the picture: what can be read without zooming in.
const LINES: usize = 12;

/// What the parts of the comment share.
struct Comment<'r> {
    review: &'r Review,
    context: &'r Context,
    facts: Facts,
    words: Words<'r>,
}

/// A review as a comment in Markdown.
#[must_use]
pub fn markdown(review: &Review, context: &Context) -> String {
    let facts = Facts::of(&review.comparison);
    let comment = Comment { review, context, facts, words: Words::of(review) };
    let marker = format!("<!-- crabwalk:{} -->\n", markdown_escape::path(comment.file()));
    if review.findings.is_empty() {
        let clear =
            format!("✅ Agent topology: no new paths ({})\n", comment.shown(&comment.facts.changed.words()));
        return [marker, clear, comment.what_if()].concat().trim_end().to_owned() + "\n";
    }
    comment.assemble(marker)
}

impl Comment<'_> {
    /// A text as it stands in a sentence.
    fn shown(&self, text: &Text) -> String {
        write::text(&Markdown, self.review.comparison.joint().spec(Side::Head), text)
    }

    /// A text whose names matter: they are code.
    fn standing_out(&self, text: &Text) -> String {
        write::text(&MarkdownCode, self.review.comparison.joint().spec(Side::Head), text)
    }

    /// Headline and table, as many sections as fit, and the footer.
    fn assemble(&self, marker: String) -> String {
        let mut text = marker + &self.headline() + &self.what_if();
        let tables = LADDER.iter().map(|[errors, warnings]| self.paths(*errors, *warnings));
        let fitting = tables.into_iter().find(|table| text.len() + table.len() <= MOST_TABLE);
        text += &fitting.unwrap_or_default();
        let footer = [self.footer(false), self.footer(true)];
        let room = MOST.saturating_sub(footer[0].len().max(footer[1].len()));
        let mut is_cut = false;
        for section in self.sections() {
            // What is too long does not take with it what comes after.
            if text.len() + section.len() > room {
                is_cut = true;
            } else {
                text += &section;
            }
        }
        text + &footer[usize::from(is_cut)]
    }

    /// That a side is not as it stands, a paragraph each.
    fn what_if(&self) -> String {
        let lines = what_if_sides(self.review.comparison.joint());
        lines.map(|line| format!("{}\n\n", self.shown(&line))).collect()
    }

    /// Everything below the table, what matters most first.
    fn sections(&self) -> impl Iterator<Item = String> + '_ {
        let picture = || {
            let drawn = mermaid_comment(self.review, LINES)?;
            let caption = format!("<sub>{}</sub>\n\n", drawn.caption.join(" · "));
            Some(format!("{}\n{caption}", markdown_escape::fenced("mermaid", &drawn.chart)))
        };
        let parts: [Box<dyn Fn() -> Option<String> + '_>; 7] = [
            Box::new(picture),
            Box::new(|| self.clear()),
            Box::new(|| self.blast_radius()),
            Box::new(|| self.closed()),
            Box::new(|| self.changes()),
            Box::new(|| self.accepted()),
            Box::new(|| self.matrix()),
        ];
        parts.into_iter().filter_map(|part| part())
    }

    /// The file by which comments on several specs are told apart: the head without its revision.
    fn file(&self) -> &str {
        let head = self.context.head.as_str();
        head.rsplit_once(':').map_or(head, |(_, path)| path)
    }

    fn footer(&self, is_cut: bool) -> String {
        let commit = |commit: &Option<String>, name: &str| commit.clone().unwrap_or_else(|| name.to_owned());
        let base = commit(&self.context.base_commit, &self.context.base);
        let head = commit(&self.context.head_commit, &self.context.head);
        let influence = &self.facts.planes[0];
        let figures = format!(
            "{} · influence {}",
            self.shown(&self.facts.changed.words()),
            self.shown(&super::terminal::summary::closure(influence, self.facts.pairs))
        );
        let cut =
            if is_cut { " · some sections are left out, as they are too long for a comment" } else { "" };
        format!(
            "<sub>{} → {} · {figures} · {}{cut} · reproduce: {} · this comment is updated on each push</sub>\n",
            markdown_escape::command(&base),
            markdown_escape::command(&head),
            self.shown(&verdict(self.review)),
            markdown_escape::command(&self.context.command),
        )
    }
}

/// A section that is folded until somebody wants to know.
fn folded(summary: &str, body: &str) -> String {
    format!("<details>\n<summary>{summary}</summary>\n\n{}\n\n</details>\n\n", body.trim_end())
}
