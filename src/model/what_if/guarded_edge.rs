//! `ACTOR:VERB:TARGET=GUARD` → a guard on a leg of a declared edge. Names may hold `=` and colons: every split is tried.

use super::change::{EdgeKey, WhatIf, WhatIfError};
use super::edge_name::{ambiguous, candidates, spelled, unknown};
use crate::model::hidden::quoted;
use crate::model::ids::GuardId;
use crate::model::spec::{Leg, Spec};
use crate::model::suggest::Suggestions;

/// What stands behind an edge whose result is meant.
const RESULT: &str = ":result";

/// The one change that a word can name.
///
/// # Errors
/// If there is none or more than one, or if the guard cannot stand there.
pub(super) fn find(spec: &Spec, word: &str) -> Result<WhatIf, WhatIfError> {
    let found: Vec<(EdgeKey, Leg, GuardId)> = splits(word)
        .filter_map(|(edge, guard)| Some((edge, GuardId::new(spec.guards.get_index_of(guard)?))))
        .flat_map(|(edge, guard)| legs(spec, edge).into_iter().map(move |(key, leg)| (key, leg, guard)))
        .collect();
    match found.as_slice() {
        [(edge, leg, guard)] => stands(spec, *edge, *leg, *guard),
        [] => Err(nothing(spec, word)),
        several => Err(ambiguous(word, several.iter().map(|found| reading(spec, *found)))),
    }
}

/// Every way to read a word as an edge and a guard.
fn splits(word: &str) -> impl DoubleEndedIterator<Item = (&str, &str)> {
    word.match_indices('=').map(|(at, _)| (&word[..at], &word[at + 1..]))
}

/// The legs of declared edges that a word can name.
fn legs(spec: &Spec, word: &str) -> Vec<(EdgeKey, Leg)> {
    let requests = candidates(spec, word).into_iter().map(|edge| (edge, Leg::Request));
    let results = word.strip_suffix(RESULT).map(|edge| candidates(spec, edge)).unwrap_or_default();
    requests.chain(results.into_iter().map(|edge| (edge, Leg::Result))).collect()
}

fn reading(spec: &Spec, (edge, leg, guard): (EdgeKey, Leg, GuardId)) -> String {
    let of = match leg {
        Leg::Request => "",
        Leg::Result => "the result of ",
    };
    format!("`{}` on {of}{}", quoted(spec.guard_name(guard)), spelled(spec, edge))
}

/// The change, if the guard has a place there.
fn stands(spec: &Spec, key: EdgeKey, leg: Leg, guard: GuardId) -> Result<WhatIf, WhatIfError> {
    let edge = spec.edges.iter().find(|edge| EdgeKey::of(edge) == key);
    let guards = edge.and_then(|edge| match leg {
        Leg::Request => Some(&edge.guards),
        Leg::Result => edge.result.as_ref(),
    });
    let error = |message: String, help: &str| Err(WhatIfError { message, help: help.to_owned() });
    match guards {
        None => error(
            format!("nothing comes back where {}", spelled(spec, key)),
            "leave `:result` out for a guard on the hand-over itself",
        ),
        Some(guards) if guards.contains(&guard) => error(
            format!(
                "`{}` stands there already: {}",
                quoted(spec.guard_name(guard)),
                reading(spec, (key, leg, guard))
            ),
            "name another guard, or the other leg: `:result` behind the edge is what comes back",
        ),
        Some(_) => Ok(WhatIf::WithGuard(key, leg, guard)),
    }
}

/// Why a word names no guard on an edge.
fn nothing(spec: &Spec, word: &str) -> WhatIfError {
    let Some((edge, guard)) = splits(word).next_back() else {
        return WhatIfError {
            message: format!("`{}` names no guard", quoted(word)),
            help: format!("say EDGE=GUARD, such as `{}=human-approval`", quoted(word)),
        };
    };
    let known = splits(word).find(|(_, guard)| spec.guards.contains_key(*guard));
    if let Some((edge, _)) = known {
        return unknown(spec, edge.strip_suffix(RESULT).unwrap_or(edge));
    }
    if legs(spec, edge).is_empty() && splits(word).count() == 1 {
        return unknown(spec, edge.strip_suffix(RESULT).unwrap_or(edge));
    }
    let names = || spec.guards.keys().map(String::as_str);
    let declared = || {
        let names: Vec<String> = names().take(8).map(|name| format!("`{}`", quoted(name))).collect();
        let more = spec.guards.len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("there are {}{more}; declare others under `guards`", names.join(", "))
    };
    WhatIfError {
        message: format!("there is no guard `{}`", quoted(guard)),
        help: Suggestions::default().did_you_mean(guard, names()).unwrap_or_else(declared),
    }
}
