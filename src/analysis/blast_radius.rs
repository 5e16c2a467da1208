//! What an attacker gets who holds one node, or several: the blast radius.

use std::sync::OnceLock;

use super::acts::BestMeans;
use super::cost::Found;
use super::leaks::{Leak, LeakPaths, Leaks};
use super::witness::{Path, Witness, WitnessInto};
use crate::graph::{CapabilityGraph, Cost, EdgeId, FlowNode};
use crate::model::{NodeId, NodeKind, Plane, Spec, Verb};

/// A node that is in the blast radius, with the cost of its best path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reached {
    /// The node.
    pub node: NodeId,
    /// The best path's cost.
    pub cost: Cost,
}

/// A verb that the attacker gains: none of the compromised nodes declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gain {
    /// The verb.
    pub verb: Verb,
    /// On whom.
    pub to: NodeId,
    /// Guards that have to fail, with sessions and hops to the actor.
    pub cost: Cost,
    /// The edge that is used; its actor is steered (or held).
    pub edge: EdgeId,
}

/// A credential that comes within reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Secret {
    /// The credential.
    pub node: NodeId,
    /// What it costs to learn it.
    pub learn: Option<Cost>,
    /// How to have it used by somebody who holds it or may use it.
    pub used: Option<Gain>,
}

/// A count of distinct nodes of a kind, with its denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// The kind.
    pub kind: NodeKind,
    /// How many of them.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}

/// The blast radius of some nodes that are compromised at once.
#[derive(Debug)]
#[non_exhaustive]
pub struct BlastRadius<'g> {
    /// The graph.
    pub graph: &'g CapabilityGraph,
    /// The compromised nodes, in node order.
    pub starts: Vec<NodeId>,
    /// How many guards may fail for a node to count.
    pub max_guards: u32,
    /// What is influenced, by hops, then in node order.
    pub influenced: Vec<Reached>,
    /// What is influenced only if more guards fail, by guards, hops, node order.
    pub influenced_guarded: Vec<Reached>,
    /// Persistent stores that are influenced: they keep the attack alive after the starts are cleaned up.
    pub footholds: Vec<Reached>,
    /// What is infected again later from the footholds alone, by hops, then in node order; its guards include those that
    /// stand before the foothold. The starts can be among it, the footholds are not counted.
    pub residual: Vec<Reached>,
    /// Whose content can come to the starts, by hops, then in node order.
    pub exposed: Vec<Reached>,
    /// Whose content can come only if more guards fail.
    pub exposed_guarded: Vec<Reached>,
    /// Verbs gained, by target in node order, then verb.
    pub gained: Vec<Gain>,
    /// Verbs gained only if more guards fail.
    pub gained_guarded: Vec<Gain>,
    /// Credentials that can be used or learned.
    pub secrets: Vec<Secret>,
    /// Sinks that are reached.
    pub sinks: Vec<Reached>,
    /// The trust of the least trusted start that is ranked.
    least_trust: Option<i64>,
    forward: Witness<'g>,
    backward: WitnessInto<'g>,
    later: Witness<'g>,
    leaving: OnceLock<Leaving<'g>>,
}

/// What leaves when the starts are held: the content of every other node that can get out, private content first, then past how few
/// guards, by the nearest way out.
#[derive(Debug)]
#[non_exhaustive]
pub struct Leaving<'g> {
    /// Within the limit on guards.
    pub leaks: Vec<Leak>,
    /// Only if more guards fail.
    pub guarded: Vec<Leak>,
    all: Leaks<'g>,
}

impl<'g> Leaving<'g> {
    fn of(graph: &'g CapabilityGraph, starts: &[NodeId], max_guards: u32) -> Self {
        let all = Leaks::when_held(graph, starts);
        let mut leaks = all.cheapest();
        let is_private = |leak: &Leak| graph.spec().node(leak.content).is_private();
        leaks.sort_by_key(|leak| (!is_private(leak), leak.cost.guards, leak.content));
        let (leaks, guarded) = leaks.into_iter().partition(|leak| leak.cost.guards <= max_guards);
        Self { leaks, guarded, all }
    }

    /// How it leaves: from whose content it is by way of where the attacker meets it, as one path; `None` where it is there already.
    #[must_use]
    pub fn path(&self, leak: &Leak) -> Option<Path> {
        let LeakPaths { tells, leaves, .. } = self.all.paths(leak)?;
        let Some(mut path) = tells else { return leaves };
        if let Some(leaves) = leaves {
            path.hops.extend(leaves.hops);
            (path.to, path.cost) = (leaves.to, path.cost + leaves.cost);
        }
        Some(path)
    }

    /// Where the attacker meets it.
    #[must_use]
    pub fn meets_in(&self, leak: &Leak) -> Option<NodeId> {
        leak.meets_in.or_else(|| self.all.paths(leak).map(|paths| paths.meet_in))
    }

    /// Whether there are so few that each is shown with its path, and with how many other ways there are.
    #[must_use]
    pub fn are_few(&self) -> bool {
        const FEW: usize = 100;
        self.leaks.len() + self.guarded.len() <= FEW
    }

    /// By how many other ways out it can leave.
    #[must_use]
    pub fn other_ways(&self, leak: &Leak) -> usize {
        self.all.of(&[leak.content]).len().saturating_sub(1)
    }
}

impl<'g> BlastRadius<'g> {
    /// Computes the blast radius of some nodes.
    #[must_use]
    pub fn compute(graph: &'g CapabilityGraph, starts: &[NodeId], max_guards: u32) -> Self {
        let mut starts = starts.to_vec();
        starts.sort_unstable();
        starts.dedup();
        let least_trust = starts.iter().filter_map(|start| graph.spec().trust(*start)).min();
        let forwards = || {
            let forward = Witness::from_starts(graph, Plane::Influence, &starts);
            let found = split(forward.found(), &starts, max_guards);
            (forward, found)
        };
        let backwards = || {
            let backward = WitnessInto::into_targets(graph, Plane::Exposure, &starts);
            let found = split(backward.found(), &starts, max_guards);
            (backward, found)
        };
        let ((forward, found), (backward, learned)) = both(graph, forwards, backwards);
        let ((influenced, influenced_guarded), (exposed, exposed_guarded)) = (found, learned);
        let flows = graph.flows();
        let those = |of: &dyn Fn(NodeId) -> bool| -> Vec<Reached> {
            influenced.iter().copied().filter(|found| of(found.node)).collect()
        };
        let sinks = those(&|node| flows.is_sink(node));
        let footholds = those(&|node| flows.is_persistent(node));
        // A foothold starts at the doors at which it was reached, each past the guards that stand before it.
        let doors = footholds.iter().flat_map(|found| flows.doors(found.node));
        let poisoned: Vec<(FlowNode, Cost)> = doors
            .filter_map(|door| Some((door, forward.cost_at(door)?.guards)))
            .filter(|(_, guards)| *guards <= max_guards)
            .map(|(door, guards)| (door, Cost { guards, ..Cost::ZERO }))
            .collect();
        let later = || {
            let later = Witness::from_doors(graph, Plane::Influence, poisoned.iter().copied());
            let mut cleaned = nodes(&footholds);
            cleaned.sort_unstable();
            let (residual, _) = split(later.found(), &cleaned, max_guards);
            (later, residual)
        };
        let gaining = || {
            let means = BestMeans::find(graph, &forward);
            let gains = gains(graph, &starts, &means, max_guards);
            (means, gains)
        };
        let ((later, residual), (means, (gained, gained_guarded))) = both(graph, later, gaining);
        let secrets = secrets(graph, &starts, backward.found(), &means, max_guards);
        Self {
            graph,
            starts,
            max_guards,
            influenced,
            influenced_guarded,
            footholds,
            residual,
            exposed,
            exposed_guarded,
            gained,
            gained_guarded,
            secrets,
            sinks,
            least_trust,
            forward,
            backward,
            later,
            leaving: OnceLock::new(),
        }
    }

    /// What leaves: found when it is asked for first.
    #[must_use]
    pub fn leaving(&self) -> &Leaving<'g> {
        self.leaving.get_or_init(|| Leaving::of(self.graph, &self.starts, self.max_guards))
    }

    /// Whether a node that is influenced is steered, and not merely tainted: it answers with what it was told, or reads it.
    #[must_use]
    pub fn is_steered(&self, node: NodeId) -> bool {
        let within = |cost: Cost| cost.guards <= self.max_guards;
        self.forward.cost_to_act(node).is_some_and(within)
    }

    /// The best path on which a node is steered.
    #[must_use]
    pub fn steering_path(&self, to: NodeId) -> Option<Path> {
        self.forward.path_to_act(to)
    }

    /// The best path on which a node is influenced.
    #[must_use]
    pub fn influence_path(&self, to: NodeId) -> Option<Path> {
        self.forward.path_to(to)
    }

    /// The best path on which a node is infected again from a foothold.
    #[must_use]
    pub fn residual_path(&self, to: NodeId) -> Option<Path> {
        self.later.path_to(to)
    }

    /// The best path on which a node's content comes to a start.
    #[must_use]
    pub fn exposure_path(&self, from: NodeId) -> Option<Path> {
        self.backward.path_from(from)
    }

    /// Whether a node is one of the compromised ones.
    #[must_use]
    pub fn is_start(&self, id: NodeId) -> bool {
        self.starts.binary_search(&id).is_ok()
    }

    /// Whether a node is in a more trusted zone than one of the compromised ones. Never so for unranked nodes.
    #[must_use]
    pub fn is_escalation(&self, id: NodeId) -> bool {
        self.least_trust.is_some() && self.graph.spec().trust(id) > self.least_trust
    }

    /// How many nodes are influenced, by kind, out of all but the starts.
    #[must_use]
    pub fn influenced_tally(&self) -> Vec<Tally> {
        tally(self.graph.spec(), &self.influenced, &self.starts)
    }

    /// How many nodes are infected again, by kind, out of all but the footholds.
    #[must_use]
    pub fn residual_tally(&self) -> Vec<Tally> {
        tally(self.graph.spec(), &self.residual, &nodes(&self.footholds))
    }

    /// From how many nodes content comes to the starts, by kind, out of all but the starts.
    #[must_use]
    pub fn exposed_tally(&self) -> Vec<Tally> {
        tally(self.graph.spec(), &self.exposed, &self.starts)
    }
}

/// From how many flow nodes on two questions are asked at the same time. Below, starting threads takes longer.
const PARALLEL: usize = 50_000;

/// Two answers, at the same time where that pays.
fn both<A: Send, B: Send>(
    graph: &CapabilityGraph,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if graph.flows().len() < PARALLEL { (one(), other()) } else { rayon::join(one, other) }
}

fn nodes(found: &[Reached]) -> Vec<NodeId> {
    found.iter().map(|found| found.node).collect()
}

/// Findings by kind, out of all nodes but some; none of those is among the findings. Kinds that the spec does not use are
/// left out.
fn tally(spec: &Spec, found: &[Reached], except: &[NodeId]) -> Vec<Tally> {
    let count = |nodes: &mut dyn Iterator<Item = NodeKind>| {
        let mut counts = [0_usize; NodeKind::ALL.len()];
        nodes.for_each(|kind| counts[kind as usize] += 1);
        counts
    };
    let all = count(&mut spec.nodes.values().map(|node| node.kind));
    let left_out = count(&mut except.iter().map(|id| spec.node(*id).kind));
    let counted = count(&mut found.iter().map(|found| spec.node(found.node).kind));
    let tally = |kind: &NodeKind| {
        let place = *kind as usize;
        Tally { kind: *kind, count: counted[place], of: all[place] - left_out[place] }
    };
    NodeKind::ALL.iter().map(tally).filter(|tally| tally.of > 0).collect()
}

/// What was found but for some nodes (in node order): those within the limit by hops, and the others by guards first.
fn split(found: Found<'_>, about: &[NodeId], max_guards: u32) -> (Vec<Reached>, Vec<Reached>) {
    let is_within = |cost: &Cost| cost.guards <= max_guards;
    let mut beyond = Vec::new();
    // Hops are small numbers: counted first, every finding is put where it belongs at once.
    let mut next: Vec<usize> = vec![0];
    for (node, cost) in found.but(about) {
        if is_within(&cost) {
            let hops = cost.hops as usize + 1;
            if next.len() <= hops {
                next.resize(hops + 1, 0);
            }
            next[hops] += 1;
        } else {
            beyond.push(Reached { node, cost });
        }
    }
    for hops in 1..next.len() {
        next[hops] += next[hops - 1];
    }
    let nobody = Reached { node: NodeId::new(0), cost: Cost::ZERO };
    let mut within = vec![nobody; next.last().copied().unwrap_or(0)];
    for (node, cost) in found.but(about).filter(|(_, cost)| is_within(cost)) {
        let slot = &mut next[cost.hops as usize];
        within[*slot] = Reached { node, cost };
        *slot += 1;
    }
    // A stable sort: what is equal stays in node order.
    beyond.sort_by_key(|found: &Reached| (found.cost.guards, found.cost.hops));
    (within, beyond)
}

/// The verbs that no start declares itself, within the limit and beyond it.
fn gains(
    graph: &CapabilityGraph,
    starts: &[NodeId],
    means: &BestMeans,
    max_guards: u32,
) -> (Vec<Gain>, Vec<Gain>) {
    let own = starts.iter().flat_map(|start| graph.edges_of(*start)).map(|id| graph.edge(id));
    let declared: std::collections::BTreeSet<(NodeId, Verb)> =
        own.filter(|edge| edge.is_declared()).map(|edge| (edge.to, edge.verb)).collect();
    let gained = means
        .iter()
        .filter(|(to, verb, _)| starts.binary_search(to).is_err() && !declared.contains(&(*to, *verb)))
        .map(|(to, verb, means)| Gain { verb, to, cost: means.cost, edge: means.edge });
    gained.partition(|gain| gain.cost.guards <= max_guards)
}

fn gain(means: &BestMeans, verb: Verb, to: NodeId) -> Option<Gain> {
    means.of(verb, to).map(|means| Gain { verb, to, cost: means.cost, edge: means.edge })
}

/// The credentials that can be learned, or that somebody who is steered reads or uses.
fn secrets(
    graph: &CapabilityGraph,
    starts: &[NodeId],
    exposure: Found<'_>,
    means: &BestMeans,
    max_guards: u32,
) -> Vec<Secret> {
    let flows = graph.flows();
    let credentials = flows.nodes().filter(|id| graph.spec().node(*id).kind == NodeKind::Credential);
    let within = |cost: &Cost| cost.guards <= max_guards;
    let secret = |node: NodeId| {
        let uses = [Verb::Invoke, Verb::Read].into_iter().filter_map(|verb| gain(means, verb, node));
        Secret {
            node,
            learn: exposure.cost(node).filter(within),
            used: uses.filter(|gain| within(&gain.cost)).min_by_key(|gain| (gain.cost, gain.edge)),
        }
    };
    credentials
        .filter(|id| starts.binary_search(id).is_err())
        .map(secret)
        .filter(|secret| secret.learn.is_some() || secret.used.is_some())
        .collect()
}
