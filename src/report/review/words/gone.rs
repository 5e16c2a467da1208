//! A spec that is gone, or a marked node whose edges a new one has → what went, and what there is to do.

use super::{Words, listed};
use crate::findings::{GoneNode, GoneSpec};
use crate::language::NewAcceptance;
use crate::model::Accepted;
use crate::report::counts::counted;

/// `the spec is gone, and with it 14 nodes (2 critical, 3 private), 3 zones and 4 rules`.
pub(super) fn title(lost: &GoneSpec) -> String {
    let marks = [(lost.critical, "critical"), (lost.private, "private")];
    let marks: Vec<String> =
        marks.iter().filter(|(count, _)| *count > 0).map(|(count, mark)| format!("{count} {mark}")).collect();
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
    let parts = [
        (lost.zones, "zone"),
        (lost.guards, "guard"),
        (lost.contracts, "rule"),
        (lost.levels, "review level"),
        (lost.acceptances, "acceptance"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun));
    let all: Vec<String> =
        std::iter::once(format!("{}{marks}", counted(lost.nodes, "node"))).chain(parts).collect();
    let (last, first) = all.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
    let all = if first.is_empty() { last.to_owned() } else { format!("{} and {last}", first.join(", ")) };
    format!("the spec is gone, and with it {all}")
}

/// What there is to do about a spec that is gone. What is written into a spec is made code by `code`.
pub(in crate::report) fn undo(lost: &GoneSpec, code: impl Fn(&str) -> String) -> String {
    let path = lost.path.clone().unwrap_or_else(|| "PATH".to_owned());
    let entry = NewAcceptance {
        what: Accepted::Spec { path },
        reason: "...".to_owned(),
        owner: None,
        ticket: None,
        expires: None,
    };
    let entry = entry.entry().map(|entry| format!("- {entry}")).unwrap_or_default();
    format!("put it back, or first land its acceptance in a spec that remains: {}", code(&entry))
}

impl Words<'_> {
    /// `payments, which was critical and in zone core, is gone, and billing has 2 of its 3 edges`.
    pub(super) fn taken_over(&self, over: &GoneNode) -> String {
        let joint = self.comparison.joint();
        let zone = over.zone.as_ref().map(|zone| format!("in zone {}", (self.name)(zone)));
        let marks = [over.critical.then_some("critical"), over.private.then_some("private")];
        let marks: Vec<String> = marks.into_iter().flatten().map(str::to_owned).chain(zone).collect();
        let others = match over.others {
            0 => String::new(),
            some => format!(
                "; {} some too",
                if some == 1 { "another node has".to_owned() } else { format!("{some} other nodes have") }
            ),
        };
        format!(
            "{}, which was {}, is gone, and {} has {} of its {}{others}",
            (self.name)(joint.name(over.gone)),
            listed(&marks, "and"),
            (self.name)(joint.name(over.by)),
            over.kept,
            counted(over.edges, "edge"),
        )
    }

    /// What there is to do about a marked node whose edges another one has. The attribute is made code by `code`.
    pub(in crate::report) fn was(&self, over: &GoneNode, code: impl Fn(&str) -> String) -> String {
        let gone = self.comparison.joint().name(over.gone);
        format!("say {} on the new node if it is the same one", code(&format!("was: {gone}")))
    }
}
