//! The contracts of a spec, asked of a graph: which of them are broken, by what, and what would satisfy them. One file a kind.

mod expect;
mod layers;
mod limit;
mod pairwise;
mod passage;
mod words;

use rayon::prelude::*;

use super::finding::{Draft, Evidence};
use super::phrase::Phrase;
use crate::graph::CapabilityGraph;
use crate::model::{Contract, NodeId, Selection, Spec, Term};

/// A pair that somebody has accepted, with the position of the acceptance.
pub type AcceptedPair = (NodeId, NodeId, usize);

/// How a contract is broken.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Breach {
    /// What breaks it, in a line.
    pub title: Phrase,
    /// What else there is to know, why it must hold first.
    pub details: Vec<Phrase>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// What would satisfy it.
    pub fix: Phrase,
    /// How many pairs break it; of a limit, how many nodes; of an expectation, how many cells.
    pub count: usize,
    /// The gravest pair that breaks it.
    pub worst: (NodeId, NodeId),
    /// The position of an acceptance, where everything that breaks it is accepted.
    pub accepted: Option<usize>,
}

/// How a contract is broken by a topology, which need not be the one that declares it; nothing where it holds. Nodes that it
/// names and the topology does not have break nothing.
#[must_use]
pub fn breach(graph: &CapabilityGraph, contract: &Contract) -> Option<Breach> {
    breach_but(graph, contract, &[], &|_| true)
}

/// How a contract is broken, pairs that are accepted left out; where they are all that breaks it, by those. Of the graph's nodes
/// only those count that are said to be there.
#[must_use]
pub fn breach_but(
    graph: &CapabilityGraph,
    contract: &Contract,
    accepted: &[AcceptedPair],
    is_there: &IsThere<'_>,
) -> Option<Breach> {
    if let Some(breach) = asked(graph, contract, accepted, is_there) {
        return Some(breach);
    }
    if accepted.is_empty() {
        return None;
    }
    let whole = asked(graph, contract, &[], is_there)?;
    let by = accepted.iter().find(|(from, to, _)| (*from, *to) == whole.worst);
    // Of a limit it is the number of pairs that breaks it, and any of them that does not count.
    let of_row = || accepted.iter().find(|(from, _, _)| *from == whole.worst.0);
    let first = by.or_else(of_row).or(accepted.first()).map(|(_, _, acceptance)| *acceptance);
    Some(Breach { accepted: first, ..whole })
}

/// Which nodes count.
type IsThere<'a> = dyn Fn(NodeId) -> bool + Sync + 'a;

fn asked(
    graph: &CapabilityGraph,
    contract: &Contract,
    accepted: &[AcceptedPair],
    is_there: &IsThere<'_>,
) -> Option<Breach> {
    let pairs: Vec<(NodeId, NodeId)> = accepted.iter().map(|(from, to, _)| (*from, *to)).collect();
    let asked = Asked { graph, spec: graph.spec(), contract, without: pairs, is_there };
    match &contract.term {
        Term::Deny(deny) => pairwise::deny(&asked, deny),
        Term::OnlyThrough(only) => passage::only_through(&asked, only),
        Term::Independent(groups) => pairwise::independent(&asked, groups),
        Term::Layers(order) => layers::layers(&asked, order),
        Term::Expect(expected) => expect::expect(&asked, expected),
        Term::Limit(most) => limit::limit(&asked, most),
    }
}

/// A contract and the graph that it is asked of.
struct Asked<'a> {
    graph: &'a CapabilityGraph,
    spec: &'a Spec,
    contract: &'a Contract,
    /// Pairs that break nothing.
    without: Vec<(NodeId, NodeId)>,
    is_there: &'a IsThere<'a>,
}

impl Asked<'_> {
    /// The nodes that some words take, in node order.
    fn nodes(&self, words: &[String]) -> Vec<NodeId> {
        let mut nodes = Selection::taken(self.spec, words);
        nodes.retain(|node| (self.is_there)(*node));
        nodes
    }

    /// The node with a name.
    fn node(&self, name: &str) -> Option<NodeId> {
        self.spec.node_id(name).filter(|node| (self.is_there)(*node))
    }
}

/// The broken contracts of a spec, in its order.
pub(super) fn broken(graph: &CapabilityGraph, accepted: &[AcceptedPair]) -> Vec<Draft> {
    let rules = graph.spec().rules.par_iter();
    rules
        .filter_map(|contract| Some(draft(contract, breach_but(graph, contract, accepted, &|_| true)?)))
        .collect()
}

fn draft(contract: &Contract, breach: Breach) -> Draft {
    let Breach { title, details, evidence, fix, worst: (from, to), accepted, .. } = breach;
    let mut draft = Draft::of_contract(contract.term.rule(), vec![from, to], title)
        .at(contract.place)
        .told_by(&contract.identity())
        .between(from, to)
        .fix(fix);
    draft.finding.details = details;
    draft.finding.evidence = evidence;
    draft.finding.accepted = accepted;
    draft
}
