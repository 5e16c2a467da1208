//! A topology → the guards that hold nothing back: whatever comes to the hand-over that they stand on gets to everything behind it
//! another way, past as few guards. Equal guards on equal hand-overs are one finding.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::analysis::{Path, WayRound, WaysRound, Witness};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0053, ASI02, ASI09, L6, LLM06};
use crate::graph::{CapabilityGraph, EdgeId};
use crate::model::text::{count, phrase};
use crate::model::{Edge, GuardId, Leg, NodeId, Place, Plane, Rule, Text};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::DecorativeGuard, include_str!("decorative_guard.md")),
    references: &[ASI02, ASI09, LLM06, AML_T0053, L6],
    surface: None,
    severity: Some("5.0"),
    finder: Finder::Topology(find),
};

/// Guards on one leg that hold nothing back, and how the content comes round them.
struct Decorative<'e> {
    edge: &'e Edge,
    leg: Leg,
    guards: Vec<GuardId>,
    round: (Plane, WayRound),
}

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let legs: Vec<(usize, Leg)> = (0..context.spec.edges.len())
        .flat_map(|position| [(position, Leg::Request), (position, Leg::Result)])
        .filter(|(position, leg)| !guards_on(&context.spec.edges[*position], *leg).is_empty())
        .collect();
    let found: Vec<Decorative<'_>> = legs
        .par_iter()
        .map_init(
            || WaysRound::new(context.graph),
            |ways, (position, leg)| of_leg(context, ways, *position, *leg),
        )
        .flatten()
        .collect();
    // What one line of the spec declares for many is one cause.
    let mut alike: BTreeMap<(Place, NodeId, bool, Vec<GuardId>), Vec<&Decorative<'_>>> = BTreeMap::new();
    for one in &found {
        let key = (one.edge.place, one.edge.to, one.leg == Leg::Result, one.guards.clone());
        alike.entry(key).or_default().push(one);
    }
    let mut groups: Vec<Vec<&Decorative<'_>>> = folded(context, alike.into_values().collect());
    groups.sort_by_key(|group| group.first().map(|one| (one.edge.place, one.leg == Leg::Result)));
    groups.iter().filter_map(|group| draft(context, group)).collect()
}

fn guards_on(edge: &Edge, leg: Leg) -> &[GuardId] {
    match leg {
        Leg::Request => &edge.guards,
        Leg::Result => edge.result.as_deref().unwrap_or_default(),
    }
}

fn of_leg<'g>(
    context: &RuleContext<'g>,
    ways: &mut WaysRound<'_>,
    position: usize,
    leg: Leg,
) -> Option<Decorative<'g>> {
    let edge = &context.spec.edges[position];
    let mut rounds: Vec<(GuardId, (Plane, WayRound))> = Vec::new();
    for guard in guards_on(edge, leg) {
        rounds.extend(round(context, ways, EdgeId::new(position), leg, *guard).map(|round| (*guard, round)));
    }
    let (_, round) = *rounds.first()?;
    Some(Decorative { edge, leg, guards: rounds.into_iter().map(|(guard, _)| guard).collect(), round })
}

/// How content comes round a guard, if it does in each plane that the guard stops.
fn round(
    context: &RuleContext<'_>,
    ways: &mut WaysRound<'_>,
    id: EdgeId,
    leg: Leg,
    guard: GuardId,
) -> Option<(Plane, WayRound)> {
    let stopped: Vec<Plane> =
        Plane::ALL.iter().copied().filter(|plane| context.spec.guard(guard).stops(*plane)).collect();
    let edge = context.graph.edge(id);
    if leg == Leg::Request
        && context.spec.node(edge.to).is_authority()
        && edge.verb == crate::model::Verb::Invoke
    {
        return by_authority(context, ways, id, guard, &stopped);
    }
    let mut rounds = Vec::new();
    for plane in &stopped {
        rounds.push((*plane, ways.of(id, leg, *plane)?));
        // Whoever assumes a role is stopped by the guards of the role's edges too.
        for other in inherited(context, id, guard) {
            ways.of(other, leg, *plane)?;
        }
    }
    rounds.first().copied()
}

/// The edges that others have by a role because the role has this one, with the same guard.
fn inherited<'g>(
    context: &RuleContext<'g>,
    id: EdgeId,
    guard: GuardId,
) -> impl Iterator<Item = EdgeId> + use<'g> {
    let graph: &'g CapabilityGraph = context.graph;
    let edge = graph.edge(id);
    let is_role = graph.spec().node(edge.from).is_authority();
    let alike = is_role.then(|| graph.edges_on(edge.to)).into_iter().flatten();
    alike.filter(move |other| {
        let other = graph.edge(*other);
        !other.is_declared() && other.verb == edge.verb && other.guards.contains(&guard)
    })
}

/// A guard on using a secret or assuming a role moves no content itself: it is judged by what may be done with the authority.
fn by_authority(
    context: &RuleContext<'_>,
    ways: &mut WaysRound<'_>,
    id: EdgeId,
    guard: GuardId,
    stopped: &[Plane],
) -> Option<(Plane, WayRound)> {
    let graph: &CapabilityGraph = context.graph;
    let actor = graph.edge(id).from;
    let derived = graph.edges_of(actor).filter(|other| {
        let edge = graph.edge(*other);
        !edge.is_declared() && edge.guards.contains(&guard)
    });
    let mut rounds = Vec::new();
    for edge in derived {
        let moves: Vec<(Plane, WayRound)> = stopped
            .iter()
            .map(|plane| Some((*plane, ways.of(edge, Leg::Request, *plane)?)))
            .collect::<Option<_>>()?;
        rounds.extend(moves);
    }
    rounds.first().copied()
}

/// Equal hand-overs of many actors on one target behind the same guards: one cause from the fourth on.
fn folded<'d, 'e>(
    context: &RuleContext<'_>,
    groups: Vec<Vec<&'d Decorative<'e>>>,
) -> Vec<Vec<&'d Decorative<'e>>> {
    const FEW: usize = 3;
    let kind = |one: &Decorative<'_>| context.spec.node(one.edge.from).kind;
    let mut alike: BTreeMap<_, Vec<Vec<&Decorative<'_>>>> = BTreeMap::new();
    for group in groups {
        let one = group[0];
        let key = (one.edge.to, one.edge.verb, one.leg == Leg::Result, one.guards.clone(), kind(one));
        alike.entry(key).or_default().push(group);
    }
    let fold = |some: Vec<Vec<&'d Decorative<'e>>>| match some.len() > FEW {
        true => vec![some.concat()],
        false => some,
    };
    alike.into_values().flat_map(fold).collect()
}

fn draft(context: &RuleContext<'_>, group: &[&Decorative<'_>]) -> Option<Draft> {
    let Decorative { edge, leg, guards, round: (plane, round) } = *group.first()?;
    let hand_over = match leg {
        Leg::Result => phrase![" where ", edge.to, " answers ", edge.from],
        Leg::Request => phrase![" where ", edge.from, " ", edge.verb, " ", edge.to],
    };
    let names = Text::joined(guards.iter().map(|guard| phrase![*guard]), " and ");
    let holds = if guards.len() > 1 { " hold nothing back" } else { " holds nothing back" };
    let title = names.then(hand_over).and(holds);
    let mut draft = Draft::new(Rule::DecorativeGuard, vec![edge.from, edge.to], title).on_edge(edge);
    let ends = |one: &&Decorative<'_>| [(one.round.1.from, one.round.1.to), (one.edge.from, one.edge.to)];
    draft = draft.between_all(group.iter().flat_map(ends));
    if group.len() > 1 {
        draft = draft.detail(phrase!["and ", count(group.len() - 1, "hand-over"), " like it"]);
    }
    let label = phrase!["what ", round.from, " has gets to ", round.to, " without it"];
    Some(
        draft
            .shown_by(label, way(context, *plane, *round))
            .fix(phrase!["put the same guard on the way round, or take that way away"]),
    )
}

/// The best way from what comes to the hand-over to what lies behind it.
fn way(context: &RuleContext<'_>, plane: Plane, round: WayRound) -> Option<Path> {
    Witness::from_starts(context.graph, plane, &[round.from]).path_to(round.to)
}
