//! The first sentence of the comment, and the one line that opened what it says.

use super::Comment;
use crate::findings::{About, Finding};
use crate::model::text::{count, phrase};
use crate::model::{Level, Piece, Rule, Text, Tone};
use crate::report::document::Block;
use crate::report::pages::diff::words::{verdict, whole};

/// Changes that are named as what opened it.
const NAMED: usize = 3;

impl Comment<'_> {
    /// The heading.
    pub(super) fn headline(&self) -> Text {
        let Some(first) = self.review.open().next() else {
            return phrase!["✅ Agent topology: ", verdict(self.review)];
        };
        let others = self.review.open().filter(|finding| finding.level == first.level).count() - 1;
        let plural = if others == 1 { "" } else { "s" };
        let more = match others {
            0 => Text::default(),
            some => {
                phrase![", and ", Piece::Ordinal(some as u64), " more ", first.level.as_str(), plural]
            }
        };
        let only_closes = self.review.open().all(|finding| finding.rule == Rule::ClosedPath);
        let icon = if only_closes { "✅" } else { icon(first.level) };
        let title = self.words.title(first);
        let title = if only_closes { phrase!["no new paths, ", title] } else { title };
        phrase![icon, " Agent topology: ", title.toned(Tone::Names), more]
    }

    /// Below it who reaches what by which line; and, where names are so long that this takes the place of all else, by which line
    /// alone. Nothing where nobody minds.
    pub(super) fn alerts(&self) -> Vec<Vec<Block>> {
        let first = self.review.open().next().filter(|first| first.level > Level::Note);
        let versions = first.map(|first| [true, false].map(|says_who| vec![self.alert(first, says_who)]));
        versions.into_iter().flatten().collect()
    }

    fn alert(&self, finding: &Finding, says_who: bool) -> Block {
        let mut lines = if says_who { self.words.who(finding) } else { Vec::new() };
        lines.extend(self.words.others(finding).filter(|_| says_who));
        if lines.is_empty() {
            lines.push(Text::sentences([self.words.title(finding)]));
        }
        let lines = lines.into_iter().map(|line| line.toned(Tone::Names));
        Block::Alert(finding.level, lines.chain(self.opened_by(finding)).collect())
    }

    /// `Opened by **support-bot invokes payments (added)** ([file:17](…)).`
    fn opened_by(&self, finding: &Finding) -> Option<Text> {
        let has_causes = !finding.changes(&self.review.comparison).is_empty();
        match finding.about {
            About::Contract { .. } if has_causes => Some(self.opening(finding)),
            About::Paths { .. } if !has_causes => {
                let (whole, place) = whole(finding).zip(finding.place)?;
                Some(Text::sentences([phrase![whole, ": see ", self.link(place), "."]]))
            }
            About::Paths { .. } | About::Loop { .. } => Some(self.opening(finding)),
            _ => finding.place.map(|place| phrase!["See ", self.link(place), "."]),
        }
    }

    /// The changes, each with its place.
    fn opening(&self, finding: &Finding) -> Text {
        let comparison = &self.review.comparison;
        let ids = finding.changes(comparison);
        let shown = ids.iter().take(NAMED).enumerate().map(|(at, id)| {
            let change = comparison.change(*id);
            // Of a node that is new with its edges, the finding knows which of them it is.
            let knows = at == 0 && !matches!(finding.about, About::Contract { .. });
            let place = finding.place.filter(|_| knows).unwrap_or(change.place);
            phrase![self.words.change(change).toned(Tone::Strong), " (", self.link(place), ")"]
        });
        let shown = Text::joined(shown, ", together with ");
        let more = match ids.len().saturating_sub(NAMED) {
            0 => Text::default(),
            more => phrase![" and ", count(more, "more change")],
        };
        phrase!["Opened by ", shown, more, "."]
    }
}

/// The sign of a level. They differ in shape, and not in colour alone.
pub(super) fn icon(level: Level) -> &'static str {
    match level {
        Level::Error => "❌",
        Level::Warning => "⚠️",
        Level::Note | Level::Off => "ℹ️",
    }
}
