//! The contracts of base and head, asked of both → those that the change breaks (CW201 to CW206), and those that it takes away or
//! lets say less (CW008). Those of the base count although the head has them no more, so that no change can take the contract out
//! that it breaks.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::context::ChangeContext;
use crate::compare::{ChangeId, ContractId, Delta, Joint, Side};
use crate::findings::finding::{About, Breach, Draft};
use crate::findings::fingerprint;
use crate::findings::rules::contract::breach_but;
use crate::model::{Contract, NodeId, Rule, Term, Way};

/// A contract of one side, with the names that nodes have in the head.
struct Renamed {
    entry: ContractId,
    contract: Contract,
}

/// In an empty head all contracts went with the spec.
pub(super) fn find(context: &ChangeContext<'_>) -> Vec<Draft> {
    if context.is_head_empty() {
        return Vec::new();
    }
    let joint = context.comparison.joint();
    let (base, head) = (of_side(joint, Side::Base), of_side(joint, Side::Head));
    let mut drafts = broken(context, &base, &head);
    drafts.extend(loosened(&base, &head));
    drafts
}

/// The contracts of one side under the names of the head.
fn of_side(joint: &Joint, side: Side) -> Vec<Renamed> {
    let former: HashMap<&str, &str> = match side {
        Side::Base => {
            joint.nodes().filter_map(|node| Some((joint.former_name(node)?, joint.name(node)))).collect()
        }
        Side::Head => HashMap::new(),
    };
    let name = |word: &str| former.get(word).map_or(word, |name| *name).to_owned();
    let all = joint.spec(side).rules.iter().enumerate();
    let renamed = all.map(|(position, contract)| {
        let contract = if former.is_empty() { contract.clone() } else { contract.renamed(&name) };
        Renamed { entry: ContractId { side, position }, contract }
    });
    renamed.collect()
}

/// Whether two contracts ask for the same.
fn same(one: &Term, other: &Term) -> bool {
    one == other || (!matches!(one, Term::Expect(_)) && one.is_at_least(other) && other.is_at_least(one))
}

/// The contracts that the head breaks and the base does not.
fn broken(context: &ChangeContext<'_>, base: &[Renamed], head: &[Renamed]) -> Vec<Draft> {
    // What breaks a contract on one side breaks it on the other where both declare the same.
    if context.comparison.is_same() {
        return Vec::new();
    }
    let of_base_alone =
        base.iter().filter(|asked| !head.iter().any(|own| same(&own.contract.term, &asked.contract.term)));
    let all: Vec<&Renamed> = head.iter().chain(of_base_alone).collect();
    let broken: Vec<Option<Draft>> = all.par_iter().map(|asked| newly_broken(context, asked)).collect();
    let mut seen = BTreeSet::new();
    let mut drafts: Vec<Draft> = broken.into_iter().flatten().collect();
    // Of a contract that both sides break in their own words one finding tells.
    drafts.retain(|draft| seen.insert((draft.rule, draft.subjects.clone())));
    drafts
}

/// A contract that the head breaks and the base does not.
fn newly_broken(context: &ChangeContext<'_>, asked: &Renamed) -> Option<Draft> {
    let comparison = context.comparison;
    let contract = &asked.contract;
    let breach = |side: Side| {
        let is_there = |node: NodeId| comparison.joint().has(side, node);
        breach_but(comparison.graph(side), contract, &context.accepted, &is_there)
    };
    let found = breach(Side::Head)?;
    if breach(Side::Base).is_some_and(|before| before.accepted.is_none() || found.accepted.is_some()) {
        return None;
    }
    let changes = causes(context, contract, &found);
    let place = match changes.as_slice() {
        [change] => comparison.change(*change).place,
        _ => contract.place,
    };
    let about = About::Contract { entry: asked.entry, breach: Box::new(found), changes };
    Some(Draft::about(contract.term.rule(), about, vec![contract.identity()]).at(place))
}

/// The changes that open the gravest pair, where it is one that they open.
fn causes(context: &ChangeContext<'_>, contract: &Contract, breach: &Breach) -> Vec<ChangeId> {
    let [from, to] = breach.worst;
    let ways: Vec<Way> = match &contract.term {
        Term::Deny(term) => term.by.clone(),
        Term::OnlyThrough(term) => term.by.clone(),
        Term::Independent(term) => term.by.clone(),
        Term::Limit(term) => term.by.clone(),
        Term::Expect(term) => term.cells.iter().map(|cells| cells.way).collect(),
        Term::Layers(_) => vec![Way::Influence, Way::Exposure],
    };
    let comparison = context.comparison;
    let deltas = comparison.deltas();
    let cause = ways.into_iter().find_map(|way| {
        let wanted = (from, to, way);
        let key = |delta: &Delta| (delta.from, delta.to, delta.question);
        deltas[deltas.binary_search_by_key(&wanted, key).ok()?].cause
    });
    cause.map(|cause| comparison.cause(cause).changes.clone()).unwrap_or_default()
}

/// The contracts of the base that no contract of the head asks for any more.
fn loosened(base: &[Renamed], head: &[Renamed]) -> Vec<Draft> {
    let is_left =
        |asked: &&Renamed| !head.iter().any(|own| own.contract.term.is_at_least(&asked.contract.term));
    let found = base.iter().filter(is_left).map(|asked| {
        let name = &asked.contract.name;
        let by = head.iter().find(|own| name.is_some() && own.contract.name == *name);
        let place = by.map_or(asked.contract.place, |own| own.contract.place);
        let about = About::Loosened { entry: asked.entry, by: by.map(|own| own.entry) };
        let subject = fingerprint::loosened(&asked.contract);
        Draft::about(Rule::ProtectionLowered, about, vec![subject]).at(place)
    });
    found.collect()
}
