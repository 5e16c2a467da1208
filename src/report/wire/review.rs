//! How a spec wants to be judged, as it stands in JSON: levels of rules, what has been accepted, and what must hold.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::parts::{At, at};
use crate::model::{Acceptance, Accepted, Spec};

/// A rule that is given another level.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SettingJson<'a> {
    /// The rule's id.
    rule: &'static str,
    /// `off`, `note`, `warning` or `error`.
    level: &'static str,
    #[serde(flatten)]
    at: At<'a>,
}

/// Something that has been accepted: a pair (`from`, `to`), an edge (`from`, `verb`, `to`), a finding (`rule`, `hash`) or that a
/// spec is deleted (`spec`).
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AcceptanceJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verb: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    /// The id of the finding's rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    /// The finding's fingerprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<&'a str>,
    /// The path of the spec, from the root of the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    spec: Option<&'a str>,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<&'a str>,
    /// The last day on which it holds: `2026-12-31`.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(flatten)]
    at: At<'a>,
}

/// Something that must hold: the entry of `rules` in the words of the language, with nothing left to defaults.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RuleJson<'a> {
    #[serde(flatten)]
    entry: Map<String, Value>,
    #[serde(flatten)]
    at: At<'a>,
}

pub(super) fn rules(spec: &Spec) -> impl Iterator<Item = RuleJson<'_>> {
    spec.rules.iter().map(|rule| RuleJson { entry: rule.written(), at: at(spec, rule.place) })
}

pub(super) fn settings(spec: &Spec) -> impl Iterator<Item = SettingJson<'_>> {
    spec.review.levels.iter().map(|(rule, setting)| SettingJson {
        rule: rule.id(),
        level: setting.level.as_str(),
        at: at(spec, setting.place),
    })
}

pub(super) fn acceptances(spec: &Spec) -> impl Iterator<Item = AcceptanceJson<'_>> {
    spec.accept.iter().map(|acceptance| self::acceptance(spec, acceptance))
}

fn acceptance<'a>(spec: &'a Spec, acceptance: &'a Acceptance) -> AcceptanceJson<'a> {
    let (mut from, mut verb, mut to, mut rule, mut hash, mut path) = (None, None, None, None, None, None);
    match &acceptance.what {
        Accepted::Pair { from: one, to: other } => (from, to) = (Some(one.as_str()), Some(other.as_str())),
        Accepted::Edge { from: actor, verb: does, to: target } => {
            (from, verb, to) = (Some(actor.as_str()), Some(does.as_str()), Some(target.as_str()));
        }
        Accepted::Finding { rule: of, hash: print } => (rule, hash) = (Some(of.id()), Some(print.as_str())),
        Accepted::Spec { path: gone } => path = Some(gone.as_str()),
    }
    AcceptanceJson {
        from,
        verb,
        to,
        rule,
        hash,
        spec: path,
        reason: &acceptance.reason,
        owner: acceptance.owner.as_deref(),
        ticket: acceptance.ticket.as_deref(),
        expires: acceptance.expires.map(|day| day.to_string()),
        at: at(spec, acceptance.place),
    }
}
