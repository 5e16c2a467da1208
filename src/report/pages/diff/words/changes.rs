//! One change in a few words, and how it is taken back.

use super::names::{Words, listed};
use crate::compare::{Change, ChangeId, Side, What};
use crate::model::text::{name, phrase};
use crate::model::{Edge, Guard, GuardId, NodeId, Piece, Plane, Text};

impl Words<'_> {
    /// A change: `support-bot invokes payments (added)`, `payments: zone privileged → edge`.
    pub(in crate::report) fn change(&self, change: &Change) -> Text {
        let joint = self.comparison.joint();
        match &change.what {
            What::NodeAdded(node) => phrase![self.node(Side::Head, *node), " (added)"],
            What::NodeRemoved(node) => phrase![self.node(Side::Base, *node), " (removed)"],
            What::NodeReplaced(node) => {
                let kind = |side| joint.node(side, *node).kind;
                match (kind(Side::Base), kind(Side::Head)) {
                    (before, after) if before == after => {
                        phrase![*node, " is another kind of ", after.as_str(), " (replaced)"]
                    }
                    (before, after) => {
                        phrase![*node, ": ", before.as_str(), " → ", after.as_str(), " (replaced)"]
                    }
                }
            }
            What::NodeRenamed(node) => {
                let former = joint.former_name(*node).unwrap_or_default();
                phrase![name(former), " → ", *node, " (renamed)"]
            }
            What::Attribute(node, attribute) => {
                let [before, after] = [&attribute.before, &attribute.after].map(|value| name(value.as_str()));
                phrase![*node, ": ", attribute.key, " ", before, " → ", after]
            }
            What::Guard(guard) => self.guard(*guard),
            What::Zone { name: zone, before, after } => {
                let zone = phrase!["zone ", name(zone.as_str())];
                match (before, after) {
                    (None, _) => zone.and(" (added)"),
                    (_, None) => zone.and(" (removed)"),
                    (Some(before), Some(after)) => {
                        phrase![zone, ": trust ", signed(*before), " → ", signed(*after)]
                    }
                }
            }
            What::Level { rule, before, after } => {
                phrase!["review level of ", rule.id(), ": ", before.as_str(), " → ", after.as_str()]
            }
            What::Edge { base, head } => self.edge(*base, *head),
        }
    }

    /// Some changes, joined.
    pub(in crate::report) fn changes(&self, ids: &[ChangeId]) -> Text {
        listed(ids.iter().map(|id| self.change(self.comparison.change(*id))), " and ")
    }

    /// How a change is taken back, as an order.
    pub(super) fn undo(&self, change: &Change) -> Text {
        match &change.what {
            What::Edge { base: None, .. } => phrase!["remove the edge"],
            What::Edge { head: None, .. } => phrase!["put the edge back"],
            What::Edge { .. } => phrase!["declare the edge as before"],
            What::NodeAdded(_) => phrase!["remove the edge that opens it"],
            What::NodeRemoved(_) => phrase!["put the node back"],
            What::Attribute(_, attribute) => {
                let key = Piece::Code(attribute.key.to_owned());
                phrase!["set ", key, " back to ", name(attribute.before.as_str())]
            }
            What::Guard(_) => phrase!["define the guard as before"],
            What::Zone { .. } => phrase!["put the zone back in its place"],
            What::Level { before, .. } => phrase!["set the level back to ", before.as_str()],
            What::NodeReplaced(_) | What::NodeRenamed(_) => phrase!["take the change back"],
        }
    }

    fn node(&self, side: Side, node: NodeId) -> Text {
        phrase![self.comparison.joint().node(side, node).kind.as_str(), " ", node]
    }

    fn guard(&self, id: GuardId) -> Text {
        let spec = |side| self.comparison.joint().spec(side);
        let stops = |guard: &Guard| match (guard.stops(Plane::Influence), guard.stops(Plane::Exposure)) {
            (true, true) => "influence and exposure",
            (true, false) => "influence",
            (false, true) => "exposure",
            (false, false) => "nothing",
        };
        let [before, after] = [Side::Base, Side::Head].map(|side| stops(spec(side).guard(id)));
        phrase!["guard ", id, ": stops ", before, " → ", after]
    }

    fn edge(&self, base: Option<usize>, head: Option<usize>) -> Text {
        let spec = |side| self.comparison.joint().spec(side);
        let before = base.map(|at| &spec(Side::Base).edges[at]);
        let after = head.map(|at| &spec(Side::Head).edges[at]);
        match (before, after) {
            (Some(before), Some(after)) => {
                phrase![said(after), " (", Text::joined(differences(before, after), "; "), ")"]
            }
            (None, Some(edge)) if edge.guards.is_empty() => phrase![said(edge), " (added)"],
            (None, Some(edge)) => phrase![said(edge), " behind ", guards(&edge.guards), " (added)"],
            (Some(edge), None) => phrase![said(edge), " (removed)"],
            (None, None) => Text::default(),
        }
    }
}

/// An edge as a clause: `support-bot invokes payments`.
fn said(edge: &Edge) -> Text {
    phrase![edge.from, " ", edge.verb, " ", edge.to]
}

/// What is declared otherwise of an edge. Guards of both sides have the same ids.
fn differences(before: &Edge, after: &Edge) -> Vec<Text> {
    let result = |edge: &Edge| match edge.result.as_deref() {
        None => phrase!["nothing"],
        Some([]) => phrase!["its result"],
        Some(behind) => phrase!["its result behind ", guards(behind)],
    };
    let role = |edge: &Edge| edge.role.map_or("none", crate::model::Role::as_str);
    let is = |yes: bool| if yes { "true" } else { "false" };
    let mut all = Vec::new();
    if before.guards != after.guards {
        all.push(phrase!["guards ", guards(&before.guards), " → ", guards(&after.guards)]);
    }
    if before.result != after.result {
        all.push(phrase!["returns ", result(before), " → ", result(after)]);
    }
    if before.role != after.role {
        all.push(phrase!["role ", role(before), " → ", role(after)]);
    }
    if before.logged != after.logged {
        all.push(phrase!["logged ", is(before.logged), " → ", is(after.logged)]);
    }
    if before.uncuttable != after.uncuttable {
        all.push(phrase!["uncuttable ", is(before.uncuttable), " → ", is(after.uncuttable)]);
    }
    all
}

fn guards(guards: &[GuardId]) -> Text {
    if guards.is_empty() {
        return phrase!["none"];
    }
    Text::joined(guards.iter().map(|guard| phrase![*guard]), " and ")
}

/// A number that may be below zero.
fn signed(number: i64) -> Text {
    let sign = if number < 0 { "-" } else { "" };
    phrase![sign, Piece::Ordinal(number.unsigned_abs())]
}
