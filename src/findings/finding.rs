//! A finding: one rule, one cause, the paths that prove it, and the smallest fix.

use super::phrase::Phrase;
use crate::analysis::Path;
use crate::graph::EdgeId;
use crate::model::{Level, NodeId, Place, Rule, Verb};

/// What is wrong with a topology.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Its level: that of its rule, a step milder for each guard that has to fail.
    pub level: Level,
    /// How many guards have to fail for it.
    pub guards: u32,
    /// What is wrong, in a line.
    pub title: Phrase,
    /// What else there is to know, a sentence each.
    pub details: Vec<Phrase>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// The smallest fix, as an order.
    pub fix: Phrase,
    /// The nodes it is about, the chief one first.
    pub nodes: Vec<NodeId>,
    /// The edge it is about, where it is about one.
    pub edge: Option<(NodeId, Verb, NodeId)>,
    /// Ordered pairs whose acceptance covers it: from what is compromised to what it reaches.
    pub pairs: Vec<(NodeId, NodeId)>,
    /// Where to look.
    pub place: Option<Place>,
    /// What tells it from other findings of its rule, whatever the order of the file: 16 hexadecimal digits.
    pub fingerprint: String,
    /// The position of the acceptance that silences it.
    pub accepted: Option<usize>,
}

/// A path with what it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What it shows.
    pub label: Phrase,
    /// The path.
    pub path: Path,
    /// The edge that the last node of the path uses then, where something is had done.
    pub act: Option<EdgeId>,
}

impl Finding {
    /// `CW101:HASH`, as acceptances name it.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}:{}", self.rule.id(), self.fingerprint)
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.accepted.is_none()
    }
}

/// A finding before it is judged: what a rule writes.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) finding: Finding,
    /// What it is about beside its nodes: words that tell it from others about the same nodes.
    pub(super) subject: Vec<String>,
    /// Steps by which it is milder than its rule, beside one for each guard.
    pub(super) milder: u32,
    /// Whether a rule of the spec's own is broken: its level is as the spec has it, and its words alone tell it from others.
    pub(super) is_contract: bool,
}

impl Draft {
    /// A finding about some nodes, the chief one first.
    pub(super) fn new(rule: Rule, nodes: Vec<NodeId>, title: Phrase) -> Self {
        let finding = Finding {
            rule,
            level: rule.default_level(),
            guards: 0,
            title,
            details: Vec::new(),
            evidence: Vec::new(),
            fix: Phrase::default(),
            nodes,
            edge: None,
            pairs: Vec::new(),
            place: None,
            fingerprint: String::new(),
            accepted: None,
        };
        Self { finding, subject: Vec::new(), milder: 0, is_contract: false }
    }

    /// A rule of the spec's own that is broken.
    pub(super) fn of_contract(rule: Rule, nodes: Vec<NodeId>, title: Phrase) -> Self {
        Self { is_contract: true, ..Self::new(rule, nodes, title) }
    }

    /// So many guards have to fail for it.
    pub(super) fn behind(mut self, guards: u32) -> Self {
        self.finding.guards = guards;
        self
    }

    /// It is a step milder than its rule.
    pub(super) fn milder(mut self) -> Self {
        self.milder += 1;
        self
    }

    /// It is about this edge, and stands where the edge does.
    pub(super) fn on_edge(mut self, edge: &crate::model::Edge) -> Self {
        self.finding.edge = Some((edge.from, edge.verb, edge.to));
        self.finding.place = Some(edge.place);
        self
    }

    /// It stands here; otherwise where its chief node is declared.
    pub(super) fn at(mut self, place: Place) -> Self {
        self.finding.place = Some(place);
        self
    }

    /// It concerns an ordered pair.
    pub(super) fn between(mut self, from: NodeId, to: NodeId) -> Self {
        if from != to && !self.finding.pairs.contains(&(from, to)) {
            self.finding.pairs.push((from, to));
        }
        self
    }

    /// One more thing to know.
    pub(super) fn detail(mut self, detail: Phrase) -> Self {
        self.finding.details.push(detail);
        self
    }

    /// A path that proves it; nothing where there is none.
    pub(super) fn shown_by(mut self, label: Phrase, path: Option<Path>) -> Self {
        self.finding.evidence.extend(path.map(|path| Evidence { label, path, act: None }));
        self
    }

    /// A path to whoever acts, and the edge by which it does.
    pub(super) fn shown_by_act(mut self, label: Phrase, path: Option<Path>, act: EdgeId) -> Self {
        self.finding.evidence.extend(path.map(|path| Evidence { label, path, act: Some(act) }));
        self
    }

    /// The smallest fix.
    pub(super) fn fix(mut self, fix: Phrase) -> Self {
        self.finding.fix = fix;
        self
    }

    /// A word that tells it from other findings about the same nodes.
    pub(super) fn told_by(mut self, word: &str) -> Self {
        self.subject.push(word.to_owned());
        self
    }
}
