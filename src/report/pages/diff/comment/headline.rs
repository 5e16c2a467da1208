//! The first sentence of the comment, and the one line that opened what it says.

use super::{Comment, markdown_escape};
use crate::compare::Side;
use crate::findings::{About, Finding};
use crate::model::text::phrase;
use crate::model::{Level, Place, Rule, Text, Tone};
use crate::report::counts::counted;
use crate::report::pages::diff::words::{verdict, whole};
use crate::report::write::capital;

/// Characters that the alert may take.
const ALERT: usize = 16_000;

impl Comment<'_> {
    /// The heading, and below it who reaches what by which line.
    pub(super) fn headline(&self) -> String {
        let Some(first) = self.review.open().next() else {
            return format!("### ✅ Agent topology: {}\n\n", self.shown(&verdict(self.review)));
        };
        let others = self.review.open().filter(|finding| finding.level == first.level).count() - 1;
        let more = match others {
            0 => String::new(),
            some => format!(", and {some} more {}{}", first.level.as_str(), if some == 1 { "" } else { "s" }),
        };
        let only_closes = self.review.open().all(|finding| finding.rule == Rule::ClosedPath);
        let icon = if only_closes { "✅" } else { icon(first.level) };
        let title = self.words.title(first);
        let title = if only_closes { phrase!["no new paths, ", title] } else { title };
        let title = self.standing_out(&title);
        let mut text = format!("### {icon} Agent topology: {title}{more}\n\n");
        if first.level > Level::Note {
            let alerts = [self.alert(first, true), self.alert(first, false)];
            text += alerts.iter().find(|alert| alert.len() <= ALERT).map_or("", String::as_str);
        }
        text
    }

    /// Who reaches what, unless names are so long that this takes the place of all else, and by which line.
    fn alert(&self, finding: &Finding, says_who: bool) -> String {
        let kind = if finding.level == Level::Error { "CAUTION" } else { "WARNING" };
        let mut lines = if says_who { self.words.who(finding) } else { Vec::new() };
        lines.extend(self.words.others(finding).filter(|_| says_who));
        if lines.is_empty() {
            lines.push(Text::sentences([self.words.title(finding)]));
        }
        let mut lines: Vec<String> = lines.iter().map(|line| self.standing_out(line)).collect();
        lines.extend(self.opened_by(finding));
        let lines: String = lines.iter().map(|line| format!("> {line}\n")).collect();
        format!("> [!{kind}]\n{lines}\n")
    }

    /// `Opened by **support-bot invokes payments (added)**, [file:17](…).`
    fn opened_by(&self, finding: &Finding) -> Option<String> {
        let comparison = &self.review.comparison;
        let ids = finding.changes(comparison);
        let shown = ids.iter().take(3).enumerate().map(|(at, id)| {
            let change = comparison.change(*id);
            // Of a node that is new with its edges, the finding knows which of them it is.
            let knows = at == 0 && !matches!(finding.about, About::Contract { .. });
            let place = finding.place.filter(|_| knows).unwrap_or(change.place);
            let change = self.words.change(change).toned(Tone::Strong);
            format!("{} ({})", self.shown(&change), self.link(place))
        });
        let shown = shown.collect::<Vec<_>>().join(", together with ");
        let more = if ids.len() > 3 {
            format!(" and {}", counted(ids.len() - 3, "more change"))
        } else {
            String::new()
        };
        match finding.about {
            About::Contract { ref changes, .. } if !changes.is_empty() => {
                Some(format!("Opened by {shown}{more}."))
            }
            About::Paths { .. } if ids.is_empty() => whole(finding)
                .zip(finding.place)
                .map(|(whole, place)| format!("{}: see {}.", capital(whole), self.link(place))),
            About::Paths { .. } | About::Loop { .. } => Some(format!("Opened by {shown}{more}.")),
            _ => finding.place.map(|place| format!("See {}.", self.link(place))),
        }
    }

    /// A place as `file:line`, linked where there is something to link to.
    pub(super) fn link(&self, place: Place) -> String {
        let joint = self.review.comparison.joint();
        let location = joint.spec(Side::Head).location(place);
        let text = markdown_escape::command(&location);
        if joint.side_of(place) == Side::Base {
            return format!("{text} in the base");
        }
        let Some(link) = &self.context.link else { return text };
        let file = joint.spec(Side::Head).files.get(place.file as usize);
        let (name, line) =
            file.map(|file| (file.name(), file.line_column(place.start as usize).0)).unwrap_or_default();
        format!(
            "[{text}]({}/{}#L{line})",
            address(link),
            markdown_escape::path(name.trim_start_matches("./"))
        )
    }
}

/// An address that ends no link.
fn address(link: &str) -> String {
    let keep = |character: char| character.is_ascii_alphanumeric() || ":/?&=%._~-+@,;".contains(character);
    let mut address = String::new();
    for character in link.trim_end_matches('/').chars() {
        if keep(character) {
            address.push(character);
        } else {
            address += &markdown_escape::path(&character.to_string());
        }
    }
    address
}

/// The sign of a level. They differ in shape, and not in colour alone.
pub(super) fn icon(level: Level) -> &'static str {
    match level {
        Level::Error => "❌",
        Level::Warning => "⚠️",
        Level::Note | Level::Off => "ℹ️",
    }
}
