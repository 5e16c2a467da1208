//! The contracts of base and head, asked of both: which of them the change breaks, and which it takes away or lets say less.
//! Those of the base count although the head has them no more, so that no change can take the rule out that it breaks.

use crate::compare::ContractId;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::acceptance::Acceptances;
use super::finding::{About, Finding};
use super::fingerprint;
use super::gate::Judge;
use crate::compare::AcceptanceId;
use crate::compare::ChangeId;
use crate::compare::Comparison;
use crate::compare::{Joint, Side};
use crate::findings::{AcceptedPair, Breach, breach_but};
use crate::model::{Contract, NodeId, Place, Rule, Term, Way};

/// A contract that is asked, with the names that nodes have in the head.
struct Asked {
    entry: ContractId,
    contract: Contract,
}

/// The contracts of one side under the names of the head.
fn of_side(joint: &Joint, side: Side) -> Vec<Asked> {
    let former: HashMap<&str, &str> = match side {
        Side::Base => {
            joint.nodes().filter_map(|node| Some((joint.former_name(node)?, joint.name(node)))).collect()
        }
        Side::Head => HashMap::new(),
    };
    let name = |word: &str| former.get(word).map_or(word, |name| *name).to_owned();
    let all = joint.spec(side).rules.iter().enumerate();
    let asked = all.map(|(position, contract)| {
        let contract = if former.is_empty() { contract.clone() } else { contract.renamed(&name) };
        Asked { entry: ContractId { side, position }, contract }
    });
    asked.collect()
}

/// Whether two contracts ask for the same.
fn same(one: &Term, other: &Term) -> bool {
    one == other || (!matches!(one, Term::Expect(_)) && one.is_at_least(other) && other.is_at_least(one))
}

impl Judge<'_> {
    /// What the change does to the rules that the specs make.
    pub(crate) fn contracts(&self, acceptances: &Acceptances<'_>) -> Vec<Finding> {
        let joint = self.comparison.joint();
        let (base, head) = (of_side(joint, Side::Base), of_side(joint, Side::Head));
        let is_told = |asked: &&Asked| !head.iter().any(|own| same(&own.contract.term, &asked.contract.term));
        let all: Vec<&Asked> = head.iter().chain(base.iter().filter(is_told)).collect();
        let accepted = acceptances.accepted_pairs();
        // What breaks a rule on one side breaks it on the other where both declare the same.
        let all = if self.comparison.is_same() { Vec::new() } else { all };
        let broken: Vec<Option<Finding>> =
            all.par_iter().map(|asked| self.broken(asked, acceptances, &accepted)).collect();
        let mut seen = BTreeSet::new();
        let mut findings: Vec<Finding> = broken.into_iter().flatten().collect();
        // Of a rule that both sides break in their own words one finding tells.
        findings.retain(|finding| seen.insert((finding.rule, finding.fingerprint.clone())));
        findings.extend(self.loosened(&base, &head, acceptances));
        findings
    }

    /// A contract that the head breaks and the base does not.
    fn broken(
        &self,
        asked: &Asked,
        acceptances: &Acceptances<'_>,
        accepted: &[(AcceptedPair, AcceptanceId)],
    ) -> Option<Finding> {
        let pairs: Vec<AcceptedPair> = accepted.iter().map(|(pair, _)| *pair).collect();
        let joint = self.comparison.joint();
        let breach = |side: Side| {
            let is_there = |node: NodeId| joint.has(side, node);
            breach_but(self.comparison.graph(side), &asked.contract, &pairs, &is_there)
        };
        let found = breach(Side::Head)?;
        if breach(Side::Base).is_some_and(|before| before.accepted.is_none() || found.accepted.is_some()) {
            return None;
        }
        let rule = asked.contract.term.rule();
        let hash = fingerprint::of(rule, &[asked.contract.identity()]);
        let by_pairs = found.accepted.and_then(|at| accepted.get(at)).map(|(_, entry)| *entry);
        let changes = self.causes(&asked.contract, &found);
        let place = match changes.as_slice() {
            [change] => self.comparison.change(*change).place,
            _ => asked.contract.place,
        };
        let accepted = by_pairs.or_else(|| acceptances.of_finding(rule, &hash, None));
        let about = About::Contract { entry: asked.entry, breach: Box::new(found), changes };
        Some(self.contract_finding(rule, about, hash, place, accepted))
    }

    /// The changes that open the gravest pair, where it is one that they open.
    fn causes(&self, contract: &Contract, breach: &Breach) -> Vec<ChangeId> {
        let (from, to) = breach.worst;
        let ways: Vec<Way> = match &contract.term {
            Term::Deny(term) => term.by.clone(),
            Term::OnlyThrough(term) => term.by.clone(),
            Term::Independent(term) => term.by.clone(),
            Term::Limit(term) => term.by.clone(),
            Term::Expect(term) => term.cells.iter().map(|cells| cells.way).collect(),
            Term::Layers(_) => vec![Way::Influence, Way::Exposure],
        };
        let deltas = self.comparison.deltas();
        let cause = ways.into_iter().find_map(|way| {
            let wanted = (from, to, way);
            let key = |delta: &crate::compare::Delta| (delta.from, delta.to, delta.question);
            deltas[deltas.binary_search_by_key(&wanted, key).ok()?].cause
        });
        cause.map(|cause| self.comparison.cause(cause).changes.clone()).unwrap_or_default()
    }

    /// The contracts of the base that no contract of the head asks for any more.
    fn loosened(&self, base: &[Asked], head: &[Asked], acceptances: &Acceptances<'_>) -> Vec<Finding> {
        let is_left =
            |asked: &&Asked| !head.iter().any(|own| own.contract.term.is_at_least(&asked.contract.term));
        let found = base.iter().filter(is_left).map(|asked| {
            let name = &asked.contract.name;
            let by = head.iter().find(|own| name.is_some() && own.contract.name == *name);
            let place = by.map_or(asked.contract.place, |own| own.contract.place);
            let about = About::Loosened { entry: asked.entry, by: by.map(|own| own.entry) };
            let subject = fingerprint::subject(&["rule", &asked.contract.identity()]);
            let hash = fingerprint::of(Rule::ProtectionLowered, &[subject]);
            (about, hash, place)
        });
        let findings = found.map(|(about, hash, place)| {
            let accepted = acceptances.of_finding(Rule::ProtectionLowered, &hash, None);
            self.contract_finding(Rule::ProtectionLowered, about, hash, place, accepted)
        });
        findings.collect()
    }

    fn contract_finding(
        &self,
        rule: Rule,
        about: About,
        fingerprint: String,
        place: Place,
        accepted: Option<AcceptanceId>,
    ) -> Finding {
        Finding {
            rule,
            level: self.labels.level(rule),
            about,
            pairs: Vec::new(),
            accepted_pairs: 0,
            fingerprint,
            place: Some(place),
            accepted,
        }
    }
}

/// Whether a fingerprint is that of a contract of the head: it can be broken, whether or not it is.
pub(crate) fn could_be(comparison: &Comparison, rule: Rule, hash: &str) -> bool {
    let rules = &comparison.joint().spec(Side::Head).rules;
    let of_rule = |contract: &&Contract| contract.term.rule() == rule;
    rules.iter().filter(of_rule).any(|contract| fingerprint::of(rule, &[contract.identity()]) == hash)
}
