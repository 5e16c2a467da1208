//! A comparison → findings, each by one rule and with one cause.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::acceptance::{AcceptFrom, Acceptances, Standing, pairs, without_accepted};
use super::contracts;
use super::finding::{About, Finding};
use super::fingerprint;
use super::gone::HeadGone;
use super::head_fingerprints;
use super::labels::Labels;
use super::lowered;
use super::place;
use crate::compare::AcceptanceId;
use crate::compare::CauseId;
use crate::compare::Comparison;
use crate::compare::Side;
use crate::compare::{Change, ChangeId, What};
use crate::compare::{Delta, Kind};
use crate::model::Way;
use crate::model::{Level, NodeId, Rule, Verb};

/// How a change is judged, beside what the specs say.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Whose acceptances count.
    pub accept_from: AcceptFrom,
    /// The day by which acceptances expire.
    pub today: Date,
}

/// A comparison, judged.
#[derive(Debug)]
#[non_exhaustive]
pub struct Review {
    /// What was compared.
    pub comparison: Comparison,
    /// What was found, gravest first, then by rule, then in declared order. Those that are accepted are among them; those at
    /// level `off` are not.
    pub findings: Vec<Finding>,
}

impl Review {
    /// Judges a comparison of which nothing more is known.
    #[must_use]
    pub fn of(comparison: Comparison, policy: Policy) -> Self {
        Self::knowing(comparison, policy, HeadGone::default())
    }

    /// Judges a comparison, with what is known of its head if that has no nodes.
    #[must_use]
    pub fn knowing(mut comparison: Comparison, policy: Policy, mut gone: HeadGone) -> Self {
        let adopted = gone.accepted.take().map(|entry| comparison.adopt(entry));
        let mut findings = {
            let judge = Judge {
                comparison: &comparison,
                labels: Labels::of(comparison.joint()),
                acceptances: Acceptances::gather(&comparison, policy.accept_from, policy.today),
                gone: &gone,
                adopted,
            };
            judge.findings()
        };
        findings.retain(|finding| finding.level > Level::Off);
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.level), finding.rule));
        Self { comparison, findings }
    }

    /// The findings that count.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_open())
    }

    /// The findings that are accepted.
    pub fn accepted(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.is_open())
    }

    /// How many findings that count have a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.open().filter(|finding| finding.level == level).count()
    }

    /// Whether a finding that counts is at least as grave.
    #[must_use]
    pub fn fails(&self, at: Level) -> bool {
        at > Level::Off && self.open().any(|finding| finding.level >= at)
    }
}

/// What falls under one rule for one reason.
#[derive(Debug, Default)]
struct Group {
    causes: Vec<CauseId>,
    deltas: Vec<Delta>,
}

pub(crate) struct Judge<'c> {
    pub(crate) comparison: &'c Comparison,
    pub(crate) labels: Labels<'c>,
    pub(crate) acceptances: Acceptances<'c>,
    /// What is known of a head without nodes.
    pub(crate) gone: &'c HeadGone,
    /// The acceptance of another spec by which this one may go.
    pub(crate) adopted: Option<AcceptanceId>,
}

impl Judge<'_> {
    fn findings(&self) -> Vec<Finding> {
        let mut findings = self.paths();
        findings.extend(self.loops());
        let changes = self.comparison.changes().iter().enumerate().filter(|(_, change)| self.is_told(change));
        findings.extend(changes.flat_map(|(id, change)| self.of_change(ChangeId::new(id), change)));
        if !self.is_head_empty() {
            findings.extend(self.contracts(&self.acceptances));
            findings.extend(self.taken_over());
        }
        findings.extend(self.spec_gone());
        findings.extend(self.closed());
        let own = self.of_acceptances(&findings);
        findings.extend(own);
        findings
    }

    /// Whether a change is found by itself: what is gone with a whole spec is not, what its file says instead is.
    fn is_told(&self, change: &Change) -> bool {
        !self.is_head_empty() || self.comparison.joint().side_of(change.place) == Side::Head
    }

    /// The rule that a gain falls under.
    fn rule(&self, delta: &Delta) -> Option<Rule> {
        let is_way_out = delta.question == Way::Exposure
            && self.labels.is_exit(delta.from)
            && self.labels.is_private(delta.to);
        if is_way_out && delta.passes_fewer_guards() {
            return Some(Rule::NewWayOut);
        }
        match (self.labels.is_up(delta.from, delta.to), delta.kind()) {
            (true, Kind::New) => Some(Rule::NewPathUp),
            (true, Kind::Nearer) if delta.passes_fewer_guards() => Some(Rule::FewerGuardsUp),
            (true, Kind::Nearer) => Some(Rule::NearerPathUp),
            (false, Kind::New) => Some(Rule::NewPath),
            _ => None,
        }
    }

    /// What is gained, by rule and cause. Of a topology that is new altogether a cause for each path would tell nobody anything: by
    /// rule alone.
    fn paths(&self) -> Vec<Finding> {
        let is_first = self.comparison.is_first();
        let mut groups: BTreeMap<(Rule, Vec<ChangeId>), Group> = BTreeMap::new();
        for delta in self.comparison.deltas() {
            let (Some(rule), Some(cause)) = (self.rule(delta), delta.cause) else { continue };
            let changes = if is_first { Vec::new() } else { self.comparison.cause(cause).changes.clone() };
            let group = groups.entry((rule, changes)).or_default();
            if !group.causes.contains(&cause) {
                group.causes.push(cause);
            }
            group.deltas.push(*delta);
        }
        for (change, deltas) in self.new_exits() {
            groups.entry((Rule::NewWayOut, vec![change])).or_default().deltas.extend(deltas);
        }
        let groups = groups.into_iter();
        groups.map(|((rule, changes), group)| self.path_finding(rule, changes, group)).collect()
    }

    fn path_finding(&self, rule: Rule, changes: Vec<ChangeId>, Group { causes, deltas }: Group) -> Finding {
        let subjects = changes.iter().map(|id| self.subject(self.comparison.change(*id)));
        let hash = match changes.is_empty() {
            true => fingerprint::of(rule, &[fingerprint::subject(&["topology"])]),
            false => fingerprint::of(rule, &subjects.collect::<Vec<_>>()),
        };
        let edge = if let [change] = changes[..] { self.edge(self.comparison.change(change)) } else { None };
        let as_a_whole = self.acceptances.of_finding(rule, &hash, edge);
        let all = pairs(self.comparison, deltas);
        let place = place::place(self.comparison, &changes, &all);
        let (left, taken, first) = without_accepted(all, &self.acceptances);
        let accepted = as_a_whole.or(first.filter(|_| left.is_empty()));
        let (pairs, accepted_pairs) = match accepted {
            Some(_) => (left.into_iter().chain(taken).collect(), 0),
            None => (left, taken.len()),
        };
        let about = About::Paths { changes, causes };
        Finding {
            rule,
            level: self.labels.level(rule),
            about,
            pairs,
            accepted_pairs,
            fingerprint: hash,
            place,
            accepted,
        }
    }

    /// What was within reach already of a node that has become a way out.
    fn new_exits(&self) -> Vec<(ChangeId, Vec<Delta>)> {
        let joint = self.comparison.joint();
        let became =
            self.comparison.changes().iter().enumerate().filter_map(|(id, change)| match &change.what {
                What::Attribute(node, attribute)
                    if attribute.key == "egress" && joint.node(Side::Head, *node).egress =>
                {
                    Some((ChangeId::new(id), *node))
                }
                _ => None,
            });
        became
            .map(|(change, exit)| {
                let mut search = crate::analysis::CostSearch::new(self.comparison.graph(Side::Head));
                let exposed = search.exposed_to(exit);
                let question = Way::Exposure;
                let is_told = |to: NodeId| {
                    let key = |delta: &Delta| (delta.from, delta.to, delta.question);
                    let found = self.comparison.deltas().binary_search_by_key(&(exit, to, question), key);
                    found.is_ok_and(|at| self.comparison.deltas()[at].passes_fewer_guards())
                };
                let deltas = exposed
                    .iter()
                    .filter(|(to, _)| self.labels.is_private(*to) && !is_told(*to))
                    .map(|(to, cost)| Delta {
                        from: exit,
                        to,
                        question,
                        before: None,
                        after: Some(cost),
                        cause: None,
                    });
                (change, deltas.collect::<Vec<_>>())
            })
            .filter(|(_, deltas)| !deltas.is_empty())
            .collect()
    }

    fn loops(&self) -> Vec<Finding> {
        let joint = self.comparison.joint();
        let found = self.comparison.loops().iter().map(|found| {
            let names: Vec<&str> = found.nodes.iter().map(|node| joint.name(*node)).collect();
            let words = head_fingerprints::loop_words(names);
            let cause = self.comparison.cause(found.cause);
            let place = place::place(self.comparison, &cause.changes, &[]);
            let edge = if let [change] = cause.changes[..] {
                self.edge(self.comparison.change(change))
            } else {
                None
            };
            let about = About::Loop { nodes: found.nodes.clone(), cause: found.cause };
            self.finding(Rule::NewLoop, about, &fingerprint::subject(&words), place, edge)
        });
        found.collect()
    }

    /// What a change does by itself, whatever it opens.
    fn of_change(&self, id: ChangeId, change: &Change) -> Option<Finding> {
        let (rule, disarms) = lowered::rule(self, change)?;
        let about = About::Lowered { change: id, disarms };
        Some(self.finding(rule, about, &self.subject(change), Some(change.place), self.edge(change)))
    }

    fn closed(&self) -> Option<Finding> {
        let closed = self.comparison.deltas().iter().filter(|delta| delta.kind() == Kind::Closed);
        let pairs = pairs(self.comparison, closed.copied().collect());
        if pairs.is_empty() {
            return None;
        }
        let place = self.comparison.closing().next().map(|change| change.place);
        Some(Finding { pairs, ..self.finding(Rule::ClosedPath, About::Closed, "closed", place, None) })
    }

    fn of_acceptances(&self, findings: &[Finding]) -> Vec<Finding> {
        let joint = self.comparison.joint();
        let mut own = Vec::new();
        for (entry, standing) in self.acceptances.of_head() {
            let written = joint.acceptance(entry);
            let could_be = |rule, hash: &str| {
                findings.iter().any(|finding| finding.rule == rule && finding.fingerprint == hash)
                    || contracts::could_be(self.comparison, rule, hash)
                    || head_fingerprints::could_be(self.comparison, rule, hash)
            };
            let rule = match standing {
                Standing::Expired => Some(Rule::AcceptanceExpired),
                // It may land before what it is for: as long as it does not count, nobody can tell that it is of no use.
                Standing::New if !self.acceptances.counts(entry) => Some(Rule::AcceptanceNew),
                // With everything else what it speaks of went.
                _ if self.is_head_empty() => None,
                _ if !self.acceptances.speaks_of_something(entry, could_be) => Some(Rule::AcceptanceUnused),
                Standing::New => Some(Rule::AcceptanceNew),
                Standing::Holds => None,
            };
            own.extend(rule.map(|rule| {
                let about = About::Acceptance(entry);
                self.finding(rule, about, &format!("{:?}", written.what), Some(written.place), None)
            }));
        }
        own
    }

    pub(crate) fn finding(
        &self,
        rule: Rule,
        about: About,
        subject: &str,
        place: Option<crate::model::Place>,
        edge: Option<(NodeId, Verb, NodeId)>,
    ) -> Finding {
        let fingerprint = fingerprint::of(rule, &[subject.to_owned()]);
        let accepted = self.acceptances.of_finding(rule, &fingerprint, edge);
        let level = self.labels.level(rule);
        Finding { rule, level, about, pairs: Vec::new(), accepted_pairs: 0, fingerprint, place, accepted }
    }

    fn subject(&self, change: &Change) -> String {
        fingerprint::of_change(self.comparison.joint(), change)
    }

    fn edge(&self, change: &Change) -> Option<(NodeId, Verb, NodeId)> {
        self.comparison.edge_of(change).map(|edge| (edge.from, edge.verb, edge.to))
    }
}
