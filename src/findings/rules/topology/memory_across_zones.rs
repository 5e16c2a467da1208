//! A topology → the persistent stores that hand content from a trust zone to a more trusted one.

use super::shared::{handed_up, persistent};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0080_000, ASI06, L2, LLM04};
use crate::model::Rule;

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::MemoryAcrossZones, include_str!("memory_across_zones.md")),
    references: &[ASI06, LLM04, AML_T0080_000, L2],
    surface: Some(Surface::Memory),
    severity: Some("5.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    persistent(context).filter_map(|store| handed_up(context, store, Rule::MemoryAcrossZones)).collect()
}
