//! From where to where the pairs of a finding lead: `from edge into privileged`.

use std::collections::BTreeSet;

use super::names::Words;
use crate::compare::Side;
use crate::findings::{Finding, Strictest};
use crate::model::text::{count, name, phrase};
use crate::model::{NodeId, Rule, Text};

impl Words<'_> {
    /// Where paths lead from and to, with a blank before it; nothing where that is too much to say.
    pub(in crate::report) fn span(&self, finding: &Finding) -> Text {
        let pairs = Self::told(finding);
        let (from, to): (BTreeSet<_>, BTreeSet<_>) =
            pairs.iter().map(|pair| (self.zone(pair.from), self.zone(pair.to))).unzip();
        let from = if from.len() == 1 { from.into_iter().next().flatten() } else { None };
        let up = matches!(finding.rule, Rule::NewPathUp | Rule::FewerGuardsUp | Rule::NearerPathUp);
        let one = |zone: &str| name(zone);
        let to = match to.len() {
            _ if up && let Some(critical) = self.critical(finding) => phrase![" to ", critical],
            1 => match (to.into_iter().next().flatten(), from.as_deref()) {
                (Some(zone), _) if up => phrase![" into ", one(&zone)],
                (Some(zone), Some(from)) if from == zone => return phrase![" inside ", one(&zone)],
                (Some(zone), _) => phrase![" to ", one(&zone)],
                (None, _) => Text::default(),
            },
            _ if up => phrase![" into more trusted zones"],
            _ => Text::default(),
        };
        match from {
            Some(zone) => phrase![" from ", one(&zone), to],
            None => to,
        }
    }

    /// The critical nodes that paths lead to, where no path leads into a more trusted zone.
    fn critical(&self, finding: &Finding) -> Option<Text> {
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
            [one] => Some(phrase!["critical ", *one]),
            ref many => Some(phrase![count(many.len(), "critical node")]),
        }
    }

    /// ` through mailer`, where private content leaves through one node.
    pub(in crate::report) fn out(&self, finding: &Finding) -> Text {
        let exits: BTreeSet<NodeId> = Self::told(finding).iter().map(|pair| pair.from).collect();
        match (exits.len(), exits.first()) {
            (1, Some(exit)) => phrase![" through ", *exit],
            _ => Text::default(),
        }
    }
}
