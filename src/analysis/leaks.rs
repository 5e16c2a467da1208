//! What private content can leave, by whom, and which way: the lethal trifecta over the closure (`docs/semantics.md`, section 6, toxic
//! flow and what leaves).
//!
//! An attacker's influence and private content meet in a node that acts, and what that node holds then comes to a way out. They meet
//! where both come to the node inside of a call and one of them to what it brings along: two callers of a node that starts afresh for
//! each of them do not meet in it.
//!
//! Nothing is enumerated. For some content three searches answer for all ways out at once: from the attacker, from the content, and on
//! from every place where the two meet, at what it costs them to meet there. A worked example (the test below): `desk` reads `mail` and
//! `ledger`, and has `mailer` send what a person approves.
//!
//! ```text
//! influence of mail       own(desk) 0 guards
//! content of ledger       own(desk) 0 guards                   they meet in desk for 0
//! content of desk         call(mailer) 1 guard                 ledger leaves by mailer for 0 + 1
//! ```

use rayon::prelude::*;

use super::two_nearest::{Near, TwoNearest};
use super::witness::{Path, Witness, WitnessInto};
use crate::graph::{
    CapabilityGraph, Cost, Direction, DoorSide, EdgeId, FewestGuards, FlowGraph, FlowNode, Search, Step,
    Tried,
};
use crate::model::{Leg, Node, NodeId, NodeKind, Plane, Spec};

/// Some content that can leave by a way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leak {
    /// Whose content.
    pub content: NodeId,
    /// By which way out.
    pub by: NodeId,
    /// Where it meets the attackers, where that was asked.
    pub meets_in: Option<NodeId>,
    /// What it costs at least: the three paths together.
    pub cost: Cost,
}

/// The paths of a leak.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LeakPaths {
    /// The attacker.
    pub attacker: NodeId,
    /// Where its influence and the content meet.
    pub meet_in: NodeId,
    /// How the attacker's influence comes there; `None` where it is there.
    pub steers: Option<Path>,
    /// How the content comes there; `None` where it is there.
    pub tells: Option<Path>,
    /// How it leaves; `None` where the way out is where they meet.
    pub leaves: Option<Path>,
}

/// Where content can leave the topology, in node order: sinks, tools that let out what they are given, and whatever strangers control,
/// but for tools that say `egress: false`.
#[must_use]
pub fn ways_out(spec: &Spec) -> Vec<NodeId> {
    let lets_out = |node: &Node| {
        let says_not = node.kind == NodeKind::Tool && node.declared.flag("egress") == Some(false);
        node.kind == NodeKind::Sink || node.egress || (node.untrusted && !says_not)
    };
    spec.node_ids().filter(|id| lets_out(spec.node(*id))).collect()
}

/// Where content has left that comes there.
fn out_door(spec: &Spec, flows: &FlowGraph, way_out: NodeId) -> FlowNode {
    match spec.node(way_out) {
        // Strangers learn whatever comes to what is theirs. What a tool reads itself it does not let out.
        node if node.untrusted || node.kind != NodeKind::Tool => flows.reached(way_out),
        _ => flows.call(way_out),
    }
}

/// All that can leave because of some attackers, or because one node is held.
#[derive(Debug)]
pub struct Leaks<'g> {
    graph: &'g CapabilityGraph,
    attackers: Vec<NodeId>,
    steered: Witness<'g>,
    /// Nodes that act and are held: content meets their holder at any of their doors, whether they relay or not.
    held: Vec<NodeId>,
    ways_out: Vec<NodeId>,
}

/// Where some content comes, in a graph that is without the calls that carry it nowhere.
#[derive(Clone, Copy)]
struct Spread<'s> {
    graph: &'s CapabilityGraph,
    steered: &'s Witness<'s>,
    told: &'s Witness<'s>,
    /// From where it meets the attackers to everything it comes to then.
    onwards: &'s Witness<'s>,
}

/// Whether content that comes to a way out has not left by it.
fn is_its_own(spec: &Spec, content: NodeId, way_out: NodeId) -> bool {
    // A secret is used by the service that it opens, not leaked to it.
    let is_service = spec.node(way_out).kind == NodeKind::Tool && spec.node(content).opens.contains(&way_out);
    content == way_out || is_service
}

impl<'g> Leaks<'g> {
    /// What can leave because strangers, or other attackers, steer who sees it.
    #[must_use]
    pub fn by_attackers(graph: &'g CapabilityGraph, attackers: &[NodeId]) -> Self {
        let steered = Witness::from_starts(graph, Plane::Influence, attackers);
        Self {
            graph,
            attackers: attackers.to_vec(),
            steered,
            held: Vec::new(),
            ways_out: ways_out(graph.spec()),
        }
    }

    /// What can leave when some nodes are held.
    #[must_use]
    pub fn when_held(graph: &'g CapabilityGraph, nodes: &[NodeId]) -> Self {
        let acting = nodes.iter().copied().filter(|node| graph.spec().node(*node).kind.acts());
        Self { held: acting.collect(), ..Self::by_attackers(graph, nodes) }
    }

    /// Where content can leave, in node order.
    #[must_use]
    pub fn ways_out(&self) -> &[NodeId] {
        &self.ways_out
    }

    /// Of some contents, all that leaves: by way out and then by content, both in node order, each at its least cost.
    #[must_use]
    pub fn of(&self, contents: &[NodeId]) -> Vec<Leak> {
        let (plain, special): (Vec<NodeId>, Vec<NodeId>) =
            contents.iter().copied().partition(|content| self.is_plain(*content));
        let mut leaks: Vec<Leak> =
            special.par_iter().flat_map_iter(|content| self.of_content(*content)).collect();
        leaks.extend(self.of_plain(&plain));
        leaks.sort_unstable_by_key(|leak| (leak.by, leak.content));
        leaks
    }

    /// The least cost at which any of some contents leaves by a way out; `None` where none does.
    #[must_use]
    pub fn least(&self, by: NodeId, contents: &[NodeId]) -> Option<Cost> {
        let (plain, special): (Vec<NodeId>, Vec<NodeId>) =
            contents.iter().copied().partition(|content| self.is_plain(*content));
        let of_plain = self.into(&[by], &plain).into_iter().map(|(_, cost)| cost);
        let special = special.iter().flat_map(|content| self.of_content(*content));
        of_plain.chain(special.filter(|leak| leak.by == by).map(|leak| leak.cost)).min()
    }

    /// How many guards stand before the first of some contents that leaves by a way out, where one leg moves nothing and guards alone are
    /// counted; `None` where none leaves. `enough` guards or fewer are as good as any.
    #[must_use]
    pub(crate) fn guards_without(
        &self,
        leg: (EdgeId, Leg),
        by: NodeId,
        contents: &[NodeId],
        enough: u32,
    ) -> Option<u32> {
        let start = |content| self.graph.flows().start(Plane::Exposure, content);
        // As if all were alike: what is special has at least as many guards before it.
        let all = self.told_without(Tried::without(leg), &self.attackers, by);
        let mut at_least: Vec<(u32, bool, NodeId)> = contents
            .iter()
            .filter_map(|content| Some((all.to(start(*content))?, !self.is_plain(*content), *content)))
            .collect();
        at_least.sort_unstable();
        let mut best: Option<u32> = None;
        for (guards, is_special, content) in at_least {
            if best.is_some_and(|best| best <= guards.max(enough)) {
                break;
            }
            let found = if is_special { self.special_without(leg, by, content) } else { Some(guards) };
            best = best.into_iter().chain(found).min();
        }
        best
    }

    /// Which attackers have any of some contents leave by a way out, each with the fewest guards on its way: the fewest first, then in node
    /// order. A secret goes wherever its flows lead here.
    #[must_use]
    pub(crate) fn attackers_by(&self, by: NodeId, contents: &[NodeId]) -> Vec<(u32, NodeId)> {
        let (flows, spec) = (self.graph.flows(), self.graph.spec());
        let searched = |plane, direction, doors: Vec<(FlowNode, u32)>| {
            let mut search = FewestGuards::new(self.graph);
            search.run(plane, direction, doors, Tried::default());
            search
        };
        let starts = contents.iter().map(|content| (flows.start(Plane::Exposure, *content), 0)).collect();
        let told = searched(Plane::Exposure, Direction::Forward, starts);
        let out = searched(Plane::Exposure, Direction::Reverse, vec![(out_door(spec, flows, by), 0)]);
        let places = self.meeting_places().flat_map(|node| {
            let (own, call) = (flows.own(node), flows.call(node));
            [(own, call), (call, own)]
        });
        let places = places.filter_map(|(content, influence)| {
            Some((influence, told.to(content)?.saturating_add(out.to(content)?)))
        });
        let steered = searched(Plane::Influence, Direction::Reverse, places.collect());
        let guards = |node: &NodeId| Some((steered.to(flows.start(Plane::Influence, *node))?, *node));
        let mut found: Vec<(u32, NodeId)> = self.attackers.iter().filter_map(guards).collect();
        found.sort_unstable();
        found
    }

    /// Of one content that does not go wherever its flows lead.
    fn special_without(&self, leg: (EdgeId, Leg), by: NodeId, content: NodeId) -> Option<u32> {
        if is_its_own(self.graph.spec(), content, by) {
            return None;
        }
        let others: Vec<NodeId> = self.attackers.iter().copied().filter(|node| *node != content).collect();
        let requests = self.services(content);
        let tried = Tried::without(leg).without_requests(&requests);
        self.told_without(tried, &others, by).to(self.graph.flows().start(Plane::Exposure, content))
    }

    /// How many guards stand between any content and a way out, where it meets some attackers before.
    fn told_without(&self, tried: Tried<'_>, attackers: &[NodeId], by: NodeId) -> FewestGuards<'g> {
        let (flows, spec) = (self.graph.flows(), self.graph.spec());
        let searched = |plane, direction, doors: Vec<(FlowNode, u32)>, tried| {
            let mut search = FewestGuards::new(self.graph);
            search.run(plane, direction, doors, tried);
            search
        };
        let starts = attackers.iter().map(|node| (flows.start(Plane::Influence, *node), 0)).collect();
        // What carries a secret nowhere carries what steers all the same.
        let whole = tried.without_requests(&[]);
        let steered = searched(Plane::Influence, Direction::Forward, starts, whole);
        let door = out_door(spec, flows, by);
        let out = searched(Plane::Exposure, Direction::Reverse, vec![(door, 0)], tried);
        let places = self.meeting_places().flat_map(|node| {
            let (own, call) = (flows.own(node), flows.call(node));
            [(own, steered.to(call)), (call, steered.to(own))]
        });
        let places = places.filter_map(|(door, before)| Some((door, before?.saturating_add(out.to(door)?))));
        searched(Plane::Exposure, Direction::Reverse, places.collect(), tried)
    }

    /// Of every node but the attackers whose content leaves at all: by which way out at the least cost, in node order.
    #[must_use]
    pub fn cheapest(&self) -> Vec<Leak> {
        let (flows, spec) = (self.graph.flows(), self.graph.spec());
        let doors = self
            .ways_out
            .iter()
            .map(|by| (out_door(spec, flows, *by), Near { cost: Cost::ZERO, goal: *by, via: *by }));
        let out = TwoNearest::of(flows, Plane::Exposure, doors);
        let mut places: Vec<(FlowNode, Near)> = Vec::new();
        for (place, arrives, before) in self.crossings() {
            let via = flows.node(place);
            places
                .extend(out.at(place).map(|near| (arrives, Near { cost: before + near.cost, via, ..near })));
        }
        let found = TwoNearest::of(flows, Plane::Exposure, places);
        let contents = spec.node_ids().filter(|node| !self.attackers.contains(node));
        let (secrets, others): (Vec<NodeId>, Vec<NodeId>) =
            contents.partition(|node| !spec.node(*node).opens.is_empty());
        let nearest = |content: &NodeId| {
            let near = found.but(flows.start(Plane::Exposure, *content), *content)?;
            Some(Leak { content: *content, by: near.goal, meets_in: Some(near.via), cost: near.cost })
        };
        let mut leaks: Vec<Leak> = others.iter().filter_map(nearest).collect();
        leaks.par_extend(secrets.par_iter().filter_map(|content| {
            self.of_content(*content).into_iter().min_by_key(|leak| (leak.cost, leak.by))
        }));
        leaks.sort_unstable_by_key(|leak| leak.content);
        leaks
    }

    /// Whether content goes wherever its flows lead: it is neither an attacker's, nor that of a way out, nor a secret, which some ways do
    /// not count for.
    fn is_plain(&self, content: NodeId) -> bool {
        !self.attackers.contains(&content)
            && self.ways_out.binary_search(&content).is_err()
            && self.graph.spec().node(content).opens.is_empty()
    }

    /// The ways out of contents that are alike.
    fn of_plain(&self, contents: &[NodeId]) -> Vec<Leak> {
        let told = Witness::from_starts(self.graph, Plane::Exposure, contents);
        let onwards = self.onwards(self.graph, &self.steered, &told);
        let door = |way_out: &NodeId| out_door(self.graph.spec(), self.graph.flows(), *way_out);
        let reached =
            |way_out: &NodeId| onwards.as_ref().is_some_and(|all| all.cost_at(door(way_out)).is_some());
        let reached: Vec<NodeId> = self.ways_out.iter().copied().filter(reached).collect();
        if contents.len() < reached.len() {
            return contents.par_iter().flat_map_iter(|content| self.of_content(*content)).collect();
        }
        let by_way_out = reached.par_iter().flat_map_iter(|by| {
            let found = self.into(&[*by], contents);
            found.into_iter().map(|(content, cost)| Leak { content, by: *by, meets_in: None, cost })
        });
        by_way_out.collect()
    }

    /// Which of some contents that are alike leave by any of some ways out: backwards from these to where they would meet the attackers,
    /// and from there.
    fn into(&self, ways_out: &[NodeId], contents: &[NodeId]) -> Vec<(NodeId, Cost)> {
        let (flows, spec) = (self.graph.flows(), self.graph.spec());
        let backwards = |doors: Vec<(FlowNode, Cost)>| {
            let mut search = Search::new(flows);
            search.run(flows, Plane::Exposure, Direction::Reverse, doors);
            search
        };
        let out = backwards(ways_out.iter().map(|by| (out_door(spec, flows, *by), Cost::ZERO)).collect());
        let crossings = self.crossings().into_iter();
        let doors =
            crossings.filter_map(|(place, arrives, before)| Some((arrives, before + out.cost(place)?)));
        let doors: Vec<(FlowNode, Cost)> = doors.collect();
        let found = backwards(doors);
        let cost = |content: &NodeId| found.cost(flows.start(Plane::Exposure, *content));
        contents.iter().filter_map(|content| Some((*content, cost(content)?))).collect()
    }

    /// The ways out of one content.
    fn of_content(&self, content: NodeId) -> Vec<Leak> {
        let leaks = self.with_spread(content, |spread| {
            let (spec, flows) = (self.graph.spec(), spread.graph.flows());
            let leak = |by: &NodeId| {
                let cost = spread.onwards.cost_at(out_door(spec, flows, *by))?;
                (!is_its_own(spec, content, *by)).then_some(Leak { content, by: *by, meets_in: None, cost })
            };
            self.ways_out.iter().filter_map(leak).collect()
        });
        leaks.unwrap_or_default()
    }

    /// The paths of a leak. Where several nodes are as bad to meet in, an agent is named: it is what is talked round.
    #[must_use]
    pub fn paths(&self, leak: &Leak) -> Option<LeakPaths> {
        self.with_spread(leak.content, |spread| {
            let Spread { graph, steered, told, .. } = *spread;
            let (spec, flows) = (graph.spec(), graph.flows());
            let out = WitnessInto::into_doors(graph, Plane::Exposure, [out_door(spec, flows, leak.by)]);
            let whole = |(door, cost): &(FlowNode, Cost)| Some((*cost + out.cost_from_door(*door)?, *door));
            let rank = |(cost, door): &(Cost, FlowNode)| {
                let node = flows.node(*door);
                (cost.guards, spec.node(node).kind != NodeKind::Agent, *cost, *door)
            };
            let places = self.places(graph, steered, told);
            let (_, door) = places.iter().filter_map(whole).min_by_key(rank)?;
            let meet_in = flows.node(door);
            let (steers, tells) = if self.held.contains(&meet_in) {
                (None, told.path_to(meet_in))
            } else if door == flows.own(meet_in) {
                (steered.path_to_door(flows.call(meet_in)), told.path_to_own(meet_in))
            } else {
                (steered.path_to_own(meet_in), told.path_to_door(flows.call(meet_in)))
            };
            let attacker = steers.as_ref().map_or(meet_in, |path| path.from);
            Some(LeakPaths { attacker, meet_in, steers, tells, leaves: out.path_from_door(door) })
        })?
    }

    /// Where the content of a node comes, and where it comes on from where it meets the attackers; `None` where they do not meet.
    fn with_spread<T>(&self, content: NodeId, then: impl FnOnce(&Spread<'_>) -> T) -> Option<T> {
        // Whose content it is has it already, and steers nobody into telling it.
        let others: Vec<NodeId> = self.attackers.iter().copied().filter(|node| *node != content).collect();
        let steered_by_others = (others.len() < self.attackers.len())
            .then(|| Witness::from_starts(self.graph, Plane::Influence, &others));
        let steered = steered_by_others.as_ref().unwrap_or(&self.steered);
        let told = Witness::from_starts(self.graph, Plane::Exposure, &[content]);
        let onwards = self.onwards(self.graph, steered, &told)?;
        let services = self.services(content);
        if services.is_empty() {
            return Some(then(&Spread { graph: self.graph, steered, told: &told, onwards: &onwards }));
        }
        let graph = self.graph.without_requests(&services);
        let told = Witness::from_starts(&graph, Plane::Exposure, &[content]);
        let onwards = self.onwards(&graph, steered, &told)?;
        Some(then(&Spread { graph: &graph, steered, told: &told, onwards: &onwards }))
    }

    /// The tools that a secret opens and that would carry on what they are given, or are held: calls of them carry it nowhere.
    fn services(&self, content: NodeId) -> Vec<NodeId> {
        let (flows, spec) = (self.graph.flows(), self.graph.spec());
        let carries_on = |node: &NodeId| {
            let call = flows.call(*node);
            let mut arcs = flows.arcs_at(Plane::Exposure, Direction::Forward, call);
            let goes_on = self.held.contains(node) || arcs.any(|arc| arc.step != Step::Free);
            spec.node(*node).kind == NodeKind::Tool && goes_on
        };
        spec.node(content).opens.iter().copied().filter(carries_on).collect()
    }

    /// Every place where content can meet the attackers: where it goes on from then, where it has to arrive for that, and what it costs
    /// the attackers to be there.
    fn crossings(&self) -> Vec<(FlowNode, FlowNode, Cost)> {
        let flows = self.graph.flows();
        let mut crossings = Vec::new();
        for node in self.meeting_places() {
            let (own, call) = (flows.own(node), flows.call(node));
            crossings.extend(self.steered.cost_at(call).map(|cost| (own, own, cost)));
            crossings.extend(self.steered.cost_at(own).map(|cost| (call, call, cost)));
        }
        let held = self
            .held
            .iter()
            .map(|held| (flows.side(*held, DoorSide::Start), flows.reached(*held), Cost::ZERO));
        crossings.extend(held);
        crossings
    }

    /// From every place where influence and content meet to all that it comes to then.
    fn onwards<'s>(
        &self,
        graph: &'s CapabilityGraph,
        steered: &Witness<'_>,
        told: &Witness<'_>,
    ) -> Option<Witness<'s>> {
        let places = self.places(graph, steered, told);
        (!places.is_empty()).then(|| Witness::from_doors(graph, Plane::Exposure, places))
    }

    /// Where influence and content meet and go on from, each with what it costs both to be there.
    fn places(
        &self,
        graph: &CapabilityGraph,
        steered: &Witness<'_>,
        told: &Witness<'_>,
    ) -> Vec<(FlowNode, Cost)> {
        let flows = graph.flows();
        let both = |one: Option<Cost>, other: Option<Cost>| Some(one? + other?);
        let mut places: Vec<(FlowNode, Cost)> = Vec::new();
        for node in self.meeting_places() {
            let (own, call) = (flows.own(node), flows.call(node));
            let by_own = both(steered.cost_at(call), told.cost_at(own));
            let by_call = both(steered.cost_at(own), told.cost_at(call));
            places.extend(by_own.map(|cost| (own, cost)));
            places.extend(by_call.map(|cost| (call, cost)));
        }
        for held in &self.held {
            places.extend(told.cost_to(*held).map(|cost| (flows.side(*held, DoorSide::Start), cost)));
        }
        places
    }

    /// Whoever acts and relays. One that is held is no place to meet in: its holder has all that comes to it.
    fn meeting_places(&self) -> impl Iterator<Item = NodeId> + '_ {
        let spec = self.graph.spec();
        let meets = |node: &Node| node.kind.acts() && node.relays;
        spec.node_ids().filter(move |id| meets(spec.node(*id)) && !self.held.contains(id))
    }
}
