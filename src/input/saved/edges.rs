//! The declared edges of a saved matrix → those of the spec.

use std::collections::HashSet;
use std::sync::Arc;

use super::document;
use super::document::Returns;
use super::names::node_id;
use super::places::Places;
use crate::language::restore;
use crate::language::restore::Wrong;
use crate::model::{Edge, GuardId, More, Role, Spec, Verb, Via, quoted};

/// How an edge that a session makes says so.
const MEMBERS: &str = "members";

/// The declared edges in their order.
///
/// # Errors
/// The first edge that no spec can hold.
pub(super) fn resolve(spec: &Spec, saved: &[document::Edge], places: &Places) -> Result<Vec<Edge>, Wrong> {
    let mut seen = HashSet::with_capacity(saved.len());
    let mut edges = Vec::with_capacity(saved.len());
    for entry in saved.iter().filter(|entry| entry.is_declared()) {
        let named = |wrong| {
            let (from, to) = (quoted(&entry.from), quoted(&entry.to));
            format!("of the edge `{from}` {} `{to}`: {wrong}", quoted(&entry.verb))
        };
        let edge = edge(spec, entry, places).map_err(named)?;
        if !seen.insert((edge.from, edge.verb, edge.to)) {
            return Err(named("it stands twice".to_owned()));
        }
        edges.push(edge);
    }
    Ok(edges)
}

fn edge(spec: &Spec, entry: &document::Edge, places: &Places) -> Result<Edge, Wrong> {
    let role = entry
        .role
        .as_deref()
        .map(|word| Role::from_text(word).ok_or_else(|| format!("`as` cannot be `{}`", quoted(word))));
    let result = match &entry.returns {
        Returns::Nothing(false) => None,
        Returns::Nothing(true) => Some(Box::default()),
        Returns::Content { guards: names } => Some(guards(spec, names)?),
    };
    let edge = Edge {
        from: node_id(spec, &entry.from)?,
        verb: Verb::from_text(&entry.verb).ok_or("there is no such verb")?,
        to: node_id(spec, &entry.to)?,
        guards: guards(spec, &entry.guards)?,
        result,
        role: role.transpose()?,
        logged: entry.logged.unwrap_or(true),
        uncuttable: entry.uncuttable,
        more: more(entry)?,
        place: places.place(entry.file.as_deref(), entry.line),
    };
    restore::edge(spec, &edge)?;
    Ok(edge)
}

fn guards(spec: &Spec, names: &[String]) -> Result<Box<[GuardId]>, Wrong> {
    let guard = |name: &String| {
        let found = spec.guards.get_index_of(name).map(GuardId::new);
        found.ok_or_else(|| format!("the guard `{}` is not declared", quoted(name)))
    };
    names.iter().map(guard).collect()
}

fn more(entry: &document::Edge) -> Result<Option<Arc<More>>, Wrong> {
    let via = match entry.via.as_deref() {
        None => Via::Name,
        Some(MEMBERS) => Via::Member,
        Some(selector) if restore::selects(selector) => Via::Selector(selector.to_owned()),
        Some(other) => return Err(format!("`{}` is no selector", quoted(other))),
    };
    let some = entry.note.is_some() || via != Via::Name;
    Ok(some.then(|| Arc::new(More { note: entry.note.clone(), via })))
}
