//! A contract and a graph → whether it is broken, by what, and what would satisfy it.

use rayon::prelude::*;

use super::asked::{Asked, IsThere};
use super::{deny, expect, independent, layers, limit, only_through};
use crate::compare::{ContractId, Side};
use crate::findings::acceptance::AcceptedPair;
use crate::findings::finding::{About, Breach, Draft};
use crate::graph::CapabilityGraph;
use crate::model::{Contract, NodeId, Term};

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
    let by = accepted.iter().find(|pair| [pair.from, pair.to] == whole.worst);
    // Of a limit it is the number of pairs that breaks it, and any of them that does not count.
    let of_row = || accepted.iter().find(|pair| pair.from == whole.worst[0]);
    let first = by.or_else(of_row).or(accepted.first()).map(|pair| pair.by);
    Some(Breach { accepted: first, ..whole })
}

fn asked(
    graph: &CapabilityGraph,
    contract: &Contract,
    accepted: &[AcceptedPair],
    is_there: &IsThere<'_>,
) -> Option<Breach> {
    let pairs: Vec<(NodeId, NodeId)> = accepted.iter().map(|pair| (pair.from, pair.to)).collect();
    let asked = Asked { graph, spec: graph.spec(), contract, without: pairs, is_there };
    match &contract.term {
        Term::Deny(deny) => deny::deny(&asked, deny),
        Term::OnlyThrough(only) => only_through::only_through(&asked, only),
        Term::Independent(groups) => independent::independent(&asked, groups),
        Term::Layers(order) => layers::layers(&asked, order),
        Term::Expect(expected) => expect::expect(&asked, expected),
        Term::Limit(most) => limit::limit(&asked, most),
    }
}

/// The contracts of a spec that its topology breaks, in its order.
pub(in crate::findings) fn broken(graph: &CapabilityGraph, accepted: &[AcceptedPair]) -> Vec<Draft> {
    let contracts = graph.spec().rules.par_iter().enumerate();
    contracts
        .filter_map(|(position, contract)| {
            let breach = breach_but(graph, contract, accepted, &|_| true)?;
            let [from, to] = breach.worst;
            let entry = ContractId { side: Side::Head, position };
            let about = About::Contract { entry, breach: Box::new(breach), changes: Vec::new() };
            let draft = Draft::about(contract.term.rule(), about, vec![contract.identity()]);
            Some(draft.at(contract.place).between(from, to))
        })
        .collect()
}
