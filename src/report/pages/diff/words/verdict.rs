//! How many findings there are, and who accepted one.

use crate::findings::Review;
use crate::model::text::{count, name, phrase, quoted};
use crate::model::{Acceptance, Level, Piece, Text};

/// Who accepted it, where that was discussed, and how long it holds: ` (by desk, D-7, until 2027-01-31)`. Empty where nothing of
/// it is said.
pub(in crate::report) fn attested(written: &Acceptance) -> Text {
    let by = written.owner.as_ref().map(|owner| phrase!["by ", quoted(owner.as_str())]);
    let ticket = written.ticket.as_ref().map(|ticket| phrase![quoted(ticket.as_str())]);
    let until = written.expires.map(|date| phrase!["until ", name(date.to_string())]);
    let about: Vec<Text> = by.into_iter().chain(ticket).chain(until).collect();
    if about.is_empty() { Text::default() } else { phrase![" (", Text::joined(about, ", "), ")"] }
}

/// How many findings there are: `2 errors, 1 note, 1 accepted`.
pub(in crate::report) fn verdict(review: &Review) -> Text {
    let levels =
        [Level::Error, Level::Warning, Level::Note].map(|level| (review.count(level), level.as_str()));
    let some = levels.iter().filter(|(found, _)| *found > 0);
    let mut parts: Vec<Text> = some.map(|(found, word)| phrase![count(*found, word)]).collect();
    if parts.is_empty() {
        parts.push(phrase!["no findings"]);
    }
    let accepted = review.accepted().count();
    parts.extend((accepted > 0).then(|| phrase![Piece::Number(accepted), " accepted"]));
    Text::joined(parts, ", ")
}
