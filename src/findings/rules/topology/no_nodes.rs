//! A topology → whether it has no nodes at all, so that no other rule finds anything in it.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::model::Rule;
use crate::model::text::phrase;

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::NoNodes, include_str!("no_nodes.md")),
    references: &[],
    surface: None,
    severity: None,
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    if !context.spec.nodes.is_empty() {
        return Vec::new();
    }
    let draft = Draft::new(Rule::NoNodes, Vec::new(), phrase!["the spec declares no nodes"])
        .told_by("no nodes")
        .fix(phrase!["declare them, or name the file or directory that does"]);
    let first = (!context.spec.files.is_empty()).then_some(crate::model::Place { file: 0, start: 0, len: 0 });
    vec![match first {
        Some(place) => draft.at(place),
        None => draft,
    }]
}
