//! A topology → the stores that are read and never written, or written and never read.

use super::shared::{acting, readers};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::model::text::phrase;
use crate::model::{NodeKind, Rule, Verb};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::OrphanStore, include_str!("orphan_store.md")),
    references: &[],
    surface: None,
    severity: None,
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let found = context.nodes(NodeKind::Store).filter_map(|store| {
        let (written, read) = (acting(context, store, &[Verb::Write]), readers(context, store));
        let (title, fix) = match (written.first(), read.first()) {
            (None, Some(edge)) => (
                phrase![store, " is read by ", edge.from, " and written by nobody"],
                phrase!["declare who fills it: whoever does steers all its readers"],
            ),
            (Some(edge), None) => (
                phrase![store, " is written by ", edge.from, " and read by nobody"],
                phrase!["declare who reads it, or take it away"],
            ),
            _ => return None,
        };
        Some(Draft::new(Rule::OrphanStore, vec![store], title).fix(fix))
    });
    found.collect()
}
