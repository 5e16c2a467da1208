//! Who reaches whom, in sentences.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Words;
use super::pairs::lead;
use crate::compare::{Kind, Presence, Side};
use crate::findings::{Finding, Pair};
use crate::model::text::{count, phrase};
use crate::model::{NodeId, Rule, Text, Verb, Way};

/// How many sentences say exactly who reaches what; beyond that one sums up.
const EXACT: usize = 2;

impl Words<'_> {
    /// Sentences about who reaches what, question by question.
    pub(in crate::report) fn who(&self, finding: &Finding) -> Vec<Text> {
        let mut questions: BTreeMap<Way, Vec<&Pair>> = BTreeMap::new();
        for pair in Self::told(finding) {
            questions.entry(lead(pair).question).or_default().push(pair);
        }
        questions.iter().flat_map(|(question, pairs)| self.reaching(finding, *question, pairs)).collect()
    }

    fn reaching(&self, finding: &Finding, question: Way, pairs: &[&Pair]) -> Vec<Text> {
        let sentence = |from: &BTreeSet<NodeId>, to: &BTreeSet<NodeId>, some: &'static str| {
            let from = self.names(from.iter().copied(), " or ");
            let to = phrase![some, self.names(to.iter().copied(), " and ")];
            let state = match (finding.rule, lead(pairs[0]).kind()) {
                (_, Kind::Closed) => " is compromised, it can no longer ",
                (Rule::FewerGuardsUp | Rule::NearerPathUp, _) | (_, Kind::Nearer) => {
                    " is compromised, it can now more easily "
                }
                _ => " is compromised, it can now ",
            };
            phrase!["If ", from, state, can(question, to), "."]
        };
        let groups = groups(pairs);
        if groups.len() <= EXACT {
            return groups.iter().map(|(to, from)| sentence(from, to, "")).collect();
        }
        let (from, to) = pairs.iter().map(|pair| (pair.from, pair.to)).unzip();
        vec![sentence(&from, &to, "some of ")]
    }

    /// `There are 12 more pairs with the new agent x.` where some pairs have nodes on one side alone and others not.
    pub(in crate::report) fn others(&self, finding: &Finding) -> Option<Text> {
        let more = finding.pairs.len() - Self::told(finding).len();
        let there = if more == 1 { "There is " } else { "There are " };
        (more > 0).then(|| phrase![there, count(more, "more pair"), " ", self.of_others(&finding.pairs), "."])
    }

    /// `with the new agent x`, of pairs that have nodes which one side alone has.
    pub(in crate::report) fn of_others(&self, pairs: &[Pair]) -> Text {
        let joint = self.comparison.joint();
        let nodes = pairs.iter().filter(|pair| pair.is_of_other_node).flat_map(|pair| [pair.from, pair.to]);
        let nodes: BTreeSet<NodeId> = nodes.filter(|node| joint.presence(*node) != Presence::Both).collect();
        let words = |node: NodeId| {
            let (side, state) = if joint.has(Side::Head, node) {
                (Side::Head, "the new ")
            } else {
                (Side::Base, "the removed ")
            };
            phrase![state, joint.node(side, node).kind.as_str(), " ", node]
        };
        match nodes.iter().collect::<Vec<_>>()[..] {
            [one] => phrase!["with ", words(*one)],
            [one, other] => phrase!["with ", words(*one), " or ", words(*other)],
            ref many => {
                phrase!["with one of ", count(many.len(), "node"), " that are new or removed"]
            }
        }
    }
}

/// What somebody can do: `reach planner`, `have payments invoked`.
pub(in crate::report) fn can(question: Way, to: Text) -> Text {
    match question {
        Way::Influence => phrase!["reach ", to],
        Way::Exposure => phrase!["learn from ", to],
        Way::Write | Way::Read | Way::Invoke | Way::Observe => {
            phrase!["have ", to, " ", question.verb().map_or("", done)]
        }
    }
}

/// By all that they reach: those that reach just this, in node order.
fn groups(pairs: &[&Pair]) -> Vec<(BTreeSet<NodeId>, BTreeSet<NodeId>)> {
    let mut reached: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
    for pair in pairs {
        reached.entry(pair.from).or_default().insert(pair.to);
    }
    let mut groups: Vec<(BTreeSet<NodeId>, BTreeSet<NodeId>)> = Vec::new();
    for (from, to) in reached {
        match groups.iter_mut().find(|(other, _)| *other == to) {
            Some((_, all)) => {
                all.insert(from);
            }
            None => groups.push((to, BTreeSet::from([from]))),
        }
    }
    groups
}

/// What has been done to a node.
fn done(verb: Verb) -> &'static str {
    match verb {
        Verb::Write => "written",
        Verb::Read => "read",
        Verb::Invoke => "invoked",
        Verb::Observe => "observed",
    }
}
