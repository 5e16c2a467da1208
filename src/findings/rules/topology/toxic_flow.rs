//! A topology → for each way out, whether untrusted and private content meet where it can be reached from: the lethal trifecta.
//!
//! They meet over the closure, as the semantics define a toxic flow, and not only inside one agent: Willison, "The lethal trifecta
//! for AI agents" (2025).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::proposed::{From, guard_on};
use super::steering::agent_on;
use crate::analysis::{Leak, LeakPaths};
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::taxonomy::{AML_T0051_001, AML_T0057, AML_T0086, ASI01, ASI02, L7, LLM01, LLM02, LLM06};
use crate::model::text::{count, phrase};
use crate::model::{NodeId, NodeKind, Rule, Text};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::ToxicFlow, include_str!("toxic_flow.md")),
    references: &[ASI01, ASI02, LLM01, LLM02, LLM06, AML_T0051_001, AML_T0057, AML_T0086, L7],
    surface: None,
    severity: Some("8.5"),
    finder: Finder::Topology(find),
};

/// What leaves by one way out, the chief leak first.
struct Exit {
    by: NodeId,
    leaks: Vec<Leak>,
    paths: LeakPaths,
    /// Who has any of it leave, past the fewest guards first.
    strangers: Vec<NodeId>,
}

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    if context.untrusted.is_empty() || context.private.is_empty() {
        return Vec::new();
    }
    let leaks = context.leaks().of(&context.private);
    let by_exit: Vec<&[Leak]> = leaks.chunk_by(|one, other| one.by == other.by).collect();
    let exits: Vec<Exit> = by_exit.par_iter().filter_map(|leaks| exit(context, leaks)).collect();
    let places: BTreeMap<NodeId, usize> =
        exits.iter().zip(0..).map(|(exit, place)| (exit.by, place)).collect();
    let mut behind: BTreeMap<usize, Vec<&Exit>> = BTreeMap::new();
    for (place, exit) in exits.iter().enumerate() {
        behind.entry(first_way_out(&exits, &places, place)).or_default().push(exit);
    }
    behind.into_par_iter().map(|(place, all)| draft(context, &exits[place], &all)).collect()
}

fn exit(context: &RuleContext<'_>, leaks: &[Leak]) -> Option<Exit> {
    let mut leaks = leaks.to_vec();
    leaks.sort_by_key(|leak| (leak.cost.guards, leak.cost, leak.content));
    let paths = context.leaks().paths(leaks.first()?)?;
    let by = leaks[0].by;
    let contents: Vec<NodeId> = leaks.iter().map(|leak| leak.content).collect();
    let strangers = context.leaks().attackers_by(by, &contents);
    let strangers = strangers.into_iter().map(|(_, stranger)| stranger).collect();
    Some(Exit { by, leaks, paths, strangers })
}

/// What leaves by another way out before, past as many guards, is found there: one cause is one finding.
fn first_way_out(exits: &[Exit], places: &BTreeMap<NodeId, usize>, place: usize) -> usize {
    let exit = &exits[place];
    let hops = exit.paths.leaves.iter().flat_map(|path| &path.hops);
    let before = hops.map(|hop| hop.to).find(|node| {
        let is_other = *node != exit.by && *node != exit.leaks[0].content;
        let place = places.get(node).filter(|_| is_other);
        place.is_some_and(|place| exits[*place].leaks[0].cost.guards == exit.leaks[0].cost.guards)
    });
    before.map_or(place, |node| places[&node])
}

fn draft(context: &RuleContext<'_>, exit: &Exit, all: &[&Exit]) -> Draft {
    let Exit { by, leaks, paths, .. } = exit;
    let (content, guards) = (leaks[0].content, leaks[0].cost.guards);
    let is_own = paths.attacker == paths.meet_in;
    let victim = paths.steers.as_ref().and_then(|path| victim(context, paths.meet_in, path));
    let steered = match victim {
        _ if is_own => phrase![paths.attacker, " is untrusted itself"],
        Some(agent) => phrase!["untrusted ", paths.attacker, " steers ", agent],
        None => phrase!["untrusted ", paths.attacker, " steers ", paths.meet_in],
    };
    let title = phrase!["content of ", content, " can leave by ", *by, ": "].then(steered);
    let nodes = vec![*by, paths.meet_in, paths.attacker, content];
    let mut draft = Draft::new(Rule::ToxicFlow, nodes, title).behind(guards);
    let leaking = all.iter().flat_map(|exit| &exit.leaks).map(|leak| (leak.content, leak.by));
    let strangers = all.iter().flat_map(|exit| {
        exit.strangers.iter().chain([&exit.paths.attacker]).map(|stranger| (*stranger, exit.by))
    });
    draft = draft.between_all(leaking.chain(strangers));
    for detail in details(exit, all) {
        draft = draft.detail(detail);
    }
    draft
        .shown_by(phrase!["untrusted content comes in"], paths.steers.clone())
        .shown_by(phrase!["private content comes in"], paths.tells.clone())
        .shown_by(phrase!["both go out"], paths.leaves.clone())
        .fix(fix(context, exit))
}

/// The agent that is steered: where the two meet, or the last one before.
fn victim(context: &RuleContext<'_>, meet_in: NodeId, path: &crate::analysis::Path) -> Option<NodeId> {
    match context.spec.node(meet_in).kind {
        NodeKind::Agent => Some(meet_in),
        _ => agent_on(context, path),
    }
}

fn details(exit: &Exit, all: &[&Exit]) -> Vec<Text> {
    let mut details = Vec::new();
    let guards = exit.leaks[0].cost.guards;
    if guards > 0 {
        details.push(phrase![count(guards as usize, "guard"), " on the three paths"]);
    }
    let others = |is_alike: bool| -> Vec<NodeId> {
        let others = exit.leaks[1..].iter().filter(|leak| (leak.cost.guards == guards) == is_alike);
        others.map(|leak| leak.content).collect()
    };
    let (alike, guarded) = (others(true), others(false));
    if !alike.is_empty() {
        details.push(phrase!["so can content of ", &alike]);
    }
    if !guarded.is_empty() {
        details.push(phrase!["behind more guards, so can content of ", &guarded]);
    }
    let strangers: Vec<NodeId> =
        exit.strangers.iter().copied().filter(|node| *node != exit.paths.attacker).collect();
    if !strangers.is_empty() {
        details.push(phrase!["untrusted content comes from ", &strangers, " too"]);
    }
    let further: Vec<NodeId> = all.iter().map(|other| other.by).filter(|by| *by != exit.by).collect();
    if !further.is_empty() {
        details.push(phrase!["what has left there comes to ", &further, " as well"]);
    }
    details
}

/// A guard on the way out, if one alone closes it; else which content to keep away.
fn fix(context: &RuleContext<'_>, exit: &Exit) -> Text {
    let guards = exit.leaks[0].cost.guards;
    let mut left = |leg| context.leaks().guards_without(leg, exit.by, &context.private, guards);
    // First where what they meet in hands it on: that is where somebody can look at it.
    let LeakPaths { leaves, tells, steers, .. } = &exit.paths;
    let mut paths = [(leaves, From::Start), (tells, From::End), (steers, From::End)].into_iter();
    let closing = paths.find_map(|(path, from)| guard_on(context, (path.as_ref()?, from), guards, &mut left));
    closing.unwrap_or_else(|| {
        phrase![
            "keep untrusted or private content away from ",
            exit.paths.meet_in,
            ": no single guard closes it"
        ]
    })
}
