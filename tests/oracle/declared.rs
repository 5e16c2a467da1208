//! The declared edges of a spec: items of a verb, selectors, sessions' members and what a credential opens
//! (`docs/semantics.md`, sections 2 and 3), in the order of the document.

use serde_json::{Map, Value};

use super::topology::{Edge, Kind, Node, Topology, Verb, list, mapping, names, text};

/// Fills in what needs all nodes to be known. `bodies` are the nodes' mappings, in the nodes' order.
pub fn resolve(topology: &mut Topology, bodies: &[Map<String, Value>]) {
    for (at, body) in bodies.iter().enumerate() {
        for (key, value) in body {
            match key.as_str() {
                "opens" => topology.nodes[at].opens = opened(topology, at, value),
                "members" => topology.edges.extend(member_edges(topology, at, value)),
                verb => {
                    if let Some(verb) = Verb::ALL.into_iter().find(|v| v.name() == verb) {
                        topology.edges.extend(verb_edges(topology, at, verb, value));
                    }
                }
            }
        }
    }
    for (i, a) in topology.edges.iter().enumerate() {
        let same = |b: &Edge| (b.from, b.verb, b.to) == (a.from, a.verb, a.to);
        assert!(!topology.edges[..i].iter().any(same), "the same verb on the same target twice: {a:?}");
    }
}

/// A credential opens tools and agents.
fn opened(topology: &Topology, at: usize, value: &Value) -> Vec<usize> {
    assert!(topology.nodes[at].kind == Kind::Credential, "only a credential opens");
    let possible = |n: &Node| matches!(n.kind, Kind::Tool | Kind::Agent);
    expand(topology, at, &names(Some(value)), possible).into_iter().map(|(node, _)| node).collect()
}

/// Each member of a session writes and reads it.
fn member_edges(topology: &Topology, at: usize, value: &Value) -> Vec<Edge> {
    assert!(topology.nodes[at].kind == Kind::Session, "only a session has members");
    expand(topology, at, &names(Some(value)), |n| n.kind.acts())
        .into_iter()
        .flat_map(|(member, _)| [Verb::Write, Verb::Read].map(|verb| plain(member, verb, at)))
        .collect()
}

fn plain(from: usize, verb: Verb, to: usize) -> Edge {
    Edge { from, verb, to, guards: Vec::new(), returns: None, outsider: false, extra: 0 }
}

/// What one actor declares under one verb: one item or a list, each a name, a selector or the long form.
fn verb_edges(topology: &Topology, actor: usize, verb: Verb, value: &Value) -> Vec<Edge> {
    assert!(topology.nodes[actor].kind.acts(), "{} does not act", topology.nodes[actor].name);
    let items: Vec<(String, Map<String, Value>)> = list(Some(value))
        .iter()
        .map(|item| match item {
            Value::Object(long) => {
                (text(long.get("target").expect("the long form has a target")), long.clone())
            }
            short => (text(short), Map::new()),
        })
        .collect();
    let targets: Vec<String> = items.iter().map(|(target, _)| target.clone()).collect();
    let possible = |n: &Node| verb.possible_on(n.kind, n.declared.as_deref());
    expand(topology, actor, &targets, possible)
        .into_iter()
        .map(|(to, item)| {
            let long = &items[item].1;
            let guards = guard_numbers(topology, long.get("guards"));
            let returns = result_guards(topology, verb, to, long.get("returns"));
            Edge { guards, returns, ..plain(actor, verb, to) }
        })
        .collect()
}

fn guard_numbers(topology: &Topology, value: Option<&Value>) -> Vec<usize> {
    let number = |name: &String| {
        let place = topology.guards.iter().position(|g| g.name == *name);
        place.unwrap_or_else(|| panic!("unknown guard {name}"))
    };
    let mut numbers: Vec<usize> = names(value).iter().map(number).collect();
    numbers.sort_unstable();
    assert!(numbers.is_sorted_by(|a, b| a < b), "a guard twice on one edge");
    numbers
}

/// What guards the result: an invoke that asks something is answered, unless the spec says `returns: false`.
fn result_guards(topology: &Topology, verb: Verb, to: usize, value: Option<&Value>) -> Option<Vec<usize>> {
    if verb != Verb::Invoke || !topology.nodes[to].answers() {
        assert!(value.is_none(), "returns where nothing returns");
        return None;
    }
    match value {
        Some(Value::Bool(false)) => None,
        None | Some(Value::Bool(true)) => Some(Vec::new()),
        Some(long) => Some(guard_numbers(topology, mapping(long).get("guards"))),
    }
}

/// The nodes that a list of names and selectors takes, each with the place of its item in the list.
///
/// A selector takes nodes of the document in order, but never the actor, never what an item names explicitly
/// (wherever it stands in the list), nor what an earlier selector took.
fn expand(
    topology: &Topology,
    actor: usize,
    items: &[String],
    possible: impl Fn(&Node) -> bool,
) -> Vec<(usize, usize)> {
    let explicit: Vec<usize> =
        items.iter().filter(|i| selector(i).is_none()).map(|name| topology.node(name)).collect();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (item, name) in items.iter().enumerate() {
        let new: Vec<(usize, usize)> = match selector(name) {
            None => vec![(topology.node(name), item)],
            Some(by) => (0..topology.nodes.len())
                .filter(|n| selects(by, &topology.nodes[*n]) && possible(&topology.nodes[*n]))
                .filter(|n| *n != actor && !explicit.contains(n) && taken.iter().all(|(t, _)| t != n))
                .map(|n| (n, item))
                .collect(),
        };
        assert!(!new.is_empty(), "{name} takes nothing");
        for (node, _) in &new {
            assert!(*node != actor, "{name}: an edge to itself");
            assert!(possible(&topology.nodes[*node]), "{name}: not possible on this kind of node");
            assert!(taken.iter().all(|(t, _)| t != node), "{name} is named twice");
        }
        taken.extend(new);
    }
    taken
}

/// A selector's prefix and what follows it, or `None` for a plain name.
fn selector(item: &str) -> Option<(&str, &str)> {
    item.split_once(':').filter(|(prefix, _)| ["zone", "tag", "kind", "type"].contains(prefix))
}

fn selects((prefix, value): (&str, &str), node: &Node) -> bool {
    match prefix {
        "zone" => node.zone.as_deref() == Some(value),
        "tag" => node.tags.iter().any(|tag| tag == value),
        "kind" => node.kind.name() == value,
        _ => node.declared.as_deref() == Some(value),
    }
}
