//! Fleets of thousands of nodes for tests: shapes with everything mixed in that makes an engine's work hard, built by hand, the
//! same on every machine.

use std::collections::BTreeSet;

use crabwalk::model::{Edge, Guard, GuardId, Isolation, Node, NodeId, NodeKind, SourceFile, Spec, Verb};

/// How content flows from node to node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Three flows a node, anywhere.
    Random,
    /// Fifty layers, two flows a node into the next one.
    Layered,
    /// One after the other.
    Chain,
    /// The first node gives to all and takes from all.
    Hub,
    /// One large loop with shortcuts.
    Loop,
    /// Teams of eight around a lead, each with one flow into a later team: loops in a row.
    Teams,
}

impl Shape {
    pub(crate) const ALL: [Shape; 6] =
        [Shape::Random, Shape::Layered, Shape::Chain, Shape::Hub, Shape::Loop, Shape::Teams];

    /// Pairs (from, to) of nodes between which content should flow.
    fn pairs(self, nodes: usize, random: &mut Random) -> Vec<(usize, usize)> {
        let next = |node: usize| (node, (node + 1) % nodes);
        match self {
            Self::Random => (0..3 * nodes).map(|_| (random.below(nodes), random.below(nodes))).collect(),
            Self::Layered => {
                let width = nodes / 50;
                let into = |from: usize, at: usize| (from, (from / width + 1) * width + at);
                let from = (0..nodes - width).flat_map(|from| [from, from]);
                let pairs = from.map(|from| into(from, random.below(width)));
                pairs.filter(|(_, to)| *to < nodes).collect()
            }
            Self::Chain => (0..nodes - 1).map(next).collect(),
            Self::Hub => (1..nodes).flat_map(|spoke| [(0, spoke), (spoke, 0)]).collect(),
            Self::Loop => {
                let shortcuts = (0..nodes / 10).map(|_| (random.below(nodes), random.below(nodes)));
                (0..nodes).map(next).chain(shortcuts).collect()
            }
            Self::Teams => {
                let lead = |node: usize| node - node % 8;
                let inside = (0..nodes).flat_map(|node| [(lead(node), node), (node, lead(node))]);
                let later = (0..nodes / 8).map(|team| {
                    let first = team * 8;
                    (first + random.below(8), first + 8 + random.below(nodes - first))
                });
                inside.chain(later).filter(|(_, to)| *to < nodes).collect()
            }
        }
    }
}

/// A minimal standard generator.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

/// An agent with one context and nothing special about it.
pub(crate) fn agent() -> Node {
    Node::new(NodeKind::Agent)
}

/// An edge without guards; an invoke answers.
pub(crate) fn edge(from: usize, verb: Verb, to: usize) -> Edge {
    Edge::new(NodeId::new(from), verb, NodeId::new(to))
}

/// A spec of these nodes, named `n0`, `n1`, …, with a guard for each plane and one for both.
pub(crate) fn spec(nodes: impl Iterator<Item = Node>, edges: Vec<Edge>) -> Spec {
    let guards = [("both", true, true), ("influence", true, false), ("exposure", false, true)];
    let mut spec = Spec::default();
    spec.name = "synthetic".to_owned();
    spec.guards =
        guards.iter().map(|(name, one, other)| ((*name).to_owned(), Guard::new(*one, *other))).collect();
    spec.nodes = nodes.enumerate().map(|(index, node)| (format!("n{index}"), node)).collect();
    spec.edges = edges;
    spec.files = vec![SourceFile::new("synthetic.yaml", String::new())];
    spec
}

/// A shape with per-call agents, tools, stores that persist and people among its nodes, credentials too but where all flows go one
/// way, and guards on a third of its edges.
pub(crate) fn mixed(shape: Shape, nodes: usize, seed: u64) -> Spec {
    let mut random = Random(seed);
    let pairs = shape.pairs(nodes, &mut random);
    let one_way = matches!(shape, Shape::Layered | Shape::Chain);
    let mut kinds: Vec<Node> = (0..nodes).map(|at| node(at, &mut random)).collect();
    if one_way {
        // A secret that leaks opens ways back, as an answer is one.
        kinds.iter_mut().filter(|node| node.kind == NodeKind::Credential).for_each(|node| *node = agent());
    }
    open(&mut kinds, &mut random);
    let mut seen = BTreeSet::new();
    let mut edges = Vec::new();
    for (from, to) in pairs.into_iter().filter(|(from, to)| from != to) {
        let Some(mut edge) = carry(&kinds, from, to, &mut random) else { continue };
        if one_way {
            edge.result = None;
        }
        if seen.insert((edge.from, edge.verb, edge.to)) {
            edges.push(edge);
        }
    }
    spec(kinds.into_iter(), edges)
}

/// Nodes of every kind; the first one is a store, so that a hub is one.
fn node(at: usize, random: &mut Random) -> Node {
    let mut node = agent();
    let mut one_in = |bound| random.below(bound) == 0;
    let (general, untrusted, rare) = (one_in(4), one_in(3), one_in(8));
    match if at == 0 { 0 } else { random.below(20) } {
        0 | 1 => (node.kind, node.declared_kind, node.persists) = (NodeKind::Store, Some("memory"), true),
        2 => node.kind = NodeKind::Session,
        3 | 4 => node.isolation = Isolation::PerCall,
        5 => (node.kind, node.isolation, node.egress) = (NodeKind::Tool, Isolation::PerCall, true),
        6 => (node.kind, node.general, node.untrusted) = (NodeKind::Tool, general, untrusted),
        7 => (node.kind, node.declared_kind, node.relays) = (NodeKind::Principal, Some("human"), false),
        8 if rare => {
            (node.kind, node.declared_kind, node.relays) = (NodeKind::Principal, Some("iam-role"), false)
        }
        9 if rare => (node.kind, node.relays) = (NodeKind::Credential, false),
        _ => {}
    }
    node
}

/// Lets each credential open a tool or an agent.
fn open(nodes: &mut [Node], random: &mut Random) {
    let opened = |node: &Node| matches!(node.kind, NodeKind::Agent | NodeKind::Tool);
    let targets: Vec<usize> = (0..nodes.len()).filter(|at| opened(&nodes[*at])).collect();
    for key in nodes.iter_mut().filter(|node| node.kind == NodeKind::Credential) {
        key.opens = vec![NodeId::new(targets[random.below(targets.len())])];
    }
}

/// An edge that lets content flow from one node to another, by whichever of the two acts; nothing where neither can.
fn carry(nodes: &[Node], from: usize, to: usize, random: &mut Random) -> Option<Edge> {
    let (giver, taker) = (&nodes[from], &nodes[to]);
    let on = |verb: Verb, target: &Node| {
        let says_how = target.kind != NodeKind::Principal || target.declared_kind.is_some();
        verb.applies_to(target.kind) && (verb != Verb::Invoke || says_how)
    };
    let pushes = [Verb::Write, Verb::Invoke].into_iter().filter(|verb| giver.kind.acts() && on(*verb, taker));
    let pulls = [Verb::Read, Verb::Observe].into_iter().filter(|verb| taker.kind.acts() && on(*verb, giver));
    let pushes = pushes.map(|verb| (from, verb, to));
    let possible: Vec<(usize, Verb, usize)> = pushes.chain(pulls.map(|verb| (to, verb, from))).collect();
    let &(actor, verb, target) = possible.get(random.below(possible.len().max(1)))?;
    let mut edge = edge(actor, verb, target);
    let moves_content =
        nodes[target].kind != NodeKind::Credential && nodes[target].declared_kind != Some("iam-role");
    if verb == Verb::Invoke && (!moves_content || random.below(2) == 0) {
        edge.result = None;
    }
    if random.below(3) == 0 {
        edge.guards = Box::new([GuardId::new(random.below(3))]);
    }
    Some(edge)
}
