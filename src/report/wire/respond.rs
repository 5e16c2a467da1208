//! `respond -f json`: what to do on the day it happens, step by step.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::changes::{ChangeJson, LegJson, changes, leg};
use super::each::Each;
use super::parts;
use super::parts::{At, CostJson, PathJson};
use crate::analysis::{Path, Reached};
use crate::hardening::CutAnswer;
use crate::model::{NodeId, Spec};
use crate::response::{HandOver, Quarantine, Response, Revocation};

/// A response plan, in the order of its steps.
#[derive(Serialize, JsonSchema)]
pub(super) struct RespondJson<'b, 'a> {
    /// `crabwalk/respond/1`.
    schema: &'static str,
    name: &'a str,
    /// The changes that were made to try them, in words; left out for the spec as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
    /// The compromised nodes.
    starts: Vec<&'a str>,
    /// Other nodes that their content may have come to, with no guard failing.
    reached: usize,
    /// Those that it came to only if guards failed.
    reached_guarded: usize,
    /// Whose content may have come to them, with no guard failing.
    exposed: Vec<&'a str>,
    stop: StopJson<'a>,
    cut: ContainmentJson<'a>,
    quarantine: QuarantineJson<'b, 'a>,
    /// Credentials to revoke, the most pressing first.
    revoke: Vec<RevocationJson<'a>>,
    /// Credentials that come within reach only if guards failed.
    revoke_if_guards_failed: Vec<&'a str>,
    evidence: EvidenceJson<'a>,
    verify: VerifyJson<'a>,
}

/// What to stop, in the order in which it is reached.
#[derive(Serialize, JsonSchema)]
struct StopJson<'a> {
    sessions: Vec<ReachedJson<'a>>,
    /// Agents and shared tools whose context may be poisoned.
    contexts: Vec<ReachedJson<'a>>,
}

/// A node that is reached.
#[derive(Serialize, JsonSchema)]
struct ReachedJson<'a> {
    node: &'a str,
    kind: &'static str,
    #[serde(flatten)]
    cost: CostJson,
    /// By which way; absent for a compromised node.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<PathJson<'a>>,
}

/// What to cut first.
#[derive(Serialize, JsonSchema)]
struct ContainmentJson<'a> {
    /// Critical nodes, and those of the most trusted of several zones, that are not reached.
    clean: Vec<&'a str>,
    /// What parts them from all that is reached.
    before_clean: CutJson<'a>,
    /// Those that are reached.
    reached: Vec<ReachedJson<'a>>,
    /// What parts them from the rest of what is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    before_reached: Option<CutJson<'a>>,
}

/// A smallest cut.
#[derive(Serialize, JsonSchema)]
struct CutJson<'a> {
    /// `apart`: nothing leads there. `cut`. `uncuttable`: nothing on `path` may be cut.
    outcome: &'static str,
    edges: Vec<LegJson<'a>>,
    /// The changes of the spec that make it.
    changes: Vec<ChangeJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<PathJson<'a>>,
}

/// Persistent stores.
#[derive(Serialize, JsonSchema)]
struct QuarantineJson<'b, 'a> {
    /// In the order in which they are reached.
    stores: Each<'b, StoreJson<'a>>,
    /// Those that are poisoned only if guards failed.
    if_guards_failed: Vec<&'a str>,
    /// What all of them together infect again if none is cleaned.
    residual: Vec<&'a str>,
}

/// A store to quarantine.
#[derive(Serialize, JsonSchema)]
struct StoreJson<'a> {
    #[serde(flatten)]
    reached: ReachedJson<'a>,
    versioned: bool,
    /// How long content is kept, as declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    retention: Option<&'a str>,
    /// How poisoned content is found and removed, as declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation: Option<&'a str>,
    /// What it infects again by itself if it is forgotten.
    residual: Vec<ReachedJson<'a>>,
    #[serde(flatten)]
    at: At<'a>,
}

/// A credential to revoke.
#[derive(Serialize, JsonSchema)]
struct RevocationJson<'a> {
    credential: &'a str,
    opens: Vec<&'a str>,
    /// `compromised`, `known` (the attacker may know it) or `used` (it may have had it used).
    why: &'static str,
    /// Whether it is refreshed in the background, and so stays valid until it is revoked.
    refreshes_in_background: bool,
    /// How it is withdrawn, as declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    revocation: Option<&'a str>,
    /// The path on which it is learned.
    #[serde(skip_serializing_if = "Option::is_none")]
    learned: Option<PathJson<'a>>,
    /// Who may have been made to use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    used_by: Option<&'a str>,
    #[serde(flatten)]
    at: At<'a>,
}

/// What to keep.
#[derive(Serialize, JsonSchema)]
struct EvidenceJson<'a> {
    /// Hand-overs that may have carried the attack and are recorded.
    logged: Vec<LegJson<'a>>,
    /// Those that are not.
    unlogged: Vec<LegJson<'a>>,
    /// Those by derived authority.
    derived: Vec<LegJson<'a>>,
    /// Who observes a node that is reached.
    observers: Vec<LegJson<'a>>,
}

/// What to look at before reopening.
#[derive(Serialize, JsonSchema)]
struct VerifyJson<'a> {
    /// Hand-overs out of what is reached on which guards stand: what they let through.
    guarded: Vec<GuardedJson<'a>>,
    /// People, roles and services that are reached.
    principals: Vec<&'a str>,
    /// Sinks that are reached.
    sinks: Vec<&'a str>,
    /// Private nodes whose content may be known.
    private: Vec<&'a str>,
}

/// A guarded hand-over.
#[derive(Serialize, JsonSchema)]
struct GuardedJson<'a> {
    #[serde(flatten)]
    on: LegJson<'a>,
    /// Empty where the guards stand on the way of the authority.
    guards: Vec<&'a str>,
}

/// Writes the plan as JSON over several lines.
///
/// # Errors
/// If the writer fails.
pub fn write_respond_json(response: &Response<'_>, out: &mut dyn Write) -> io::Result<()> {
    whole(response).serialize(&mut serde_json::Serializer::pretty(&mut *out))?;
    out.write_all(b"\n")
}

fn whole<'b, 'a>(response: &'b Response<'a>) -> RespondJson<'b, 'a> {
    let blast = &response.blast;
    let spec = blast.graph.spec();
    let contained = &response.containment;
    let reached_critical = contained.reached.as_ref();
    RespondJson {
        schema: "crabwalk/respond/1",
        name: &spec.name,
        what_if: parts::what_if(spec),
        starts: names(spec, &blast.starts),
        reached: blast.influenced.len(),
        reached_guarded: blast.influenced_guarded.len(),
        exposed: of(spec, &blast.exposed),
        stop: StopJson {
            sessions: response.sessions.iter().map(|found| reached(response, found)).collect(),
            contexts: response.contexts.iter().map(|found| reached(response, found)).collect(),
        },
        cut: ContainmentJson {
            clean: names(spec, &contained.clean),
            before_clean: cut(response, &contained.cut),
            reached: reached_critical
                .map(|critical| critical.nodes.iter().map(|found| reached(response, found)).collect())
                .unwrap_or_default(),
            before_reached: reached_critical.map(|critical| cut(response, &critical.cut)),
        },
        quarantine: QuarantineJson {
            stores: Each::of(&response.stores, |one| store(response, one)),
            if_guards_failed: of(spec, &response.stores_guarded),
            residual: of(spec, &blast.residual),
        },
        revoke: response.credentials.iter().map(|one| revocation(response, one)).collect(),
        revoke_if_guards_failed: names(spec, &response.credentials_guarded),
        evidence: evidence(response),
        verify: VerifyJson {
            guarded: response
                .evidence
                .guarded
                .iter()
                .map(|(on, guards)| GuardedJson {
                    on: leg(blast.graph, on.0, on.1),
                    guards: parts::guard_names(spec, guards),
                })
                .collect(),
            principals: of(spec, &response.principals),
            sinks: of(spec, &blast.sinks),
            private: blast
                .exposed
                .iter()
                .filter(|found| spec.node(found.node).is_private())
                .map(|found| spec.node_name(found.node))
                .collect(),
        },
    }
}

fn names<'a>(spec: &'a Spec, nodes: &[NodeId]) -> Vec<&'a str> {
    nodes.iter().map(|id| spec.node_name(*id)).collect()
}

fn of<'a>(spec: &'a Spec, found: &[Reached]) -> Vec<&'a str> {
    found.iter().map(|found| spec.node_name(found.node)).collect()
}

fn reached<'a>(response: &Response<'a>, found: &Reached) -> ReachedJson<'a> {
    let path = response.blast.influence_path(found.node).filter(|_| found.cost.hops > 0);
    node(response, found, path)
}

fn node<'a>(response: &Response<'a>, found: &Reached, path: Option<Path>) -> ReachedJson<'a> {
    let graph = response.blast.graph;
    ReachedJson {
        node: graph.spec().node_name(found.node),
        kind: graph.spec().node(found.node).kind.as_str(),
        cost: parts::cost(found.cost),
        path: path.map(|path| parts::path(graph, &path)),
    }
}

fn cut<'a>(response: &Response<'a>, answer: &CutAnswer) -> CutJson<'a> {
    let graph = response.blast.graph;
    let blank = CutJson { outcome: "apart", edges: Vec::new(), changes: Vec::new(), path: None };
    match answer {
        CutAnswer::Apart | CutAnswer::NoGuard => blank,
        CutAnswer::Uncuttable(path) => {
            CutJson { outcome: "uncuttable", path: Some(parts::path(graph, path)), ..blank }
        }
        CutAnswer::Cut { near_ends, .. } => CutJson {
            outcome: "cut",
            edges: near_ends.edges.iter().map(|edge| leg(graph, edge.edge, edge.leg)).collect(),
            changes: changes(graph, &near_ends.changes),
            path: None,
        },
    }
}

fn store<'a>(response: &Response<'a>, store: &Quarantine) -> StoreJson<'a> {
    let graph = response.blast.graph;
    let spec = graph.spec();
    let declared = spec.node(store.node);
    StoreJson {
        reached: reached(response, &store.reached),
        versioned: store.is_versioned(graph),
        retention: declared.declared.text("retention"),
        revocation: store.procedure(graph),
        residual: store.residual(graph).iter().map(|found| node(response, found, None)).collect(),
        at: parts::at(spec, declared.place),
    }
}

fn revocation<'a>(response: &Response<'a>, one: &Revocation) -> RevocationJson<'a> {
    let graph = response.blast.graph;
    let spec = graph.spec();
    let learned = one.secret.and_then(|secret| secret.learn);
    let learned = learned.and_then(|_| response.blast.exposure_path(one.node));
    let used = one.secret.and_then(|secret| secret.used);
    RevocationJson {
        credential: spec.node_name(one.node),
        opens: names(spec, &spec.node(one.node).opens),
        why: match one.secret {
            None => "compromised",
            Some(_) if one.is_known() => "known",
            Some(_) => "used",
        },
        refreshes_in_background: one.refreshes,
        revocation: one.procedure(graph),
        learned: learned.map(|path| parts::path(graph, &path)),
        used_by: used.map(|gain| spec.node_name(graph.edge(gain.edge).from)),
        at: parts::at(spec, spec.node(one.node).place),
    }
}

fn evidence<'a>(response: &Response<'a>) -> EvidenceJson<'a> {
    let graph = response.blast.graph;
    let found = &response.evidence;
    let legs = |all: &[HandOver]| all.iter().map(|(edge, on)| leg(graph, *edge, *on)).collect();
    let observers = found.observers.iter().map(|edge| leg(graph, *edge, crate::model::Leg::Request));
    EvidenceJson {
        logged: legs(&found.logged),
        unlogged: legs(&found.unlogged),
        derived: legs(&found.derived),
        observers: observers.collect(),
    }
}
