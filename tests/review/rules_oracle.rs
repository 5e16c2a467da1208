//! Rules against a naive reading: a rule is broken if and only if the oracle's matrix, looked at pair by pair, breaks it, and by
//! as many pairs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crabwalk::analysis::{Apart, CostSearch, Member, Pairs};
use crabwalk::findings::breach;
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{NodeId, Plane, Spec, Way, Within};
use oracle::topology::{self, Topology};
use oracle::{generate, naive};
use proptest::prelude::*;

const WAYS: [&str; 6] = ["influence", "exposure", "write", "read", "invoke", "observe"];

/// Small numbers in which anything goes, and from which rules are made.
#[derive(Debug, Clone)]
struct Draw {
    sets: [u64; 4],
    ways: u8,
    guards: u8,
    flag: bool,
    number: u8,
}

fn draw() -> impl Strategy<Value = Draw> {
    (any::<[u64; 4]>(), 1..64_u8, 0..4_u8, any::<bool>(), any::<u8>())
        .prop_map(|(sets, ways, guards, flag, number)| Draw { sets, ways, guards, flag, number })
}

impl Draw {
    /// About half of the nodes, or a few.
    fn set(&self, topology: &Topology, which: usize) -> Vec<usize> {
        let bits = if self.sets[3] >> which & 1 == 0 {
            self.sets[which]
        } else {
            self.sets[which] & self.sets[which] >> 7
        };
        (0..topology.nodes.len()).filter(|node| bits >> (node % 64) & 1 == 1).collect()
    }

    /// Most draws ask one question, some several.
    fn ways(&self) -> Vec<&'static str> {
        let several = self.number.is_multiple_of(4);
        let chosen =
            WAYS.iter().enumerate().filter(|(bit, _)| self.ways >> bit & 1 == 1).map(|(_, way)| *way);
        chosen.take(if several { 6 } else { 1 }).collect()
    }

    /// The most guards, as the spec has it and as a number.
    fn within(&self) -> (String, u32) {
        match self.guards {
            3 => ("any".to_owned(), u32::MAX),
            some => (some.to_string(), some.into()),
        }
    }
}

/// A list of names.
fn names(topology: &Topology, nodes: &[usize]) -> String {
    let names: Vec<String> = nodes.iter().map(|node| format!("{:?}", topology.nodes[*node].name)).collect();
    format!("[{}]", names.join(", "))
}

/// The pairs behind at most so many guards, in any of some ways.
fn connected(
    topology: &Topology,
    ways: &[&str],
    most: u32,
    nodes: &[usize],
    guards: &[usize],
) -> BTreeSet<(usize, usize)> {
    let of = |way: &&str| naive::without(topology, nodes, guards, way);
    let pairs = ways.iter().flat_map(of).filter(|(_, guards)| *guards <= most);
    pairs.map(|(pair, _)| pair).collect()
}

/// How many pairs break the only rule of a spec; nothing if the rule is refused.
fn broken(text: &str, rule: &str) -> Option<usize> {
    let whole = format!("{text}\nrules:\n  - {{why: a test, {rule}}}\n");
    let graph = match Spec::from_text("test.yaml", &whole) {
        Ok(spec) => CapabilityGraph::build(spec),
        Err(found) => {
            let codes: Vec<&str> = found.items.iter().map(|item| item.code.as_str()).collect();
            assert!(
                codes.iter().all(|code| ["E503", "E504", "E506"].contains(code)),
                "{codes:?} {rule}\n{text}"
            );
            return None;
        }
    };
    Some(breach(&graph, &graph.spec().rules[0]).map_or(0, |breach| {
        // What breaks it is shown: by a path, or by what the node does itself.
        assert!(!breach.said.title.is_empty() && breach.said.details.len() + breach.said.evidence.len() > 1);
        breach.count
    }))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn denials(text in generate::spec(), draw in draw()) {
        let topology = topology::read(&text);
        let (from, to) = (draw.set(&topology, 0), draw.set(&topology, 1));
        prop_assume!(!from.is_empty() && !to.is_empty());
        let (ways, (guards, most)) = (draw.ways(), draw.within());
        let rule = format!(
            "deny: {{from: {}, to: {}, by: [{}], guards: {guards}}}",
            names(&topology, &from), names(&topology, &to), ways.join(", "),
        );
        let all = connected(&topology, &ways, most, &[], &[]);
        let expected = all.iter().filter(|(a, b)| from.contains(a) && to.contains(b)).count();
        if let Some(found) = broken(&text, &rule) {
            prop_assert_eq!(found, expected, "{}\n{}", rule, text);
        }
    }

    #[test]
    fn passages(text in generate::spec(), draw in draw()) {
        let topology = topology::read(&text);
        let (from, to, mut through) = (draw.set(&topology, 0), draw.set(&topology, 1), draw.set(&topology, 2));
        let guard = usize::from(draw.number) % topology.guards.len();
        let guards: Vec<usize> = if draw.flag { vec![guard] } else { Vec::new() };
        through.truncate(if draw.flag && draw.number % 3 == 0 { 0 } else { 3 });
        prop_assume!(!from.is_empty() && !to.is_empty());
        prop_assume!(!through.is_empty() || !guards.is_empty());
        let (ways, (limit, most)) = (draw.ways(), draw.within());
        let mut rule = format!(
            "only-through: {{from: {}, to: {}, by: [{}], guards: {limit}",
            names(&topology, &from), names(&topology, &to), ways.join(", "),
        );
        if !through.is_empty() {
            write!(rule, ", through: {}", names(&topology, &through)).expect("memory");
        }
        if draw.flag {
            write!(rule, ", guard: {:?}", topology.guards[guard].name).expect("memory");
        }
        rule.push('}');
        let all = connected(&topology, &ways, most, &through, &guards);
        let ends = |(a, b): &&(usize, usize)| {
            from.contains(a) && to.contains(b) && !through.contains(a) && !through.contains(b)
        };
        if let Some(found) = broken(&text, &rule) {
            prop_assert_eq!(found, all.iter().filter(ends).count(), "{}\n{}", rule, text);
        }
    }

    #[test]
    fn groups_and_layers(text in generate::spec(), draw in draw()) {
        let topology = topology::read(&text);
        let group_of = |node: usize| draw.sets[node % 3].rotate_right(u32::try_from(node).expect("few")) % 5;
        let groups: BTreeMap<u64, Vec<usize>> = (0..topology.nodes.len()).fold(BTreeMap::new(), |mut groups, node| {
            groups.entry(group_of(node)).or_insert_with(Vec::new).push(node);
            groups
        });
        // The last group is in no group.
        let groups: Vec<Vec<usize>> = groups.into_iter().filter(|(number, _)| *number < 4).map(|(_, nodes)| nodes).collect();
        prop_assume!(groups.len() > 1);
        let written: Vec<String> = groups.iter().map(|group| names(&topology, group)).collect();
        let written = written.join(", ");
        let group = |node: usize| groups.iter().position(|nodes| nodes.contains(&node));
        let (limit, most) = draw.within();
        let pairs = |ways: &[&str], breaks: &dyn Fn(usize, usize) -> bool| {
            let all = connected(&topology, ways, most, &[], &[]);
            all.iter().filter(|(a, b)| group(*a).zip(group(*b)).is_some_and(|(a, b)| breaks(a, b))).count()
        };
        let ways = draw.ways();
        let rule = format!("independent: {{groups: [{written}], by: [{}], guards: {limit}}}", ways.join(", "));
        prop_assert_eq!(broken(&text, &rule), Some(pairs(&ways, &|a, b| a != b)), "{}\n{}", rule, text);
        let plane = WAYS[usize::from(draw.flag)];
        for (flow, rises) in [("up", false), ("down", true)] {
            let rule = format!("layers: {{order: [{written}], flow: {flow}, by: {plane}, guards: {limit}}}");
            // Content goes from the row in one plane, and to it in the other.
            let breaks = |row: usize, column: usize| {
                let (source, end) = if plane == "influence" { (row, column) } else { (column, row) };
                if rises { source < end } else { source > end }
            };
            prop_assert_eq!(broken(&text, &rule), Some(pairs(&[plane], &breaks)), "{}\n{}", rule, text);
        }
    }

    #[test]
    fn limits(text in generate::spec(), draw in draw()) {
        let topology = topology::read(&text);
        let of = draw.set(&topology, 0);
        prop_assume!(!of.is_empty());
        let (ways, (guards, most)) = (draw.ways(), draw.within());
        let kind = topology.nodes[usize::from(draw.number) % topology.nodes.len()].kind;
        let counts = |node: usize| !draw.flag || topology.nodes[node].kind == kind;
        let limit = usize::from(draw.number % 5);
        let percent = usize::from(draw.number) * 100 / 255;
        let all = connected(&topology, &ways, most, &[], &[]);
        for in_percent in [false, true] {
            let rule = format!(
                "limit: {{of: {}, to: {}, by: [{}], guards: {guards}{}}}",
                names(&topology, &of),
                if in_percent { format!("{percent}%") } else { limit.to_string() },
                ways.join(", "),
                if draw.flag { format!(", kind: {}", kind.name()) } else { String::new() },
            );
            let over = of.iter().filter(|node| {
                let reached = all.iter().filter(|(a, b)| a == *node && counts(*b)).count();
                let others = (0..topology.nodes.len()).filter(|other| other != *node && counts(*other)).count();
                reached > if in_percent { others * percent / 100 } else { limit }
            });
            prop_assert_eq!(broken(&text, &rule), Some(over.count()), "{}\n{}", rule, text);
        }
    }

    #[test]
    fn expectations(text in generate::spec(), draw in draw()) {
        let topology = topology::read(&text);
        let ways = draw.ways();
        let node = usize::from(draw.number) % topology.nodes.len();
        let cells: Vec<BTreeMap<(usize, usize), u32>> =
            ways.iter().map(|way| naive::without(&topology, &[], &[], way)).collect();
        for part in ["row", "column", "whole"] {
            let line = |cells: &BTreeMap<(usize, usize), u32>, of: usize| {
                let here = |(a, b): &(usize, usize)| if part == "column" { *b == of } else { *a == of };
                let entries = cells.iter().filter(|(pair, _)| here(pair)).map(|((a, b), guards)| {
                    let name = format!("{:?}", topology.nodes[if part == "column" { *a } else { *b }].name);
                    if *guards == 0 { name } else { format!("{{{name}: {guards}}}") }
                });
                format!("[{}]", entries.collect::<Vec<_>>().join(", "))
            };
            let rule = |cells: &[BTreeMap<(usize, usize), u32>]| {
                let name = |node: usize| format!("{:?}", topology.nodes[node].name);
                let questions = ways.iter().zip(cells).map(|(way, cells)| match part {
                    "whole" => {
                        let rows = (0..topology.nodes.len()).map(|row| format!("{}: {}", name(row), line(cells, row)));
                        format!("{way}: {{{}}}", rows.collect::<Vec<_>>().join(", "))
                    }
                    _ => format!("{way}: {}", line(cells, node)),
                });
                let questions = questions.collect::<Vec<_>>().join(", ");
                if part == "whole" { format!("expect: {{{questions}}}") } else { format!("expect: {{{part}: {}, {questions}}}", name(node)) }
            };
            let all = rule(&cells);
            prop_assert_eq!(broken(&text, &all), Some(0), "{}\n{}", all, text);
            // One cell of the line more, less, or behind another number of guards.
            let other = (node + 1 + usize::from(draw.guards)) % topology.nodes.len();
            if other != node {
                let pair = if part == "column" { (other, node) } else { (node, other) };
                let mut changed = cells.clone();
                match changed[0].remove(&pair) {
                    Some(guards) if draw.flag => drop(changed[0].insert(pair, guards + 1)),
                    Some(_) => {}
                    None => drop(changed[0].insert(pair, 0)),
                }
                let changed = rule(&changed);
                prop_assert_eq!(broken(&text, &changed), Some(1), "{}\n{}", changed, text);
            }
        }
    }
}

/// Several blocks of columns, with guards: what is counted together is what is counted row by row.
#[test]
fn pairs_of_large_fleets_are_counted_exactly() {
    let text = large();
    let graph = CapabilityGraph::build(Spec::from_text("large.yaml", &text).expect("it loads"));
    let nodes: Vec<NodeId> = graph.spec().node_ids().collect();
    let mut search = CostSearch::new(&graph);
    for plane in Plane::ALL {
        let way = if *plane == Plane::Influence { Way::Influence } else { Way::Exposure };
        for (within, most) in
            [(Within::Guards(0), 0), (Within::Guards(1), 1), (Within::Guards(3), 3), (Within::Any, u32::MAX)]
        {
            let counts = Pairs::between(&graph, &nodes, &nodes).by(&[way], within).count();
            let mut pairs = 0;
            for count in &counts {
                let row = match plane {
                    Plane::Influence => search.influenced_by(count.row),
                    Plane::Exposure => search.exposed_to(count.row),
                };
                let expected = row.iter().filter(|(_, cost)| cost.guards <= most).count();
                assert_eq!(count.count, expected, "{} {within:?}", graph.spec().node_name(count.row));
                pairs += expected;
            }
            assert_eq!(counts.len(), nodes.len());
            let class = |node: &NodeId| Member {
                node: *node,
                class: u32::try_from(node.index() % 7).expect("small"),
            };
            let members: Vec<Member> = nodes.iter().map(class).collect();
            let halves = [Apart::Different, Apart::Below].map(|apart| {
                let pairs = Pairs::of(&graph, members.clone(), members.clone(), apart).by(&[way], within);
                pairs.count().iter().map(|row| row.count).sum::<usize>()
            });
            assert!(halves[1] < halves[0] && halves[0] < pairs, "{halves:?} of {pairs}");
        }
    }
}

/// Some 1,400 nodes in rings that hand on to each other, some of it behind guards.
fn large() -> String {
    let mut text = String::from("version: 1\nguards: {g: , h: }\nagents:\n");
    for node in 0..1400_usize {
        let guards = match node % 5 {
            0 => ", guards: [g, h]",
            1 => ", guards: g",
            _ => "",
        };
        let (near, far) = ((node + 1) % 1400, (node * 7 + 3) % 1400);
        let near = if node % 10 == 9 { node - 9 } else { near };
        if near == far || far == node || near == node {
            writeln!(text, "  a{node}:").expect("memory");
        } else {
            let far = format!("{{target: a{far}{guards}}}");
            writeln!(text, "  a{node}: {{write: [a{near}, {far}]}}").expect("memory");
        }
    }
    text
}
