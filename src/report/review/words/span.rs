//! From where to where the pairs of a finding lead: `from edge into privileged`.

use std::collections::BTreeSet;

use super::Words;
use crate::compare::Side;
use crate::findings::{Finding, Strictest};
use crate::model::{NodeId, Rule};
use crate::report::counts::counted;

impl Words<'_> {
    /// Where paths lead from and to, with a blank before it; nothing where that is too much to say.
    pub(in crate::report) fn span(&self, finding: &Finding) -> String {
        let pairs = Self::told(finding);
        let (from, to): (BTreeSet<_>, BTreeSet<_>) =
            pairs.iter().map(|pair| (self.zone(pair.from), self.zone(pair.to))).unzip();
        let name = |zone: &Option<String>| zone.as_deref().map(self.name);
        let from = if from.len() == 1 { from.first().and_then(name) } else { None };
        let up = matches!(finding.rule, Rule::NewPathUp | Rule::FewerGuardsUp | Rule::NearerPathUp);
        let to = match to.len() {
            _ if up && let Some(critical) = self.critical(finding) => Some(format!("to {critical}")),
            1 => to.first().and_then(name).map(|zone| match (up, from.as_ref() == Some(&zone)) {
                (true, _) => format!("into {zone}"),
                (false, true) => "inside it".to_owned(),
                (false, false) => format!("to {zone}"),
            }),
            _ if up => Some("into more trusted zones".to_owned()),
            _ => None,
        };
        match (from, to) {
            (Some(zone), Some(inside)) if inside == "inside it" => format!(" inside {zone}"),
            (from, to) => {
                let from = from.map(|zone| format!(" from {zone}")).unwrap_or_default();
                from + &to.map(|to| format!(" {to}")).unwrap_or_default()
            }
        }
    }

    /// The critical nodes that paths lead to, where no path leads into a more trusted zone.
    fn critical(&self, finding: &Finding) -> Option<String> {
        let joint = self.comparison.joint();
        let is_escalation = |from: NodeId, to: NodeId| {
            [Side::Base, Side::Head].iter().any(|side| joint.spec(*side).is_escalation(from, to))
        };
        let pairs = Self::told(finding);
        if pairs.iter().any(|pair| is_escalation(pair.from, pair.to)) {
            return None;
        }
        let strictest = Strictest::of(joint);
        let nodes: BTreeSet<NodeId> = pairs.iter().map(|pair| pair.to).collect();
        match nodes.iter().filter(|node| strictest.is_critical(**node)).collect::<Vec<_>>()[..] {
            [] => None,
            [one] => Some(format!("critical {}", (self.name)(joint.name(*one)))),
            ref many => Some(counted(many.len(), "critical node")),
        }
    }

    /// ` through mailer`, where private content leaves through one node.
    pub(in crate::report) fn out(&self, finding: &Finding) -> String {
        let exits: BTreeSet<NodeId> = Self::told(finding).iter().map(|pair| pair.from).collect();
        match (exits.len(), exits.first()) {
            (1, Some(exit)) => format!(" through {}", (self.name)(self.comparison.joint().name(*exit))),
            _ => String::new(),
        }
    }

    /// The zone of a node by name: as the head has it, or the base where it is gone.
    pub(in crate::report) fn zone(&self, node: NodeId) -> Option<String> {
        let joint = self.comparison.joint();
        let side = if joint.has(Side::Head, node) { Side::Head } else { Side::Base };
        let spec = joint.spec(side);
        joint.node(side, node).zone.map(|zone| spec.zone_name(zone).to_owned())
    }
}
