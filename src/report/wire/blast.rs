//! `blast -f json`: the blast radius with the best path behind every line.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::each::Each;
use super::parts;
use super::parts::{CostJson, PathJson};
use crate::analysis::{BlastRadius, Gain, Leak, Path, Reached, Secret, Tally};
use crate::graph::Cost;
use crate::model::NodeId;

/// What an attacker gets who holds the starts.
#[derive(Serialize, JsonSchema)]
pub(super) struct BlastJson<'b, 'a> {
    /// `crabwalk/blast/1`.
    schema: &'static str,
    name: &'a str,
    /// The changes that were made to try them, in words; left out for the spec as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
    /// The compromised nodes.
    starts: Vec<&'a str>,
    /// How many guards may fail for a node to count.
    max_guards: u32,
    /// Figures, each a count of distinct nodes with its denominator, by kind.
    counts: CountsJson,
    /// Whose content can leave, private content first: one line for each, past the fewest guards.
    leaves: Each<'b, LeakJson<'a>>,
    /// Whose content can leave only if more guards fail.
    leaves_guarded: Each<'b, LeakJson<'a>>,
    /// What is influenced, by hops.
    influenced: Each<'b, FindingJson<'a>>,
    /// What is influenced only if more guards fail.
    influenced_guarded: Each<'b, FindingJson<'a>>,
    /// Persistent stores that are influenced.
    footholds: Vec<&'a str>,
    /// What is infected again later from the footholds alone.
    residual: Each<'b, FindingJson<'a>>,
    /// Whose content can come to the starts, by hops.
    exposed: Each<'b, FindingJson<'a>>,
    /// Whose content can come to the starts only if more guards fail.
    exposed_guarded: Each<'b, FindingJson<'a>>,
    /// Verbs that no start declares and that can be had done.
    gained: Each<'b, GainJson<'a>>,
    /// Verbs that can be had done only if more guards fail.
    gained_guarded: Each<'b, GainJson<'a>>,
    /// Credentials that can be learned or used.
    credentials: Each<'b, SecretJson<'a>>,
    /// Sinks that are reached.
    sinks: Vec<&'a str>,
}

/// Content that can leave.
#[derive(Serialize, JsonSchema)]
struct LeakJson<'a> {
    content: &'a str,
    /// Whether it is private: confidential, secret, or a credential.
    private: bool,
    /// The way out.
    by: &'a str,
    /// Where the attacker meets it.
    meets_in: Option<&'a str>,
    /// What has to fail, on the way to steer, to tell and to leave together.
    guards: u32,
    /// From the content to the way out, by way of where the attacker meets it; absent where it is there, and where more than 100 leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<PathJson<'a>>,
}

/// Counts of distinct nodes.
#[derive(Serialize, JsonSchema)]
struct CountsJson {
    influenced: Vec<TallyJson>,
    residual: Vec<TallyJson>,
    exposed: Vec<TallyJson>,
}

/// How many nodes of a kind.
#[derive(Serialize, JsonSchema)]
struct TallyJson {
    kind: &'static str,
    count: usize,
    of: usize,
}

/// A node in the blast radius.
#[derive(Serialize, JsonSchema)]
struct FindingJson<'a> {
    node: &'a str,
    kind: &'static str,
    /// Whether content goes no further: the node takes it in, and neither acts by it nor answers with it.
    ends_here: bool,
    /// `false` for what acts and is not steered: it answers with the content, or reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    steered: Option<bool>,
    path: Option<PathJson<'a>>,
}

/// A verb gained.
#[derive(Serialize, JsonSchema)]
struct GainJson<'a> {
    verb: &'static str,
    on: &'a str,
    /// Who does it, held or steered.
    by: &'a str,
    /// `declared`, or the rule that derives the edge that is used.
    origin: &'static str,
    /// Guards that have to fail, with sessions and hops to who does it.
    #[serde(flatten)]
    cost: CostJson,
    /// How who does it is steered; absent where it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<PathJson<'a>>,
}

/// A credential within reach.
#[derive(Serialize, JsonSchema)]
struct SecretJson<'a> {
    credential: &'a str,
    opens: Vec<&'a str>,
    /// The path on which it is learned.
    #[serde(skip_serializing_if = "Option::is_none")]
    learned: Option<PathJson<'a>>,
    /// How somebody is made to use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<GainJson<'a>>,
}

/// The blast radius as JSON: everything at once. [`write_blast_json`] holds no more than one path.
#[must_use]
pub fn blast_json(blast: &BlastRadius<'_>) -> Value {
    serde_json::to_value(whole(blast)).unwrap_or_default()
}

/// Writes the blast radius as JSON over several lines, one finding after the other.
///
/// # Errors
/// If the writer fails.
pub fn write_blast_json(blast: &BlastRadius<'_>, out: &mut dyn Write) -> io::Result<()> {
    whole(blast).serialize(&mut serde_json::Serializer::pretty(&mut *out))?;
    out.write_all(b"\n")
}

fn whole<'b, 'a>(blast: &'b BlastRadius<'a>) -> BlastJson<'b, 'a> {
    let spec = blast.graph.spec();
    let names = |ids: Vec<NodeId>| ids.iter().map(|id| spec.node_name(*id)).collect();
    let nodes = |found: &[Reached]| found.iter().map(|found| found.node).collect::<Vec<NodeId>>();
    let counts = CountsJson {
        influenced: tallies(blast.influenced_tally()),
        residual: tallies(blast.residual_tally()),
        exposed: tallies(blast.exposed_tally()),
    };
    BlastJson {
        schema: "crabwalk/blast/1",
        name: &spec.name,
        what_if: parts::what_if(spec),
        starts: names(blast.starts.clone()),
        max_guards: blast.max_guards,
        counts,
        leaves: Each::of(&blast.leaving().leaks, |found| leak(blast, found)),
        leaves_guarded: Each::of(&blast.leaving().guarded, |found| leak(blast, found)),
        influenced: Each::of(&blast.influenced, |found| influenced(blast, found)),
        influenced_guarded: Each::of(&blast.influenced_guarded, |found| influenced(blast, found)),
        footholds: names(nodes(&blast.footholds)),
        residual: Each::of(&blast.residual, |found| residual(blast, found)),
        exposed: Each::of(&blast.exposed, |found| exposed(blast, found)),
        exposed_guarded: Each::of(&blast.exposed_guarded, |found| exposed(blast, found)),
        gained: Each::of(&blast.gained, |found| gain(blast, found)),
        gained_guarded: Each::of(&blast.gained_guarded, |found| gain(blast, found)),
        credentials: Each::of(&blast.secrets, |found| secret(blast, found)),
        sinks: names(nodes(&blast.sinks)),
    }
}

fn tallies(tallies: Vec<Tally>) -> Vec<TallyJson> {
    let json = |tally: Tally| TallyJson { kind: tally.kind.as_str(), count: tally.count, of: tally.of };
    tallies.into_iter().map(json).collect()
}

fn influenced<'a>(blast: &BlastRadius<'a>, found: &Reached) -> FindingJson<'a> {
    finding(blast, found, true, blast.influence_path(found.node))
}

fn exposed<'a>(blast: &BlastRadius<'a>, found: &Reached) -> FindingJson<'a> {
    finding(blast, found, false, blast.exposure_path(found.node))
}

fn residual<'a>(blast: &BlastRadius<'a>, found: &Reached) -> FindingJson<'a> {
    finding(blast, found, true, blast.residual_path(found.node))
}

fn finding<'a>(
    blast: &BlastRadius<'a>,
    found: &Reached,
    is_influence: bool,
    path: Option<Path>,
) -> FindingJson<'a> {
    let spec = blast.graph.spec();
    let node = spec.node(found.node);
    FindingJson {
        node: spec.node_name(found.node),
        kind: node.kind.as_str(),
        ends_here: is_influence && !node.relays && !node.is_passive(),
        steered: (is_influence && node.kind.acts() && !blast.is_steered(found.node)).then_some(false),
        path: path.map(|path| parts::path(blast.graph, &path)),
    }
}

fn leak<'a>(blast: &BlastRadius<'a>, leak: &Leak) -> LeakJson<'a> {
    let spec = blast.graph.spec();
    let leaving = blast.leaving();
    let few = leaving.are_few();
    LeakJson {
        content: spec.node_name(leak.content),
        private: spec.node(leak.content).is_private(),
        by: spec.node_name(leak.by),
        meets_in: leaving.meets_in(leak).map(|node| spec.node_name(node)),
        guards: leak.cost.guards,
        path: few.then(|| leaving.path(leak)).flatten().map(|path| parts::path(blast.graph, &path)),
    }
}

fn gain<'a>(blast: &BlastRadius<'a>, gain: &Gain) -> GainJson<'a> {
    let spec = blast.graph.spec();
    let edge = blast.graph.edge(gain.edge);
    GainJson {
        verb: gain.verb.as_str(),
        on: spec.node_name(gain.to),
        by: spec.node_name(edge.from),
        origin: edge.origin.as_str(),
        cost: parts::cost(gain.cost),
        path: blast.steering_path(edge.from).map(|path| parts::path(blast.graph, &path)),
    }
}

fn secret<'a>(blast: &BlastRadius<'a>, secret: &Secret) -> SecretJson<'a> {
    let spec = blast.graph.spec();
    let learned = secret.learn.and_then(|_: Cost| blast.exposure_path(secret.node));
    SecretJson {
        credential: spec.node_name(secret.node),
        opens: spec.node(secret.node).opens.iter().map(|id| spec.node_name(*id)).collect(),
        learned: learned.map(|path| parts::path(blast.graph, &path)),
        used: secret.used.map(|found| gain(blast, &found)),
    }
}
