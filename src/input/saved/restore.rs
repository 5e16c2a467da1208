//! A saved matrix → the spec, every part checked as the loader checks a text: the file may have been written by anybody.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::document;
use super::document::Document;
use super::edges;
use super::names::node_id;
use super::places::Places;
use crate::language::restore;
use crate::language::restore::{Description, Wrong};
use crate::language::restore_rules;
use crate::model::{
    Acceptance, Accepted, Contract, Decider, Guard, Level, NodeId, NodeKind, Plane, Review, Rule, Setting,
    Spec, Verb, Zone, quoted,
};

/// The spec. `saved` is the name of what it was saved in.
///
/// # Errors
/// What no spec can hold.
pub(super) fn spec(document: Document, saved: &str) -> Result<Spec, Wrong> {
    let places = Places::of(&document, saved);
    let kept = document.guards.iter().filter_map(|guard| Some((guard.id.clone(), guard.kept_in.clone()?)));
    let kept_in: Vec<(String, String)> = kept.collect();
    let mut spec = Spec {
        name: document.name,
        description: document.description,
        what_if: document.what_if,
        zones: zones(document.zones, &places)?,
        guards: guards(document.guards, &places)?,
        review: review(&document.review, &places)?,
        accept: document
            .accept
            .into_iter()
            .map(|entry| acceptance(entry, &places))
            .collect::<Result<_, _>>()?,
        ..Spec::default()
    };
    let opened = nodes(&mut spec, document.nodes, &places)?;
    for (guard, store) in kept_in {
        let store = node_id(&spec, &store)?;
        if spec.node(store).kind != NodeKind::Store {
            return Err(format!("the guard `{}` is kept in something that is no store", quoted(&guard)));
        }
        spec.guards[guard.as_str()].kept_in = Some(store);
    }
    open(&mut spec, opened)?;
    spec.edges = edges::resolve(&spec, &document.edges, &places)?;
    spec.rules = rules(&spec, &document.rules, &places)?;
    spec.files = places.into_files();
    Ok(spec)
}

/// Adds something under a name that has to be free.
fn add<T>(what: &str, all: &mut IndexMap<String, T>, name: String, one: T) -> Result<(), Wrong> {
    restore::name(what, &name)?;
    let shown = quoted(&name);
    all.insert(name, one).map_or(Ok(()), |_| Err(format!("the {what} `{shown}` stands twice")))
}

fn zones(saved: Vec<document::Zone>, places: &Places) -> Result<IndexMap<String, Zone>, Wrong> {
    let mut zones = IndexMap::with_capacity(saved.len());
    for zone in saved {
        let place = places.place(zone.file.as_deref(), zone.line);
        add("zone", &mut zones, zone.id, Zone { trust: zone.trust, description: zone.description, place })?;
    }
    zones.sort_by(|_, one, _, other| one.trust.cmp(&other.trust));
    Ok(zones)
}

fn guards(saved: Vec<document::Guard>, places: &Places) -> Result<IndexMap<String, Guard>, Wrong> {
    let mut guards = IndexMap::with_capacity(saved.len());
    for guard in saved {
        let stops = |plane: Plane| guard.stops.iter().any(|word| word == plane.as_str());
        let known = guard.stops.iter().all(|word| Plane::from_text(word).is_some());
        if guard.stops.is_empty() || !known {
            return Err(format!(
                "the guard `{}` stops neither `influence` nor `exposure`",
                quoted(&guard.id)
            ));
        }
        let placed = guard.file.as_deref().zip(guard.line);
        let resolved = Guard {
            stops_influence: stops(Plane::Influence),
            stops_exposure: stops(Plane::Exposure),
            enforced: guard.enforced,
            by: guard.by.as_deref().map(|word| decider(&guard.id, word)).transpose()?,
            // Its store comes later.
            kept_in: None,
            description: guard.description,
            place: placed.map(|(file, line)| places.place(Some(file), Some(line))),
        };
        add("guard", &mut guards, guard.id, resolved)?;
    }
    Ok(guards)
}

fn decider(guard: &str, word: &str) -> Result<Decider, Wrong> {
    let unknown = || format!("nobody called `{}` decides at the guard `{}`", quoted(word), quoted(guard));
    Decider::from_text(word).ok_or_else(unknown)
}

/// Adds the nodes, and gives the names of what each of them opens: some of those come later.
fn nodes(
    spec: &mut Spec,
    saved: Vec<document::Node>,
    places: &Places,
) -> Result<Vec<(NodeId, Vec<String>)>, Wrong> {
    let mut opened = Vec::new();
    spec.nodes.reserve(saved.len());
    for (position, node) in saved.into_iter().enumerate() {
        let description = Description {
            kind: &node.kind,
            declared_kind: node.declared_kind.as_deref(),
            attributes: &node.attributes.0,
            place: places.place(Some(&node.file), Some(node.line)),
        };
        let resolved = restore::node(&description, &spec.zones)
            .map_err(|wrong| format!("of the node `{}`: {wrong}", quoted(&node.id)))?;
        add("node", &mut spec.nodes, node.id, resolved)?;
        if !node.opens.is_empty() {
            opened.push((NodeId::new(position), node.opens));
        }
    }
    Ok(opened)
}

/// Lets credentials open what they open.
fn open(spec: &mut Spec, opened: Vec<(NodeId, Vec<String>)>) -> Result<(), Wrong> {
    for (id, names) in opened {
        let targets = names.iter().map(|name| node_id(spec, name)).collect::<Result<Vec<_>, _>>()?;
        restore::opens(spec, spec.node(id), &targets)
            .map_err(|wrong| format!("of the node `{}`: {wrong}", quoted(spec.node_name(id))))?;
        spec.nodes[id.index()].opens = targets;
    }
    Ok(())
}

fn review(saved: &[document::Setting], places: &Places) -> Result<Review, Wrong> {
    let mut review = Review::default();
    for setting in saved {
        let rule = rule(&setting.rule)?;
        let level = Level::from_text(&setting.level)
            .ok_or_else(|| format!("`{}` is no level", quoted(&setting.level)))?;
        let place = places.place(Some(&setting.file), Some(setting.line));
        if review.levels.insert(rule, Setting { level, place }).is_some() {
            return Err(format!("`{}` stands twice in `review`", rule.id()));
        }
    }
    Ok(review)
}

fn rules(spec: &Spec, saved: &[document::Rule], places: &Places) -> Result<Vec<Contract>, Wrong> {
    let contract = |rule: &document::Rule| {
        restore_rules::contract(spec, &rule.entry, places.place(Some(&rule.file), Some(rule.line)))
    };
    saved.iter().map(contract).collect()
}

fn rule(id: &str) -> Result<Rule, Wrong> {
    Rule::from_text(id).ok_or_else(|| format!("there is no rule `{}`", quoted(id)))
}

fn acceptance(entry: document::Acceptance, places: &Places) -> Result<Acceptance, Wrong> {
    let place = places.place(Some(&entry.file), Some(entry.line));
    let expires = entry.expires.as_deref().map(|day| {
        day.parse::<Date>().map_err(|_| format!("`{}` is no date such as 2026-12-31", quoted(day)))
    });
    let what = match (entry.from, entry.verb, entry.to, entry.rule, entry.hash, entry.spec) {
        (Some(from), None, Some(to), None, None, None) => Accepted::Pair { from, to },
        (Some(from), Some(verb), Some(to), None, None, None) => {
            let verb = Verb::from_text(&verb).ok_or_else(|| format!("`{}` is no verb", quoted(&verb)))?;
            Accepted::Edge { from, verb, to }
        }
        (None, None, None, Some(id), Some(hash), None) => Accepted::Finding { rule: rule(&id)?, hash },
        (None, None, None, None, None, Some(path)) => Accepted::spec(&path)
            .ok_or_else(|| format!("`{}` is not a path from the root of the repository", quoted(&path)))?,
        _ => {
            let wrong = "an entry of `accept` names neither a pair nor an edge nor a finding nor a spec";
            return Err(wrong.to_owned());
        }
    };
    if entry.reason.trim().is_empty() {
        return Err("an entry of `accept` has no `reason`".to_owned());
    }
    Ok(Acceptance {
        what,
        reason: entry.reason,
        owner: entry.owner,
        ticket: entry.ticket,
        expires: expires.transpose()?,
        place,
    })
}
