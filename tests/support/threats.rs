//! Specs in a few lines, and the rules that are found in them.

use std::collections::BTreeSet;

use crabwalk::findings::{Assessment, Finding};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{Rule, Spec};
use jiff::civil::date;

/// A rule with a spec that has it, the same spec with the smallest fix, and one that nearly has it.
pub(crate) struct Case {
    pub(crate) rule: Rule,
    pub(crate) has: &'static str,
    pub(crate) fixed: &'static str,
    pub(crate) near: &'static str,
}

/// What is found in a spec, with the graph that it was found in left behind.
pub(crate) fn findings(text: &str) -> Vec<Finding> {
    let spec = Spec::from_text("case.yaml", &format!("version: 1\n{text}"));
    let spec = spec.unwrap_or_else(|problem| panic!("{problem}\n{text}"));
    let graph = CapabilityGraph::build(spec);
    Assessment::of(&graph, date(2026, 11, 25)).findings
}

/// The rules that are found in a spec.
pub(crate) fn rules(text: &str) -> BTreeSet<Rule> {
    findings(text).iter().map(|finding| finding.rule).collect()
}

/// The rule is found in the one spec and in neither of the others, and the fix brings nothing else with it.
pub(crate) fn hold(cases: &[Case]) {
    for case in cases {
        let id = case.rule.id();
        let found = rules(case.has);
        assert!(found.contains(&case.rule), "{id} is not found: {found:?}\n{}", case.has);
        let left = rules(case.fixed);
        assert!(!left.contains(&case.rule), "{id} is found after the fix\n{}", case.fixed);
        let new: Vec<&Rule> = left.difference(&found).collect();
        assert!(new.is_empty(), "the fix of {id} brings {new:?}\n{}", case.fixed);
        assert!(!rules(case.near).contains(&case.rule), "{id} is found where it nearly holds\n{}", case.near);
    }
}
