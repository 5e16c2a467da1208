//! Authority has a budget: what small texts stand for is answered or refused, after bounded work, with a figure and a name; what real
//! fleets derive is not refused. And of edges that dominate one another one is kept.

use std::fmt::Write as _;

use crate::support::bounded::in_megabytes;

use crabwalk::fleet::{Fleet, FleetPlan, Secrets, Shape};
use crabwalk::graph::{CapabilityGraph, Figure, TooMuchAuthority, most_derived};
use crabwalk::language::Code;
use crabwalk::model::{Returns, Spec};

fn spec(text: &str) -> Spec {
    Spec::from_text("test.yaml", text).unwrap_or_else(|mistakes| panic!("{:?}", mistakes.items))
}

fn within(text: &str) -> Result<CapabilityGraph, TooMuchAuthority> {
    let spec = spec(text);
    let most = most_derived(&spec);
    CapabilityGraph::within(spec, most)
}

/// What is too much, and the message, which names the actor and the figure and points at the actor.
fn refused(text: &str) -> (Figure, String) {
    let refused = within(text).expect_err("it derives too much");
    let [item] = refused.diagnostics.items.as_slice() else { panic!("{:#?}", refused.diagnostics) };
    assert_eq!(item.code, Code::TooMuchAuthority);
    let place = item.labels[0].place;
    let actor = &text[place.start as usize..(place.start + place.len) as usize];
    assert!(item.message.contains(&format!("`{actor}`")), "{} at {actor}", item.message);
    assert!(item.help.is_some());
    (refused.exceeded.figure, item.message.clone())
}

/// Nodes of a section, each with the same body.
fn section(name: &str, prefix: &str, count: usize, body: &str) -> String {
    let nodes: String = (0..count).map(|node| format!("  {prefix}{node}: {{{body}}}\n")).collect();
    format!("{name}:\n{nodes}")
}

/// Roles of which each assumes either of the next two, every time behind a guard of its own.
fn ladder(levels: usize) -> String {
    let guards: Vec<String> = (0..2 * levels).map(|guard| format!("g{guard}: ")).collect();
    let mut text = format!("version: 1\nguards: {{{}}}\nprincipals:\n", guards.join(", "));
    for (level, side) in (0..levels).flat_map(|level| [(level, "a"), (level, "b")]) {
        let (next, one, other) = (level + 1, 2 * level, 2 * level + 1);
        let next = format!("{{target: r{next}a, guards: g{one}}}, {{target: r{next}b, guards: g{other}}}");
        writeln!(text, "  r{level}{side}: {{kind: iam-role, invoke: [{next}]}}").expect("memory");
    }
    text + &format!("  r{levels}a: {{kind: iam-role}}\n  r{levels}b: {{kind: iam-role}}\n")
}

#[test]
fn ways_that_double_with_every_level_are_refused() {
    for levels in [11, 18, 60] {
        let (figure, message) = refused(&ladder(levels));
        assert!(matches!(figure, Figure::Ways(1_000, ..)), "{figure:?}");
        assert!(message.contains("in more than 1000 ways that differ in guards"), "{message}");
    }
    // Five levels are 2^4 ways to either end of the longest, and fewer to those on the way.
    let graph = within(&ladder(5)).expect("it is small");
    let longest = |graph: &CapabilityGraph, from: &str, to: &str| {
        let (from, to) = (graph.spec().node_id(from), graph.spec().node_id(to));
        graph.edges().iter().filter(|edge| Some(edge.from) == from && Some(edge.to) == to).count()
    };
    assert_eq!([longest(&graph, "r0a", "r5a"), longest(&graph, "r0a", "r2b")], [16, 2]);
}

#[test]
fn roles_that_all_assume_one_another_are_answered_up_to_the_limit() {
    let roles = |count| {
        format!(
            "version: 1\n{}",
            section("principals", "r", count, "kind: iam-role, invoke: 'kind:principal'")
        )
    };
    let graph = within(&roles(400)).expect("it is answered");
    assert_eq!(graph.derived_count(), 400 * 399);
    let (figure, message) = refused(&roles(450));
    assert_eq!(figure, Figure::Edges(160_000 + 16 * 450));
    assert!(message.contains("more than 167200 edges"), "{message}");
}

#[test]
fn keys_that_open_everything_are_answered_up_to_the_limit() {
    let keys = |keys, agents| {
        let text = section("tools", "t", 300, "") + &section("credentials", "k", keys, "opens: 'kind:tool'");
        format!("version: 1\n{text}{}", section("agents", "a", agents, "read: 'kind:credential'"))
    };
    // The keys' own rows, and an edge of every agent to every tool.
    assert_eq!(within(&keys(300, 100)).expect("it is answered").derived_count(), 300 * 300 + 100 * 300);
    assert_eq!(refused(&keys(300, 300)).0, Figure::Edges(160_000 + 16 * 900));
    assert_eq!(refused(&keys(700, 0)).0, Figure::Edges(160_000 + 16 * 1_000));
}

/// A few kilobytes of roles and keys take no more than a hundred megabytes, whether they are answered or refused.
#[test]
fn small_texts_take_little_memory() {
    in_megabytes(110, "budget::small_texts_take_little_memory", || {
        let roles = section("principals", "r", 400, "kind: iam-role, invoke: 'kind:principal'");
        assert!(within(&format!("version: 1\n{roles}")).is_ok());
        refused(&ladder(18));
    });
}

/// Outsiders and insiders are counted as what they learn spreads.
#[test]
fn what_secrets_open_is_counted_while_they_spread() {
    let keys = section("credentials", "k", 100, "opens: 'kind:tool'");
    let holder = "agents:\n  holder: {read: 'kind:credential', write: ['kind:sink', 'kind:store']}\n";
    let sinks = format!(
        "version: 1\nstores: {{s: }}\n{}{keys}{holder}{}",
        section("tools", "t", 300, ""),
        section("sinks", "o", 700, "")
    );
    assert!(matches!(refused(&sinks).0, Figure::Edges(_)));
    let coders = section("agents", "c", 700, "read: s, invoke: shell").replace("agents:\n", "");
    let tools = section("tools", "t", 300, "") + "  shell: {general: true}\nstores: {s: }\nsinks: {o: }\n";
    assert!(matches!(refused(&format!("version: 1\n{tools}{keys}{holder}{coders}")).0, Figure::Edges(_)));
}

/// Long lists of guards count, and so does looking for edges that are found again and again.
#[test]
fn guards_and_steps_are_counted() {
    let names: Vec<String> = (0..320).map(|guard| format!("g{guard}")).collect();
    let guards = format!("version: 1\nguards: {{{}: }}\n", names.join(": , "));
    let all = names.join(", ");
    let roles = section("principals", "r", 100, "kind: iam-role, write: 'kind:store'");
    let rest = format!("{roles}{}", section("stores", "s", 100, ""));
    let agent = format!("invoke: {{target: 'kind:principal', guards: [{all}]}}");
    // 100 edges an agent count 2,100.
    assert!(within(&format!("{guards}{rest}{}", section("agents", "a", 60, &agent))).is_ok());
    assert!(matches!(
        refused(&format!("{guards}{rest}{}", section("agents", "a", 90, &agent))).0,
        Figure::Edges(_)
    ));
    // The same three hundred rights, each behind a guard of its own, of three hundred roles.
    let rights: Vec<String> = (0..300).map(|at| format!("{{target: s{at}, guards: g{at}}}")).collect();
    let mut text =
        format!("{guards}principals:\n  r0: &r {{kind: iam-role, write: [{}]}}\n", rights.join(", "));
    (1..300).for_each(|role| writeln!(text, "  r{role}: *r").expect("memory"));
    text += &section("stores", "s", 300, "");
    text += &section("agents", "a", 300, "invoke: 'kind:principal'");
    let (figure, message) = refused(&text);
    assert!(matches!(figure, Figure::Steps(_)) && message.contains("steps"), "{message}");
}

#[test]
fn the_fleets_of_the_benches_are_within_the_budget() {
    let secrets = Secrets { credentials: 1_000, general_tools: 100, roles: 100 };
    let plan = FleetPlan::new(Shape::OrgDense, 10_000, 7).with_secrets(secrets);
    let spec = Fleet::generate(plan).expect("a fleet").spec();
    let most = most_derived(&spec);
    let graph = CapabilityGraph::within(spec, most).expect("it is not refused");
    assert!((40_000..most / 3).contains(&graph.derived_count()), "{}", graph.derived_count());
    let mixed = Fleet::generate(FleetPlan::new(Shape::OrgDense, 2_000, 7).mixed()).expect("a fleet").spec();
    let most = most_derived(&mixed);
    assert!(CapabilityGraph::within(mixed, most).is_ok());
}

/// The derived edges between two nodes: guards, guards on the result, extra.
fn derived(text: &str, from: &str, to: &str) -> Vec<(Vec<String>, Option<Vec<String>>, u32)> {
    let graph = within(text).expect("it is small");
    let spec = graph.spec();
    let names = |guards: &[crabwalk::model::GuardId]| {
        guards.iter().map(|guard| spec.guard_name(*guard).to_owned()).collect::<Vec<_>>()
    };
    let (from, to) = (spec.node_id(from).expect("a node"), spec.node_id(to).expect("a node"));
    let edges = graph.edges().iter().filter(|edge| !edge.is_declared() && edge.from == from && edge.to == to);
    let result = |returns: &Returns| match returns {
        Returns::Nothing => None,
        Returns::Content(guards) => Some(names(guards)),
    };
    edges.map(|edge| (names(&edge.guards), result(&edge.returns), edge.extra)).collect()
}

#[test]
fn an_edge_that_another_dominates_is_not_kept() {
    let text = |one: &str, other: &str, right: &str, rest: &str| {
        format!(
            "version: 1\nguards: {{g: , h: , k: }}\nagents: {{a: {{invoke: [{{target: one, guards: {one}}}, {{target: \
             other, guards: {other}}}]}}}}\nprincipals:\n  one: {{kind: iam-role, invoke: [t]}}\n  other: {{kind: iam-role, \
             invoke: [{{target: t{right}}}]}}\ntools: {{t: }}\n{rest}"
        )
    };
    let guards = |text: &str| {
        derived(text, "a", "t").into_iter().map(|(guards, ..)| guards.concat()).collect::<Vec<_>>()
    };
    assert_eq!(guards(&text("[g]", "[g, h]", "", "")), ["g"], "a subset");
    assert_eq!(guards(&text("[g]", "[h, k]", "", "")), ["g", "hk"], "fewer, and no subset");
    assert_eq!(guards(&text("[g, h]", "[]", "", "")), [""], "none at all");
    let with = |right: &str| derived(&text("[g]", "[]", right, ""), "a", "t").len();
    assert_eq!(with(", returns: false"), 2, "what brings nothing back does not dominate what does");
    assert_eq!(with(", returns: {guards: k}"), 2, "nor does a guarded result an open one");
    assert_eq!(guards(&text("[]", "[]", ", returns: false", "")), [""], "an open result dominates none");
}
