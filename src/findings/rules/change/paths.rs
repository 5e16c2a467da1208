//! CW001, CW002, CW003, CW005 and CW007: paths that a change opens or makes easier, by rule and by the changes that do it together.

use std::collections::BTreeMap;

use super::context::ChangeContext;
use crate::analysis::CostSearch;
use crate::compare::{CauseId, ChangeId, Comparison, Delta, Kind, Routes, Side, What};
use crate::findings::finding::{About, Draft, Pair};
use crate::findings::fingerprint;
use crate::model::{NodeId, Place, Rule, Way};

/// What falls under one rule for one reason.
#[derive(Debug, Default)]
struct Group {
    causes: Vec<CauseId>,
    deltas: Vec<Delta>,
}

/// What is gained, by rule and cause. Of a topology that is new altogether a cause for each path would tell nobody anything: by
/// rule alone.
pub(super) fn find(context: &ChangeContext<'_>) -> Vec<Draft> {
    let comparison = context.comparison;
    let is_first = comparison.is_first();
    let mut groups: BTreeMap<(Rule, Vec<ChangeId>), Group> = BTreeMap::new();
    for delta in comparison.deltas() {
        let (Some(rule), Some(cause)) = (rule(context, delta), delta.cause) else { continue };
        let changes = if is_first { Vec::new() } else { comparison.cause(cause).changes.clone() };
        let group = groups.entry((rule, changes)).or_default();
        if !group.causes.contains(&cause) {
            group.causes.push(cause);
        }
        group.deltas.push(*delta);
    }
    for (change, deltas) in new_exits(context) {
        groups.entry((Rule::NewWayOut, vec![change])).or_default().deltas.extend(deltas);
    }
    let groups = groups.into_iter();
    groups.map(|((rule, changes), group)| of_group(context, rule, changes, group)).collect()
}

/// The rule that a gain falls under.
fn rule(context: &ChangeContext<'_>, delta: &Delta) -> Option<Rule> {
    let strictest = context.strictest;
    let is_way_out =
        delta.question == Way::Exposure && strictest.is_exit(delta.from) && strictest.is_private(delta.to);
    if is_way_out && delta.passes_fewer_guards() {
        return Some(Rule::NewWayOut);
    }
    match (strictest.is_up(delta.from, delta.to), delta.kind()) {
        (true, Kind::New) => Some(Rule::NewPathUp),
        (true, Kind::Nearer) if delta.passes_fewer_guards() => Some(Rule::FewerGuardsUp),
        (true, Kind::Nearer) => Some(Rule::NearerPathUp),
        (false, Kind::New) => Some(Rule::NewPath),
        (false, Kind::Nearer) | (_, Kind::Farther | Kind::Closed) => None,
    }
}

fn of_group(
    context: &ChangeContext<'_>,
    rule: Rule,
    changes: Vec<ChangeId>,
    Group { causes, deltas }: Group,
) -> Draft {
    let comparison = context.comparison;
    let subjects: Vec<String> = match changes.is_empty() {
        true => vec![fingerprint::topology()],
        false => changes.iter().map(|id| context.subject(comparison.change(*id))).collect(),
    };
    let (edge, pairs) = (context.edge(&changes), context.pairs(deltas));
    let place = place(comparison, &changes, &pairs);
    let draft = Draft::about(rule, About::Paths { changes, causes }, subjects);
    Draft { pairs, ..draft.at(place).caused_by(edge) }
}

/// What was within reach already of a node that has become a way out.
fn new_exits(context: &ChangeContext<'_>) -> Vec<(ChangeId, Vec<Delta>)> {
    let joint = context.comparison.joint();
    let became =
        context.comparison.changes().iter().enumerate().filter_map(|(id, change)| match &change.what {
            What::Attribute(node, attribute)
                if attribute.key == "egress" && joint.node(Side::Head, *node).egress =>
            {
                Some((ChangeId::new(id), *node))
            }
            _ => None,
        });
    became
        .map(|(change, exit)| (change, within_reach(context, exit)))
        .filter(|(_, deltas)| !deltas.is_empty())
        .collect()
}

/// The private content that comes to a node, but for what is told as a gain of its own.
fn within_reach(context: &ChangeContext<'_>, exit: NodeId) -> Vec<Delta> {
    let comparison = context.comparison;
    let question = Way::Exposure;
    let is_told = |to: NodeId| {
        let key = |delta: &Delta| (delta.from, delta.to, delta.question);
        let found = comparison.deltas().binary_search_by_key(&(exit, to, question), key);
        found.is_ok_and(|at| comparison.deltas()[at].passes_fewer_guards())
    };
    let mut search = CostSearch::new(comparison.graph(Side::Head));
    let exposed = search.exposed_to(exit);
    let private = exposed.iter().filter(|(to, _)| context.strictest.is_private(*to) && !is_told(*to));
    let delta = |(to, cost)| Delta { from: exit, to, question, before: None, after: Some(cost), cause: None };
    private.map(delta).collect()
}

/// Where a reviewer looks first: the first change; of a node that is new with its edges, and of a topology that is new altogether,
/// the edge on the best path.
pub(super) fn place(comparison: &Comparison, changes: &[ChangeId], pairs: &[Pair]) -> Option<Place> {
    let first = changes.first().copied();
    let own = comparison.changes().get(first.map_or(0, ChangeId::index))?;
    if first.is_some() && !matches!(own.what, What::NodeAdded(_) | What::NodeReplaced(_)) {
        return Some(own.place);
    }
    Some(on_route(comparison, first, pairs).unwrap_or(own.place))
}

/// The first edge of the first pair's best path that goes with a change.
fn on_route(comparison: &Comparison, change: Option<ChangeId>, pairs: &[Pair]) -> Option<Place> {
    let delta = pairs.first()?.deltas.first()?;
    let route = Routes::new(comparison, Side::Head).find(delta.from, delta.question, delta.to)?;
    let graph = comparison.graph(Side::Head);
    let hops = route.hops.iter().chain(&route.act);
    let mut hops = hops.filter(|hop| hop.change.is_some() && (change.is_none() || hop.change == change));
    hops.find_map(|hop| Some(graph.declaration(graph.edge(hop.hop.edge))?.place))
}
