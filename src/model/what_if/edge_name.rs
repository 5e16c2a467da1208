//! `ACTOR:VERB:TARGET` → a declared edge. Names may hold colons and even verbs, so that every way to split the word is tried.

use super::change::{EdgeKey, WhatIfError};
use crate::model::hidden::quoted;
use crate::model::spec::Spec;
use crate::model::suggest::Suggestions;
use crate::model::suggest::join_words_plain;
use crate::model::vocabulary::Verb;

/// Names in a list of what there is.
const NAMES: usize = 6;

/// The one declared edge that a word can name.
///
/// # Errors
/// If there is none, or more than one.
pub(super) fn find(spec: &Spec, word: &str) -> Result<EdgeKey, WhatIfError> {
    match candidates(spec, word).as_slice() {
        [edge] => Ok(*edge),
        [] => Err(unknown(spec, word)),
        several => Err(ambiguous(word, several.iter().map(|edge| spelled(spec, *edge)))),
    }
}

/// The declared edges that a word can name.
pub(super) fn candidates(spec: &Spec, word: &str) -> Vec<EdgeKey> {
    let keys = splits(word).into_iter().filter_map(|(from, verb, to)| {
        Some(EdgeKey { from: spec.node_id(from)?, verb, to: spec.node_id(to)? })
    });
    keys.filter(|key| spec.edges.iter().any(|edge| EdgeKey::of(edge) == *key)).collect()
}

/// Every way to read a word as an actor, a verb and a target.
fn splits(word: &str) -> Vec<(&str, Verb, &str)> {
    let mut splits = Vec::new();
    for verb in Verb::ALL {
        let between = format!(":{verb}:");
        for (at, _) in word.char_indices().filter(|(at, _)| word[*at..].starts_with(&between)) {
            splits.push((&word[..at], *verb, &word[at + between.len()..]));
        }
    }
    splits
}

/// An edge in words that leave no doubt about where a name ends.
pub(super) fn spelled(spec: &Spec, edge: EdgeKey) -> String {
    let name = |id| quoted(spec.node_name(id));
    format!("`{}` {} `{}`", name(edge.from), edge.verb.third_person(), name(edge.to))
}

/// A word that can be read in several ways.
pub(super) fn ambiguous(word: &str, readings: impl Iterator<Item = String>) -> WhatIfError {
    let readings: Vec<String> = readings.collect();
    let readings: Vec<&str> = readings.iter().map(String::as_str).collect();
    WhatIfError {
        message: format!(
            "`{}` can be read in {} ways: {}",
            quoted(word),
            readings.len(),
            join_words_plain(&readings, "or")
        ),
        help: "colons in the names make it unclear: change the edge in a copy of the spec".to_owned(),
    }
}

/// Why a word names no edge, and what there is.
pub(super) fn unknown(spec: &Spec, word: &str) -> WhatIfError {
    let splits = splits(word);
    let Some(first) = splits.first() else { return no_edge(spec, word) };
    let both = |(from, verb, to): &(&str, Verb, &str)| {
        Some(EdgeKey { from: spec.node_id(from)?, verb: *verb, to: spec.node_id(to)? })
    };
    if let Some(edge) = splits.iter().find_map(both) {
        return undeclared(spec, edge);
    }
    let known = splits.iter().find(|(from, ..)| spec.node_id(from).is_some());
    let (from, _, to) = known.unwrap_or(first);
    let missing = if spec.node_id(from).is_some() { to } else { from };
    let known = spec.nodes.keys().map(String::as_str);
    let help = Suggestions::default().did_you_mean(missing, known).unwrap_or_else(|| example(spec));
    WhatIfError { message: format!("there is no node `{}`", quoted(missing)), help }
}

/// A word without a verb in it.
fn no_edge(spec: &Spec, word: &str) -> WhatIfError {
    WhatIfError { message: format!("`{}` names no edge", quoted(word)), help: example(spec) }
}

/// How an edge is named, by one that there is.
fn example(spec: &Spec) -> String {
    let such =
        spec.edges.first().map(|edge| format!(", such as `{}`", quoted(&EdgeKey::of(edge).words(spec))));
    format!(
        "an edge is ACTOR:VERB:TARGET with write, read, invoke or observe{}",
        such.unwrap_or_else(|| "; the spec declares none".to_owned())
    )
}

/// Two nodes without that edge between them.
fn undeclared(spec: &Spec, edge: EdgeKey) -> WhatIfError {
    let name = |id| quoted(spec.node_name(id));
    let of_actor: Vec<EdgeKey> =
        spec.edges.iter().filter(|one| one.from == edge.from).map(EdgeKey::of).collect();
    let on_target: Vec<&EdgeKey> = of_actor.iter().filter(|one| one.to == edge.to).collect();
    let shown = if on_target.is_empty() { of_actor.iter().collect() } else { on_target };
    let words: Vec<String> =
        shown.iter().take(NAMES).map(|one| format!("`{}`", quoted(&one.words(spec)))).collect();
    let more = shown.len().saturating_sub(NAMES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let declares = match words.as_slice() {
        [] => format!("`{}` declares no edge", name(edge.from)),
        words => format!("`{}` declares {}{more}", name(edge.from), words.join(", ")),
    };
    WhatIfError {
        message: format!("`{}` declares no `{}` on `{}`", name(edge.from), edge.verb, name(edge.to)),
        help: format!("{declares}; a derived edge goes with the edges that it is derived from"),
    }
}
