//! One change in a few words, and how it is taken back.

use super::Words;
use crate::compare::{Change, Side, What};
use crate::model::{Edge, Guard, GuardId, NodeId, Spec};

impl Words<'_> {
    /// A change: `support-bot invokes payments (added)`, `payments: zone privileged → edge`.
    pub(in crate::report) fn change(&self, change: &Change) -> String {
        let joint = self.comparison.joint();
        match &change.what {
            What::NodeAdded(node) => format!("{} (added)", self.node(Side::Head, *node)),
            What::NodeRemoved(node) => format!("{} (removed)", self.node(Side::Base, *node)),
            What::NodeReplaced(node) => {
                let kind = |side| joint.node(side, *node).kind;
                let name = (self.name)(joint.name(*node));
                match (kind(Side::Base), kind(Side::Head)) {
                    (before, after) if before == after => {
                        format!("{} is another kind of {after} (replaced)", name)
                    }
                    (before, after) => format!("{name}: {before} → {after} (replaced)"),
                }
            }
            What::NodeRenamed(node) => {
                let former = joint.former_name(*node).unwrap_or_default();
                format!("{} → {} (renamed)", (self.name)(former), (self.name)(joint.name(*node)))
            }
            What::Attribute(node, attribute) => {
                let (before, after) = ((self.name)(&attribute.before), (self.name)(&attribute.after));
                format!("{}: {} {before} → {after}", (self.name)(joint.name(*node)), attribute.key)
            }
            What::Guard(guard) => self.guard(*guard),
            What::Zone { name, before, after } => {
                let name = format!("zone {}", (self.name)(name));
                match (before, after) {
                    (None, _) => format!("{name} (added)"),
                    (_, None) => format!("{name} (removed)"),
                    (Some(before), Some(after)) => format!("{name}: trust {before} → {after}"),
                }
            }
            What::Level { rule, before, after } => {
                format!("review level of {}: {} → {}", rule.id(), before.as_str(), after.as_str())
            }
            What::Edge { base, head } => self.edge(*base, *head),
        }
    }

    /// How a change is taken back, as an order.
    pub(in crate::report) fn undo(&self, change: &Change) -> String {
        match &change.what {
            What::Edge { base: None, .. } => "remove the edge".to_owned(),
            What::Edge { head: None, .. } => "put the edge back".to_owned(),
            What::Edge { .. } => "declare the edge as before".to_owned(),
            What::NodeAdded(_) => "remove the edge that opens it".to_owned(),
            What::NodeRemoved(_) => "put the node back".to_owned(),
            What::Attribute(_, attribute) => {
                format!("set `{}` back to {}", attribute.key, (self.name)(&attribute.before))
            }
            What::Guard(_) => "define the guard as before".to_owned(),
            What::Zone { .. } => "put the zone back in its place".to_owned(),
            What::Level { before, .. } => format!("set the level back to {}", before.as_str()),
            What::NodeReplaced(_) | What::NodeRenamed(_) => "take the change back".to_owned(),
        }
    }

    fn node(&self, side: Side, node: NodeId) -> String {
        let joint = self.comparison.joint();
        format!("{} {}", joint.node(side, node).kind, (self.name)(joint.name(node)))
    }

    fn guard(&self, id: GuardId) -> String {
        let spec = |side| self.comparison.joint().spec(side);
        let stops = |guard: &Guard| match (guard.stops_influence, guard.stops_exposure) {
            (true, true) => "influence and exposure",
            (true, false) => "influence",
            (false, true) => "exposure",
            (false, false) => "nothing",
        };
        let (before, after) = (spec(Side::Base).guard(id), spec(Side::Head).guard(id));
        let name = (self.name)(spec(Side::Head).guard_name(id));
        format!("guard {name}: stops {} → {}", stops(before), stops(after))
    }

    fn edge(&self, base: Option<usize>, head: Option<usize>) -> String {
        let spec = |side| self.comparison.joint().spec(side);
        let before = base.map(|at| &spec(Side::Base).edges[at]);
        let after = head.map(|at| &spec(Side::Head).edges[at]);
        match (before, after) {
            (Some(before), Some(after)) => {
                let differences = self.differences(spec(Side::Head), before, after).join("; ");
                format!("{} ({differences})", self.said(after))
            }
            (None, Some(edge)) => {
                let guards = match &edge.guards[..] {
                    [] => String::new(),
                    guards => format!(" behind {}", self.guards(spec(Side::Head), guards)),
                };
                format!("{}{guards} (added)", self.said(edge))
            }
            (Some(edge), None) => format!("{} (removed)", self.said(edge)),
            (None, None) => String::new(),
        }
    }

    /// An edge as a clause: `support-bot invokes payments`.
    pub(in crate::report) fn said(&self, edge: &Edge) -> String {
        let name = |node| (self.name)(self.comparison.joint().name(node));
        format!("{} {} {}", name(edge.from), edge.verb.third_person(), name(edge.to))
    }

    /// What is declared otherwise of an edge. Guards of both sides have the same ids.
    fn differences(&self, spec: &Spec, before: &Edge, after: &Edge) -> Vec<String> {
        let mut all = Vec::new();
        if before.guards != after.guards {
            all.push(format!(
                "guards {} → {}",
                self.guards(spec, &before.guards),
                self.guards(spec, &after.guards)
            ));
        }
        let result = |edge: &Edge| match edge.result.as_deref() {
            None => "nothing".to_owned(),
            Some([]) => "its result".to_owned(),
            Some(guards) => format!("its result behind {}", self.guards(spec, guards)),
        };
        if before.result != after.result {
            all.push(format!("returns {} → {}", result(before), result(after)));
        }
        let role = |edge: &Edge| edge.role.map_or("none", crate::model::Role::as_str);
        if before.role != after.role {
            all.push(format!("role {} → {}", role(before), role(after)));
        }
        if before.logged != after.logged {
            all.push(format!("logged {} → {}", before.logged, after.logged));
        }
        if before.uncuttable != after.uncuttable {
            all.push(format!("uncuttable {} → {}", before.uncuttable, after.uncuttable));
        }
        all
    }

    fn guards(&self, spec: &Spec, guards: &[GuardId]) -> String {
        if guards.is_empty() {
            return "none".to_owned();
        }
        let names: Vec<String> = guards.iter().map(|guard| (self.name)(spec.guard_name(*guard))).collect();
        names.join(" and ")
    }
}
