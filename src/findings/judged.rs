//! Drafts that rules write → findings: each gets its level, its place, its fingerprint and its acceptance.

use super::acceptance::Acceptances;
use super::finding::{About, Draft, Finding};
use super::fingerprint;
use crate::model::{Level, Place, Rule, Spec};

/// By what drafts are judged.
pub(super) struct Criteria<'a> {
    /// The spec that names the nodes and says where they stand: of a change that of the head, over the nodes of both.
    pub(super) spec: &'a Spec,
    /// The level of each rule.
    pub(super) level: &'a dyn Fn(Rule) -> Level,
    pub(super) acceptances: &'a Acceptances,
}

impl Criteria<'_> {
    /// Some drafts as findings, in their order.
    pub(super) fn judge(&self, drafts: impl IntoIterator<Item = Draft>) -> Vec<Finding> {
        drafts.into_iter().map(|draft| self.judged(draft)).collect()
    }

    fn judged(&self, mut draft: Draft) -> Finding {
        let fingerprint = fingerprint::of(&draft, self.spec);
        let (accepted, accepted_pairs) = self.acceptances.accept(&mut draft, &fingerprint);
        let place = draft.place.or_else(|| self.place(&draft.about));
        let level = (self.level)(draft.rule).milder(draft.milder.saturating_add(guards(&draft.about)));
        let Draft { rule, about, pairs, .. } = draft;
        Finding { rule, level, about, pairs, accepted_pairs, place, fingerprint, accepted }
    }

    /// Where the chief node of a fact is declared.
    fn place(&self, about: &About) -> Option<Place> {
        let About::Fact(fact) = about else { return None };
        fact.nodes.first().map(|node| self.spec.node(*node).place)
    }
}

/// How many guards stand before what is found. What a change does has a rule of its own for each grade of that.
fn guards(about: &About) -> u32 {
    if let About::Fact(fact) = about { fact.guards } else { 0 }
}
