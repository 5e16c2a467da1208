//! Base and head → their marks and levels, of each the stricter one, so that no change can take its own teeth out.

use crate::compare::{Joint, Side};
use crate::model::{Level, NodeId, NodeKind, Rule};

/// Trust, `critical`, `sensitivity` and levels of two topologies together: of each the stricter one.
#[derive(Debug, Clone, Copy)]
pub struct Strictest<'j>(&'j Joint);

impl<'j> Strictest<'j> {
    /// Of these two topologies.
    #[must_use]
    pub fn of(joint: &'j Joint) -> Self {
        Self(joint)
    }

    fn on_either(self, node: NodeId, is_so: impl Fn(&crate::model::Node) -> bool) -> bool {
        Side::BOTH.iter().any(|side| self.0.has(*side, node) && is_so(self.0.node(*side, node)))
    }

    /// Whether the second node is more trusted than the first, or critical, on either side.
    #[must_use]
    pub fn is_up(self, from: NodeId, to: NodeId) -> bool {
        self.is_critical(to) || Side::BOTH.iter().any(|side| self.0.spec(*side).is_escalation(from, to))
    }

    /// Whether a node is critical.
    #[must_use]
    pub fn is_critical(self, node: NodeId) -> bool {
        self.on_either(node, |node| node.critical)
    }

    /// Whether a node's content is private.
    #[must_use]
    pub fn is_private(self, node: NodeId) -> bool {
        self.on_either(node, crate::model::Node::is_private)
    }

    /// Whether content can leave through a node: a sink, or a tool that lets content out.
    #[must_use]
    pub fn is_exit(self, node: NodeId) -> bool {
        self.on_either(node, |node| node.kind == NodeKind::Sink || node.egress)
    }

    /// The level of a rule.
    #[must_use]
    pub fn level(self, rule: Rule) -> Level {
        let level = |side| self.0.spec(side).review.level(rule);
        // A head that is gone says nothing, and what the base says of that holds.
        let is_said = self.0.spec(Side::Head).review.levels.contains_key(&rule);
        if self.0.is_empty(Side::Head) && !self.0.is_empty(Side::Base) && !is_said {
            return level(Side::Base);
        }
        // A side without a spec has nothing to say, and a new spec cannot lower what nobody has judged yet.
        level(Side::Base).max(level(Side::Head))
    }
}
