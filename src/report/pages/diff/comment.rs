//! `diff` as the comment on a pull request. It is always short enough to be posted: what does not fit is left out, and said.

mod clear;
mod headline;
mod link;
mod paths;
mod rows;
mod sections;

use super::Context;
use super::summary::closure;
use super::words::{Words, changed, verdict};
use crate::compare::{Figures, Side};
use crate::findings::Review;
use crate::model::text::phrase;
use crate::model::{Piece, Text};
use crate::report::document::{Block, Document, Small};
use crate::report::what_if::what_if_sides;
use crate::report::write::{self, Budget};

/// Characters, and bytes, of a comment at most; hosts take 65,536 of either.
const MOST: usize = 60_000;
/// Of these, what headline and table may take.
const MOST_TABLE: usize = 40_000;
/// Of these, what the alert below the headline may take.
const MOST_ALERT: usize = 16_000;
/// Rows of errors and of warnings, from what is shown to what is shown if names are very long.
const LADDER: [[usize; 2]; 5] = [[20, 10], [10, 5], [5, 2], [2, 1], [1, 0]];

/// A section below the table; nothing where it has nothing to say.
type Section<'r> = fn(&Comment<'r>) -> Option<Vec<Block>>;

/// What the parts of the comment share.
struct Comment<'r> {
    review: &'r Review,
    context: &'r Context,
    figures: Figures,
    words: Words<'r>,
}

/// A review as a comment in Markdown.
#[must_use]
pub fn markdown(review: &Review, context: &Context) -> String {
    let figures = Figures::of(&review.comparison);
    let comment = Comment { review, context, figures, words: Words::of(review) };
    write::markdown(&if review.findings.is_empty() { comment.nothing() } else { comment.page() })
}

impl<'r> Comment<'r> {
    /// A page below the headings of what it is posted to.
    fn titled(&self, title: Text) -> Document<'r> {
        let names = self.review.comparison.joint().spec(Side::Head);
        Document { marker: Some(self.file().to_owned()), ..Document::new(names, 3, title) }
    }

    /// That there is nothing to say, in one line, and that a side is not as it stands.
    fn nothing(&self) -> Document<'r> {
        let clear = phrase!["✅ Agent topology: no new paths (", changed(&self.figures.changed), ")"];
        let mut sides = self.what_if();
        let first = Text::joined(std::iter::once(clear).chain(sides.next()), "\n");
        let blocks = std::iter::once(first).chain(sides).map(Block::Paragraph);
        Document { blocks: blocks.collect(), ..self.titled(Text::default()) }
    }

    /// Headline and table, as many sections as fit, and the footer.
    fn page(&self) -> Document<'r> {
        let mut page = Budget::of(self.titled(self.headline()));
        page.put_within(page.used() + MOST_ALERT, self.alerts());
        page.put(self.what_if().map(Block::Paragraph).collect());
        page.put_within(MOST_TABLE, LADDER.iter().map(|[errors, warnings]| self.paths(*errors, *warnings)));
        // Nothing comes behind the footer, so that no blank line sets it off.
        let room = (MOST + 1).saturating_sub(page.measured(vec![self.footer(true)]).0);
        let mut is_cut = false;
        for section in self.sections() {
            is_cut |= !page.put_within(room, [section]);
        }
        page.put(vec![self.footer(is_cut)]);
        page.page()
    }

    /// That a side is not as it stands, a paragraph each.
    fn what_if(&self) -> impl Iterator<Item = Text> {
        what_if_sides(self.review.comparison.joint())
    }

    /// Everything below the table, what matters most first.
    fn sections(&self) -> impl Iterator<Item = Vec<Block>> + '_ {
        let parts: [Section<'r>; 7] = [
            Self::picture,
            Self::clear,
            Self::blast_radius,
            Self::closed,
            Self::changes,
            Self::accepted,
            Self::matrix,
        ];
        parts.into_iter().filter_map(|part| part(self))
    }

    /// The file by which comments on several specs are told apart: the head without its revision.
    fn file(&self) -> &str {
        let head = self.context.head.as_str();
        head.rsplit_once(':').map_or(head, |(_, path)| path)
    }

    fn footer(&self, is_cut: bool) -> Block {
        let side = |commit: &Option<String>, name: &str| {
            Piece::Code(commit.clone().unwrap_or_else(|| name.to_owned()))
        };
        let cut =
            if is_cut { " · some sections are left out, as they are too long for a comment" } else { "" };
        Block::Small(Small::caption(phrase![
            side(&self.context.base_commit, &self.context.base),
            " → ",
            side(&self.context.head_commit, &self.context.head),
            " · ",
            changed(&self.figures.changed),
            " · influence ",
            closure(&self.figures.planes[0], self.figures.pairs),
            " · ",
            verdict(self.review),
            cut,
            " · reproduce: ",
            Piece::Code(self.context.command.clone()),
            " · this comment is updated on each push"
        ]))
    }
}
