//! A place of a surface → its paragraph for the threat model: what flows in, who can read it back, how far it goes, what persists,
//! what revokes it.

use super::context::RuleContext;
use super::rules::{acting, callers, members, readers};
use super::surface::Surface;
use crate::analysis::Witness;
use crate::graph::{CapabilityGraph, Cost};
use crate::model::text::{count, phrase};
use crate::model::{CONTROLS, Edge, NodeId, NodeKind, Piece, Plane, Role, Text, Verb, before_time};

/// What the threat model says of one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// The node.
    pub node: NodeId,
    /// Sentences: what it is, what flows in, who can read it back, what persists, what revokes it.
    pub sentences: Vec<Text>,
}

/// Writes what a threat model says of a place, out of the graph.
pub(super) struct Writer<'g> {
    context: RuleContext<'g>,
    graph: &'g CapabilityGraph,
}

impl<'g> Writer<'g> {
    pub(super) fn new(graph: &'g CapabilityGraph) -> Self {
        Self { context: RuleContext::of(graph), graph }
    }

    /// Where a topology uses a surface, in node order.
    pub(super) fn places(&self, surface: Surface) -> Vec<NodeId> {
        let spec = self.graph.spec();
        let role = |role: Role| -> Vec<NodeId> {
            let edges = spec.edges.iter().filter(|edge| edge.role == Some(role));
            let mut nodes: Vec<NodeId> = edges.map(|edge| edge.to).collect();
            nodes.sort_unstable();
            nodes.dedup();
            nodes
        };
        let those = |is_it: &dyn Fn(NodeId) -> bool| spec.node_ids().filter(|id| is_it(*id)).collect();
        match surface {
            Surface::Memory => {
                those(&|id| spec.node(id).kind == NodeKind::Store && self.graph.flows().is_persistent(id))
            }
            Surface::Sessions => {
                those(&|id| spec.node(id).kind == NodeKind::Session || spec.node(id).is_sandbox())
            }
            Surface::Advisor => role(Role::Advisor),
            Surface::Grader => role(Role::Grader),
            Surface::Webhooks => those(&|id| spec.node(id).is_webhook()),
            Surface::Credentials => those(&|id| spec.node(id).kind == NodeKind::Credential),
            Surface::Principals => those(&|id| spec.node(id).is_assumable()),
        }
    }

    /// What there is to say about one place.
    pub(super) fn paragraph(&self, surface: Surface, node: NodeId) -> Paragraph {
        let mut sentences = match surface {
            Surface::Memory => vec![self.written(node), self.untrusted(node), self.read(node)],
            Surface::Sessions => self.session(node),
            Surface::Advisor | Surface::Grader => self.counsel(surface, node),
            Surface::Webhooks => vec![self.controls(node), self.read(node)],
            Surface::Credentials => self.credential(node),
            Surface::Principals => self.principal(node),
        };
        sentences.push(self.reach(surface, node));
        sentences.push(self.persists(surface, node));
        sentences.push(self.revoked(surface, node));
        sentences.retain(|sentence| !sentence.is_empty());
        Paragraph { node, sentences }
    }

    fn actors(&self, node: NodeId, verbs: &[Verb]) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> =
            acting(&self.context, node, verbs).iter().map(|edge| edge.from).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    fn written(&self, node: NodeId) -> Text {
        match self.actors(node, &[Verb::Write]).as_slice() {
            [] => phrase![node, " is written by nobody that the spec declares"],
            writers => phrase![node, " is written by ", writers],
        }
    }

    fn read(&self, node: NodeId) -> Text {
        let mut nodes: Vec<NodeId> = readers(&self.context, node).iter().map(|edge| edge.from).collect();
        nodes.sort_unstable();
        nodes.dedup();
        match nodes.as_slice() {
            [] => phrase!["nobody reads it"],
            readers => phrase!["it is read by ", readers],
        }
    }

    /// Whether untrusted content comes to it, and past how much.
    fn untrusted(&self, node: NodeId) -> Text {
        match self.context.untrusted_reach().path_to(node) {
            Some(path) => phrase!["untrusted content from ", path.from, " comes to it ", past(path.cost)],
            None => phrase!["no untrusted content comes to it"],
        }
    }

    /// How far what is in it goes.
    fn reach(&self, surface: Surface, node: NodeId) -> Text {
        let spec = self.graph.spec();
        let reach = Witness::from_starts(self.graph, Plane::Influence, &[node]);
        let others = spec.node_ids().filter(|other| *other != node);
        let costs: Vec<(Cost, NodeId)> =
            others.filter_map(|other| Some((reach.cost_to(other)?, other))).collect();
        let open = costs.iter().filter(|(cost, _)| cost.is_open()).count();
        let critical: Vec<NodeId> = costs
            .iter()
            .filter(|(cost, other)| cost.is_open() && spec.node(*other).critical)
            .map(|(_, other)| *other)
            .collect();
        let what = match surface {
            Surface::Principals => "who holds it",
            Surface::Credentials => "who holds the secret itself",
            Surface::Advisor => "its advice",
            Surface::Grader => "its verdict",
            _ => "what is in it",
        };
        let mut sentence = phrase![what, " steers ", count(open, "node"), " with nothing in between"];
        if !critical.is_empty() {
            sentence = sentence.and(", the critical ").and(&critical).and(" among them");
        }
        match costs.len() - open {
            0 => sentence,
            more => sentence.and(phrase![", and ", Piece::Number(more), " more if guards fail"]),
        }
    }

    fn session(&self, node: NodeId) -> Vec<Text> {
        let spec = self.graph.spec();
        if spec.node(node).kind != NodeKind::Session {
            return vec![self.written(node), self.untrusted(node), self.read(node)];
        }
        let shares = if spec.node(node).is_sandbox() { "a sandbox" } else { "its state" };
        let members = members(&self.context, node);
        let first = match members.as_slice() {
            [] => phrase![node, " has no members"],
            members => phrase!["in ", node, " ", members, " share ", shares],
        };
        vec![first, self.untrusted(node)]
    }

    fn counsel(&self, surface: Surface, node: NodeId) -> Vec<Text> {
        let role = if surface == Surface::Advisor { Role::Advisor } else { Role::Grader };
        let edges: Vec<&Edge> =
            self.context.declared_on(node).into_iter().filter(|edge| edge.role == Some(role)).collect();
        let mut who: Vec<NodeId> = edges.iter().map(|edge| edge.from).collect();
        who.sort_unstable();
        who.dedup();
        let does = if surface == Surface::Advisor { " advises " } else { " grades " };
        let silent = edges.iter().filter(|edge| !edge.logged).count();
        let logged = match (silent, edges.len()) {
            (0, _) => phrase!["what it answers is logged"],
            (some, all) if some == all => phrase!["what it answers is not logged"],
            (some, all) => phrase![
                Piece::Number(some),
                " of the ",
                Piece::Number(all),
                " ways in which it answers are not logged"
            ],
        };
        vec![phrase![node, does, &who], self.untrusted(node), logged]
    }

    fn controls(&self, node: NodeId) -> Text {
        let declared = self.graph.spec().node(node);
        let (has, lacks): (Vec<&'static str>, Vec<&'static str>) =
            CONTROLS.iter().copied().partition(|control| declared.has_control(control));
        let list = |controls: Vec<&'static str>| {
            Text::joined(controls.into_iter().map(|control| phrase![control]), ", ")
        };
        let sentence =
            phrase![node, " checks "].and(if has.is_empty() { phrase!["nothing"] } else { list(has) });
        if lacks.is_empty() { sentence } else { sentence.and(" and lacks ").and(list(lacks)) }
    }

    fn credential(&self, node: NodeId) -> Vec<Text> {
        let declared = self.graph.spec().node(node);
        let opens = match declared.opens.as_slice() {
            [] => phrase![node, " opens nothing that is declared"],
            targets => phrase![node, " opens ", targets],
        };
        let held = match (self.actors(node, &[Verb::Read]), self.actors(node, &[Verb::Invoke])) {
            (read, used) if read.is_empty() && used.is_empty() => phrase!["nobody reads or uses it"],
            (read, used) if read.is_empty() => phrase![&used, " can have it used and not read it"],
            (read, used) if used.is_empty() => phrase![&read, " can read the secret itself"],
            (read, used) => phrase![&read, " can read the secret itself, ", &used, " can have it used"],
        };
        let hosts = declared.allowed_hosts();
        let hosts = match hosts {
            [] => phrase!["nothing says where it may be sent"],
            hosts => phrase!["it may be sent to ", Piece::Quoted(hosts.join(", "))],
        };
        vec![opens, held, hosts]
    }

    fn principal(&self, node: NodeId) -> Vec<Text> {
        let declared = self.graph.spec().node(node);
        let callers = callers(&self.context, node);
        let assumed = match callers.as_slice() {
            [] => phrase![node, " is assumed by nobody that the spec declares"],
            callers => phrase![node, " is assumed by ", callers],
        };
        let scope = match declared.workspace() {
            Some(workspace) => {
                phrase![
                    "its scope is the workspace ",
                    Piece::Quoted(workspace.to_owned()),
                    ", and all that is in it"
                ]
            }
            None => match declared.declared.text("scope") {
                Some(scope) => phrase!["its scope is ", Piece::Quoted(scope.to_owned())],
                None => phrase!["nothing says how far it goes"],
            },
        };
        let actions = match declared.actions() {
            [] => phrase!["its actions are not listed"],
            actions => phrase!["it may do ", Piece::Quoted(actions.join(", "))],
        };
        vec![assumed, scope, actions]
    }

    fn persists(&self, surface: Surface, node: NodeId) -> Text {
        let spec = self.graph.spec();
        let declared = spec.node(node);
        match surface {
            Surface::Memory => match declared.retention() {
                Some(time) => {
                    phrase!["it keeps what is written ", before_time(time), Piece::Quoted(time.to_owned())]
                }
                None => phrase!["it keeps what is written, and nothing says how long"],
            },
            Surface::Sessions if self.graph.flows().is_persistent(node) => phrase!["it outlives the session"],
            Surface::Sessions => phrase!["it ends with the session"],
            Surface::Credentials if declared.renews_itself() => {
                phrase![
                    "it renews itself in the background, so that it stays valid until somebody revokes it"
                ]
            }
            Surface::Credentials => match declared.lifetime() {
                Some(time) => phrase!["it is valid ", before_time(time), Piece::Quoted(time.to_owned())],
                None => phrase!["nothing says how long it is valid"],
            },
            Surface::Webhooks | Surface::Advisor | Surface::Grader => self.footholds(node),
            Surface::Principals => Text::default(),
        }
    }

    /// The persistent stores that what is in a node comes to.
    fn footholds(&self, node: NodeId) -> Text {
        let reach = Witness::from_starts(self.graph, Plane::Influence, &[node]);
        let stores = self.context.nodes(NodeKind::Store).filter(|store| {
            self.graph.flows().is_persistent(*store) && reach.cost_to(*store).is_some_and(Cost::is_open)
        });
        match stores.collect::<Vec<NodeId>>().as_slice() {
            [] => phrase!["nothing of it persists with no guard in between"],
            stores => phrase!["it persists in ", stores],
        }
    }

    fn revoked(&self, surface: Surface, node: NodeId) -> Text {
        let declared = self.graph.spec().node(node);
        match (surface, declared.revocation()) {
            (Surface::Memory | Surface::Credentials, Some(how)) => {
                phrase!["revocation: ", Piece::Quoted(how.to_owned())]
            }
            (Surface::Memory, None) => phrase!["nothing says how poisoned content is found and removed"],
            (Surface::Credentials, None) => phrase!["nothing says how it is revoked"],
            _ => Text::default(),
        }
    }
}

/// `with nothing in between`, `past 2 guards`.
fn past(cost: Cost) -> Text {
    match cost.guards {
        0 => phrase!["with nothing in between"],
        guards => phrase!["past ", count(guards as usize, "guard")],
    }
}
