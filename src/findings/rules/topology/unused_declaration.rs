//! A topology → what is declared and plays no part: sources and stores that nobody names, credentials that nobody uses, sessions without
//! members, guards that stand nowhere, zones that hold nothing.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::model::text::{name, phrase};
use crate::model::{GuardId, NodeId, NodeKind, Place, Rule, Text, ZoneId};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::UnusedDeclaration, include_str!("unused_declaration.md")),
    references: &[],
    surface: None,
    severity: None,
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    // That nothing is declared at all is told by itself.
    if context.spec.nodes.is_empty() {
        return Vec::new();
    }
    let nodes = context.spec.node_ids().filter_map(|node| of_node(context, node));
    nodes.chain(guards(context)).chain(zones(context)).collect()
}

fn of_node(context: &RuleContext<'_>, node: NodeId) -> Option<Draft> {
    let title = match context.spec.node(node).kind {
        NodeKind::Source => phrase!["nobody reads the source ", node],
        NodeKind::Store => phrase!["nobody reads or writes the store ", node],
        NodeKind::Session => phrase!["the session ", node, " has no members"],
        NodeKind::Credential => phrase!["nobody reads or uses the credential ", node],
        NodeKind::Agent | NodeKind::Principal | NodeKind::Tool | NodeKind::Sink => return None,
    };
    let is_named = context.graph.edges_on(node).next().is_some()
        || context.spec.guards.values().any(|guard| guard.kept_in == Some(node));
    (!is_named).then(|| {
        Draft::new(Rule::UnusedDeclaration, vec![node], title)
            .fix(phrase!["declare who uses it, or take it away"])
    })
}

/// What no node is about: it stands where it is declared.
fn draft(what: &'static str, name: &str, place: Place, title: Text, fix: Text) -> Draft {
    Draft::new(Rule::UnusedDeclaration, Vec::new(), title).told_by(what).told_by(name).at(place).fix(fix)
}

fn guards<'a>(context: &'a RuleContext<'_>) -> impl Iterator<Item = Draft> + 'a {
    let spec = context.spec;
    let mut stands = vec![false; spec.guards.len()];
    for edge in &spec.edges {
        let all = edge.guards.iter().chain(edge.result.iter().flatten());
        all.for_each(|guard| stands[guard.index()] = true);
    }
    let named = |guard: GuardId| spec.rules.iter().any(|rule| rule.names_guard(spec.guard_name(guard)));
    let unused = (0..spec.guards.len()).map(GuardId::new);
    let unused = unused.filter(move |guard| !stands[guard.index()] && !named(*guard));
    unused.filter_map(move |guard| {
        // A built-in one is declared nowhere.
        let place = spec.guard(guard).place?;
        let title = phrase!["the guard ", guard, " stands on no hand-over"];
        let fix = phrase!["put it on the hand-over that it guards, or take it away"];
        Some(draft("guard", spec.guard_name(guard), place, title, fix))
    })
}

fn zones<'a>(context: &'a RuleContext<'_>) -> impl Iterator<Item = Draft> + 'a {
    let spec = context.spec;
    let mut holds = vec![false; spec.zones.len()];
    spec.nodes.values().filter_map(|node| node.zone).for_each(|zone| holds[zone.index()] = true);
    let empty = (0..spec.zones.len()).map(ZoneId::new).filter(move |zone| !holds[zone.index()]);
    empty.map(move |zone| {
        let title = phrase!["no node is in the zone ", name(spec.zone_name(zone))];
        let place = spec.zones[zone.index()].place;
        let fix = phrase!["put what belongs there into it, or take it away"];
        draft("zone", spec.zone_name(zone), place, title, fix)
    })
}
