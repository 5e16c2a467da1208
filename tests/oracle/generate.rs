//! Random valid specs, as YAML.
//!
//! A strategy makes a *plan*: lists of small numbers in which anything goes. `render` turns a plan into a
//! spec and leaves out what would not be valid, so a plan that shrinks stays a valid spec.

use std::ops::{Range, RangeInclusive};

use proptest::collection::vec;
use proptest::prelude::*;

use super::render;

/// What a spec is rendered from. Every number is taken modulo what it chooses from.
#[derive(Clone, Debug)]
pub struct Plan {
    pub shape: Shape,
    pub zones: u8,
    /// Do the zones have trust numbers?
    pub trust: bool,
    /// Guards that the spec declares: which one, what it stops, and what else is said of it.
    pub guards: Vec<(u8, u8, u8)>,
    /// Sort keys of the top-level sections.
    pub order: Vec<u8>,
    pub nodes: Vec<NodePlan>,
    pub edges: Vec<EdgePlan>,
}

/// Flows laid down before the random edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Free,
    Chain,
    Cycle,
    Star,
    Diamond,
    /// A chain that begins at a secret.
    Leak,
    /// A chain through a memory that is kept apart, its callers on both sides.
    Threads,
    /// A chain through tools that read and write.
    Tools,
}

/// A node; `picks` become a session's members or what a credential opens.
#[derive(Clone, Debug)]
pub struct NodePlan {
    pub kind: u8,
    pub declared: u8,
    pub name: u8,
    pub zone: u8,
    pub tags: u8,
    pub isolation: u8,
    pub relays: u8,
    pub persists: u8,
    pub partitioned: u8,
    /// Two bits each for `untrusted`, `egress` and `general`.
    pub outside: u8,
    /// What has no flow of its own: sensitivity, critical, description.
    pub carried: u8,
    pub picks: Vec<(u8, u8)>,
    /// In which order and style the node is written down.
    pub layout: u8,
}

/// One item of a verb.
#[derive(Clone, Debug)]
pub struct EdgePlan {
    pub from: u8,
    pub verb: u8,
    /// Which sort of target to prefer, so that credentials, roles and general tools are met often.
    pub aim: u8,
    pub target: u8,
    /// By name or by which selector.
    pub select: u8,
    pub guards: Vec<u8>,
    pub returns: u8,
    pub return_guards: Vec<u8>,
    /// `as`, `logged`, `note`, and one name or a list.
    pub form: u8,
}

/// Valid specs with every construct of the semantics, of one to fourteen nodes.
pub fn spec() -> BoxedStrategy<String> {
    plan().prop_map(|plan| render::spec(&plan)).boxed()
}

/// Larger specs where authority spreads: a third credentials and roles, every second tool a general one, much invoked and
/// read.
pub fn secrets() -> BoxedStrategy<String> {
    let plans = plan_of(6..=24, 8..64).prop_map(|mut plan| {
        for node in &mut plan.nodes {
            node.kind = AUTHORITY[usize::from(node.kind) % AUTHORITY.len()];
        }
        for edge in &mut plan.edges {
            edge.verb = [0, 1, 1, 2, 2, 2, 3][usize::from(edge.form) % 7];
        }
        render::spec(&plan)
    });
    plans.boxed()
}

/// Kinds as [`NodePlan::kind`] counts them: agents, tools, credentials, principals, a store, a source, a sink.
const AUTHORITY: [u8; 16] = [0, 0, 0, 0, 5, 5, 5, 9, 9, 9, 12, 12, 12, 15, 18, 19];

fn plan() -> impl Strategy<Value = Plan> {
    plan_of(1..=14, 0..32)
}

fn plan_of(nodes: RangeInclusive<usize>, edges: Range<usize>) -> impl Strategy<Value = Plan> {
    let header = (shape(), 0..4u8, any::<bool>(), vec((0..8u8, 0..4u8, any::<u8>()), 0..4), vec(0..32u8, 10));
    (header, vec(node(), nodes), vec(edge(), edges)).prop_map(
        |((shape, zones, trust, guards, order), nodes, edges)| Plan {
            shape,
            zones,
            trust,
            guards,
            order,
            nodes,
            edges,
        },
    )
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        6 => Just(Shape::Free),
        1 => Just(Shape::Chain),
        1 => Just(Shape::Cycle),
        1 => Just(Shape::Star),
        1 => Just(Shape::Diamond),
        2 => Just(Shape::Leak),
        2 => Just(Shape::Threads),
        2 => Just(Shape::Tools),
    ]
}

fn node() -> impl Strategy<Value = NodePlan> {
    let what = (0..32u8, 0..32u8, 0..8u8, 0..6u8, 0..8u8);
    let flags = (0..3u8, 0..4u8, 0..4u8, 0..3u8, 0..64u8, 0..32u8);
    (what, flags, vec((0..32u8, 0..12u8), 0..5), any::<u8>()).prop_map(|(what, flags, picks, layout)| {
        let (kind, declared, name, zone, tags) = what;
        let (isolation, relays, persists, partitioned, outside, carried) = flags;
        NodePlan {
            kind,
            declared,
            name,
            zone,
            tags,
            isolation,
            relays,
            persists,
            partitioned,
            outside,
            carried,
            picks,
            layout,
        }
    })
}

fn edge() -> impl Strategy<Value = EdgePlan> {
    let what = (0..32u8, 0..4u8, 0..12u8, 0..32u8, 0..12u8);
    // Most hand-overs are unguarded, in life as here.
    let guards = || prop_oneof![3 => Just(Vec::new()), 2 => vec(0..8u8, 1..4)];
    (what, guards(), 0..6u8, guards(), 0..64u8).prop_map(|(what, guards, returns, return_guards, form)| {
        let (from, verb, aim, target, select) = what;
        EdgePlan { from, verb, aim, target, select, guards, returns, return_guards, form }
    })
}
