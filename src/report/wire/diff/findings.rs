//! What was found, as it stands in JSON: nothing is left out, however many pairs a finding has.

use schemars::JsonSchema;
use serde::Serialize;

use crate::compare::{Comparison, NewLoop, Side};
use crate::findings::{About, Finding, Pair, Review};
use crate::model::Place;
use crate::report::pages::diff::words;
use crate::report::wire::accepted::AcceptedJson;
use crate::report::wire::each::Each;

/// One finding: a rule, a cause, and all that it opens.
#[derive(Serialize, JsonSchema)]
pub(super) struct FindingJson<'a> {
    /// `CW001:HASH`, as acceptances name it. The hash depends on what the finding is about, and not on where it stands.
    id: String,
    /// The id of the rule.
    rule: &'static str,
    /// The name of the rule.
    name: &'static str,
    /// `note`, `warning` or `error`: the stricter one of base and head.
    level: &'static str,
    /// What it is, in a line.
    title: String,
    /// The finding in sentences, a line each, for people.
    message: String,
    /// How it is cleared, for people; absent where there is nothing to clear.
    #[serde(skip_serializing_if = "String::is_empty")]
    clear: String,
    /// Positions among `changes` of those that it comes from.
    changes: Vec<usize>,
    /// Positions among `causes` of those that it comes from.
    causes: Vec<usize>,
    /// Position among `loops`, where it is about one.
    #[serde(rename = "loop", skip_serializing_if = "Option::is_none")]
    of_loop: Option<usize>,
    /// The pairs that it concerns, `[from, to]` each. Those that are accepted are not among them, unless all of them are.
    pairs: Each<'a, [&'a str; 2]>,
    /// How many further pairs are accepted.
    accepted_pairs: usize,
    /// How many paths no longer count as leading into a more trusted zone, where a change does that.
    #[serde(skip_serializing_if = "Option::is_none")]
    disarms: Option<usize>,
    #[serde(flatten)]
    at: Option<SpotJson<'a>>,
    /// The acceptance that silences it; absent where it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<AcceptedJson<'a, SpotJson<'a>>>,
}

/// Where to look.
#[derive(Serialize, JsonSchema)]
struct SpotJson<'a> {
    /// The side whose file it is.
    side: &'static str,
    file: &'a str,
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
}

/// Nodes that now all steer each other, and did not before.
#[derive(Serialize, JsonSchema)]
pub(super) struct LoopJson<'a> {
    /// In node order.
    nodes: Vec<&'a str>,
    /// Position among `causes`.
    cause: usize,
}

pub(super) fn new_loop<'a>(comparison: &'a Comparison, new: &'a NewLoop) -> LoopJson<'a> {
    let nodes = new.nodes.iter().map(|node| comparison.joint().name(*node));
    LoopJson { nodes: nodes.collect(), cause: new.cause.index() }
}

pub(super) fn finding<'a>(review: &'a Review, finding: &'a Finding) -> FindingJson<'a> {
    let comparison = &review.comparison;
    let joint = comparison.joint();
    let causes = match &finding.about {
        About::Paths { causes, .. } => &causes[..],
        About::Loop { cause, .. } => std::slice::from_ref(cause),
        About::Fact(_)
        | About::Lowered { .. }
        | About::Contract { .. }
        | About::Loosened { .. }
        | About::SpecGone(_)
        | About::MarkedNodeGone(_)
        | About::Closed
        | About::Acceptance(_) => &[],
    };
    let of_loop = match &finding.about {
        About::Loop { nodes, .. } => comparison.loops().iter().position(|new| new.nodes == *nodes),
        _ => None,
    };
    let disarms = match finding.about {
        About::Lowered { disarms, .. } if disarms > 0 => Some(disarms),
        _ => None,
    };
    let accepted = finding.accepted.map(|entry| joint.acceptance(entry));
    FindingJson {
        id: finding.id(),
        rule: finding.rule.id(),
        name: finding.rule.name(),
        level: finding.level.as_str(),
        title: words::title(review, finding),
        message: words::message(review, finding),
        clear: words::clear(review, finding),
        changes: finding.changes(comparison).iter().map(|change| change.index()).collect(),
        causes: causes.iter().map(|cause| cause.index()).collect(),
        of_loop,
        pairs: Each::of(&finding.pairs, |pair: &Pair| [joint.name(pair.from), joint.name(pair.to)]),
        accepted_pairs: finding.accepted_pairs,
        disarms,
        at: finding.place.map(|place| spot(comparison, place)),
        accepted: accepted.map(|entry| AcceptedJson::of(entry, spot(comparison, entry.place))),
    }
}

fn spot(comparison: &Comparison, place: Place) -> SpotJson<'_> {
    let joint = comparison.joint();
    let file = &joint.spec(Side::Head).files[place.file as usize];
    let (line, column) = file.line_column(place.start as usize);
    SpotJson { side: joint.side_of(place).as_str(), file: file.path(), line, column }
}
