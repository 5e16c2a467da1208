//! Who can use the secrets that come to a door: rules 4 and 5, and what rule 1 hands on of them, while secrets spread.
//!
//! A grant stands for an edge to each target of each secret that ever comes to its door. It is a place where those secrets
//! arrive, later by the guards that stand before the grant itself; so the level at which a secret settles there is the extra
//! of the edges that it opens. The edges themselves are written down when all is known.

use std::collections::HashMap;

use super::budget::{Budget, Exceeded};
use super::exposure::Exposure;
use super::guard_sets::GuardSets;
use super::key_set::KeySet;
use super::keys::Keys;
use super::premise::{Legs, Premise};
use super::premises::Premises;
use super::routes::Routes;
use super::spread::Spread;
use crate::graph::doors::Side;
use crate::graph::edge::Origin;
use crate::model::{Node, NodeId, NodeKind, Spec, Verb};

/// Why there is a grant.
#[derive(Debug, Clone, Copy)]
enum Why {
    Outsider,
    /// Through this general tool.
    Insider(NodeId),
    /// By assuming this role.
    Role(NodeId),
}

/// An actor that can use whatever secret comes to a door.
#[derive(Debug)]
pub(super) struct Grant {
    pub(super) actor: NodeId,
    pub(super) legs: Legs,
    /// Where the secrets that it can use are collected.
    pub(super) place: u32,
    /// The guards that stand before the grant, whatever the secret.
    extra: u32,
    /// What made it that cheap first.
    why: Why,
    /// Whether it has been asked what follows from the first general tool that it opens: no later one brings more.
    has_tool: bool,
}

impl Grant {
    /// Why its edges through this credential exist.
    pub(super) fn origin(&self, credential: NodeId) -> Origin {
        match self.why {
            Why::Role(role) => Origin::Role(role),
            Why::Insider(through) => Origin::Insider { credential, through },
            Why::Outsider => Origin::Outsider(credential),
        }
    }
}

/// A grant that is asked for.
struct Asked {
    actor: NodeId,
    /// The place where it learns.
    door: u32,
    legs: Legs,
    extra: u32,
    why: Why,
}

/// What a place beyond the groups of doors is.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Grant(usize),
    Route(usize),
}

/// All grants, and the state of the closure.
#[derive(Debug)]
pub(super) struct Grants<'s, 'a, 'm> {
    spec: &'s Spec,
    keys: &'a Keys,
    premises: &'a Premises,
    exposure: &'a Exposure,
    sets: &'m mut GuardSets<'s>,
    spread: Spread<'a>,
    routes: Routes,
    list: Vec<Grant>,
    positions: HashMap<(NodeId, u32, Legs), usize>,
    /// By actor, door, and whether it is an outsider: the grants that there are.
    alike: HashMap<(NodeId, u32, bool), Vec<usize>>,
    budget: Budget,
    /// By place, from the first that is no group of doors on.
    meanings: Vec<Meaning>,
    /// By credential: the general tools that it opens.
    general: Vec<Vec<NodeId>>,
}

impl<'s, 'a, 'm> Grants<'s, 'a, 'm> {
    /// Lets all secrets spread, and all that can use them do so.
    pub(super) fn close(
        spec: &'s Spec,
        keys: &'a Keys,
        premises: &'a Premises,
        exposure: &'a Exposure,
        sets: &'m mut GuardSets<'s>,
        budget: &Budget,
    ) -> Result<(Vec<Grant>, Spread<'a>), Exceeded> {
        let general = |id: &NodeId| -> Vec<NodeId> {
            spec.node(*id).opens.iter().copied().filter(|target| spec.node(*target).general).collect()
        };
        let mut grants = Self {
            spec,
            keys,
            premises,
            exposure,
            sets,
            spread: Spread::new(exposure),
            routes: Routes::default(),
            list: Vec::new(),
            positions: HashMap::new(),
            alike: HashMap::new(),
            budget: budget.clone(),
            meanings: Vec::new(),
            general: keys.credentials.iter().map(general).collect(),
        };
        grants.outsiders()?;
        grants.insiders()?;
        grants.spread()?;
        Ok((grants.list, grants.spread))
    }

    /// Rule 4: an outsider that is reached by a secret can use it from outside.
    fn outsiders(&mut self) -> Result<(), Exceeded> {
        for actor in self.spec.node_ids() {
            let Some(side) = learns_at(self.spec.node(actor)) else { continue };
            let door = self.exposure.side(actor, side);
            self.ask(Asked { actor, door, legs: Legs::open(true), extra: 0, why: Why::Outsider })?;
            if side == Side::Call {
                self.keep_out_own_keys(actor, door);
            }
        }
        Ok(())
    }

    /// A key that is sent to a service that it opens is used there, not leaked.
    fn keep_out_own_keys(&mut self, service: NodeId, door: u32) {
        let Some(grant) = self.positions.get(&(service, door, Legs::open(true))) else { return };
        let Ok(target) = self.keys.targets.binary_search(&service) else { return };
        let opening = (0..self.keys.opens.len()).filter(|key| self.keys.opens[*key].has(target));
        self.spread.keep_out(self.list[*grant].place, KeySet::of(opening));
    }

    /// Rule 5 over what is known before secrets spread.
    fn insiders(&mut self) -> Result<(), Exceeded> {
        for tool in self.spec.node_ids().filter(|id| self.spec.node(*id).general) {
            let door = self.exposure.side(tool, Side::Own);
            let why = Why::Insider(tool);
            self.ask(Asked { actor: tool, door, legs: Legs::open(false), extra: 0, why })?;
        }
        for premise in self.premises.all() {
            if premise.verb == Verb::Invoke && self.spec.node(premise.to).general {
                self.invokes_general(premise)?;
            }
        }
        Ok(())
    }

    /// Rule 5: who learns a secret and invokes a general tool has it presented.
    fn invokes_general(&mut self, premise: &Premise) -> Result<(), Exceeded> {
        let Premise { from: actor, guards, extra, .. } = *premise;
        let returns = premise.returns.map(|returns| self.sets.union(guards, returns));
        let legs = Legs { guards, returns, outsider: false };
        let door = self.exposure.side(actor, Side::Call);
        self.ask(Asked { actor, door, legs, extra, why: Why::Insider(premise.to) })
    }

    /// Makes a grant, or a known one cheaper; and the same for all who assume its actor: rule 1.
    fn ask(&mut self, asked: Asked) -> Result<(), Exceeded> {
        // With each where its secrets come from and the guards on that way: an assumed grant hands on what came to it, so that
        // the edge by a role is never there before the edge of the role.
        let mut waiting = vec![(asked.door, asked.extra, asked)];
        while let Some((tail, way, Asked { actor, door, legs, extra, why })) = waiting.pop() {
            let alike = self.alike.get(&(actor, door, legs.outsider)).map_or(0, Vec::len);
            self.budget.steps(actor, 1)?;
            self.budget.ways(actor, (Verb::Invoke, actor), alike)?;
            if self.is_superfluous(actor, door, legs, extra) {
                continue;
            }
            let Some(position) = self.position(actor, door, legs, why)? else { continue };
            let grant = &mut self.list[position];
            // A reason that comes later and brings nothing may stand on this grant itself.
            if extra >= grant.extra {
                continue;
            }
            (grant.extra, grant.why) = (extra, why);
            let place = grant.place;
            self.spread.add_arc(tail, place, way);
            if legs.outsider {
                continue;
            }
            for assumed in self.premises.assumptions_of(actor) {
                let guards = self.sets.union(assumed.guards, legs.guards);
                let extra = extra.saturating_add(assumed.extra);
                let legs = Legs { guards, ..legs };
                let asked = Asked { actor: assumed.from, door, legs, extra, why: Why::Role(actor) };
                waiting.push((place, assumed.extra, asked));
            }
        }
        Ok(())
    }

    /// Whether another grant of the actor opens all that this one would, for no more.
    fn is_superfluous(&self, actor: NodeId, door: u32, legs: Legs, extra: u32) -> bool {
        let terms = legs.terms(extra);
        let alike = self.alike.get(&(actor, door, legs.outsider)).into_iter().flatten();
        let mut alike = alike.map(|position| &self.list[*position]).filter(|grant| grant.legs != legs);
        alike.any(|grant| grant.legs.terms(grant.extra).cover(terms, self.sets))
    }

    /// Where a grant is in the list; `None` if it could open nothing but its own actor. A new one costs more than any.
    fn position(
        &mut self,
        actor: NodeId,
        door: u32,
        legs: Legs,
        why: Why,
    ) -> Result<Option<usize>, Exceeded> {
        if let Some(position) = self.positions.get(&(actor, door, legs)) {
            return Ok(Some(*position));
        }
        let Some(target) = self.keys.targets.iter().copied().find(|target| *target != actor) else {
            return Ok(None);
        };
        let alike = self.alike.entry((actor, door, legs.outsider)).or_default();
        self.budget.ways(actor, (Verb::Invoke, target), alike.len() + 1)?;
        self.budget.edges(actor, 1)?;
        alike.push(self.list.len());
        let place = self.spread.add_place();
        self.meanings.push(Meaning::Grant(self.list.len()));
        let shape = self.routes.shape(self.spec, self.exposure, self.sets, (actor, target), legs);
        let (route, is_new) = self.routes.find(shape, actor, || self.spread.add_place());
        if let Some(position) = is_new {
            self.meanings.push(Meaning::Route(position));
        }
        self.spread.add_arc(place, route, 0);
        self.positions.insert((actor, door, legs), self.list.len());
        self.list.push(Grant { actor, legs, place, extra: u32::MAX, why, has_tool: false });
        Ok(Some(self.list.len() - 1))
    }

    /// Level by level, until nothing comes anywhere that was not there.
    fn spread(&mut self) -> Result<(), Exceeded> {
        for (key, credential) in self.keys.credentials.iter().enumerate() {
            self.spread.start(self.exposure.side(*credential, Side::Own), key);
        }
        let groups = self.exposure.groups();
        while let Some((place, new)) = self.spread.advance() {
            let Some(position) = place.checked_sub(groups) else { continue };
            match self.meanings[position as usize] {
                Meaning::Grant(grant) => self.learns(grant, &new)?,
                Meaning::Route(route) => {
                    let opened =
                        self.routes.open(route, &new, self.spec, self.keys, self.exposure, &mut self.spread);
                    self.budget.edges(self.routes.actor(route), opened)?;
                }
            }
            self.spread.reuse(new);
        }
        Ok(())
    }

    /// A grant that opens a general tool is an edge to it, and so a premise of rule 5. What follows says nothing of the tool.
    fn learns(&mut self, grant: usize, new: &KeySet) -> Result<(), Exceeded> {
        let Grant { actor, legs, has_tool, .. } = self.list[grant];
        if legs.outsider || has_tool {
            return Ok(());
        }
        let tools = |key: usize| self.general[key].iter().copied().filter(|tool| *tool != actor);
        let Some((key, to)) = new.iter().find_map(|key| Some((key, tools(key).next()?))) else {
            return Ok(());
        };
        self.list[grant].has_tool = true;
        let Legs { guards, returns, .. } = legs;
        let extra = self.spread.now();
        let origin = Origin::Insider { credential: self.keys.credentials[key], through: to };
        self.invokes_general(&Premise { from: actor, verb: Verb::Invoke, to, guards, returns, extra, origin })
    }
}

/// Where a node learns secrets that it can use without anything inside to do it, because it stands outside or speaks to the outside.
/// Whatever comes to someone outside is learned, at any door; a tool that lets out what it is given lets out that alone.
fn learns_at(node: &Node) -> Option<Side> {
    if matches!(node.kind, NodeKind::Principal | NodeKind::Sink) || node.untrusted {
        return Some(Side::Reached);
    }
    node.egress.then_some(Side::Call)
}
