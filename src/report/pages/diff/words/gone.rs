//! A spec that is gone, or a marked node whose edges a new one has → what went, and what there is to do.

use super::names::{Words, listed};
use crate::findings::{GoneNode, GoneSpec};
use crate::language::NewAcceptance;
use crate::model::text::{count, name, phrase};
use crate::model::{Accepted, Piece, Text};

/// `the spec is gone, and with it 14 nodes (2 critical, 3 private), 3 zones and 4 rules`.
pub(super) fn title(lost: &GoneSpec) -> Text {
    let marks = [(lost.critical, " critical"), (lost.private, " private")];
    let marks = marks.iter().filter(|(many, _)| *many > 0);
    let marks: Vec<Text> = marks.map(|(many, mark)| phrase![Piece::Number(*many), *mark]).collect();
    let marks =
        if marks.is_empty() { Text::default() } else { phrase![" (", Text::joined(marks, ", "), ")"] };
    let parts = [
        (lost.zones, "zone"),
        (lost.guards, "guard"),
        (lost.contracts, "rule"),
        (lost.levels, "review level"),
        (lost.acceptances, "acceptance"),
    ];
    let parts = parts.iter().filter(|(many, _)| *many > 0).map(|(many, noun)| phrase![count(*many, noun)]);
    let nodes = phrase![count(lost.nodes, "node"), marks];
    phrase!["the spec is gone, and with it ", Text::listed(std::iter::once(nodes).chain(parts))]
}

/// What there is to do about a spec that is gone.
pub(super) fn undo(lost: &GoneSpec) -> Text {
    let path = lost.path.clone().unwrap_or_else(|| "PATH".to_owned());
    let entry = NewAcceptance {
        what: Accepted::Spec { path },
        reason: "...".to_owned(),
        owner: None,
        ticket: None,
        expires: None,
    };
    let entry = entry.entry().map(|entry| format!("- {entry}")).unwrap_or_default();
    phrase!["put it back, or first land its acceptance in a spec that remains: ", Piece::Code(entry)]
}

impl Words<'_> {
    /// `payments, which was critical and in zone core, is gone, and billing has 2 of its 3 edges`.
    pub(super) fn taken_over(&self, over: &GoneNode) -> Text {
        let zone = over.zone.as_ref().map(|zone| phrase!["in zone ", name(zone.as_str())]);
        let marks = [over.critical.then_some("critical"), over.private.then_some("private")];
        let marks = marks.into_iter().flatten().map(|mark| phrase![mark]).chain(zone);
        let others = match over.others {
            0 => Text::default(),
            1 => phrase!["; another node has some too"],
            some => phrase!["; ", Piece::Number(some), " other nodes have some too"],
        };
        phrase![
            over.gone,
            ", which was ",
            listed(marks, " and "),
            ", is gone, and ",
            over.by,
            " has ",
            Piece::Number(over.kept),
            " of its ",
            count(over.edges, "edge"),
            others
        ]
    }

    /// What there is to do about a marked node whose edges another one has.
    pub(super) fn was(&self, over: &GoneNode) -> Text {
        let gone = self.comparison.joint().name(over.gone);
        phrase!["say ", Piece::Code(format!("was: {gone}")), " on the new node if it is the same one"]
    }
}
