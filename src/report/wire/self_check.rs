//! `self-check -f json`: what was compared with the naive reference, and what differs.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::parts::{CostJson, ReturnsJson, cost, guard_names, returns, what_if};
use crate::analysis::Strength;
use crate::model::{NodeId, Plane, Spec};
use crate::verification::{Answer, Counted, Difference, SelfCheck, Subject};

/// The comparison of the engine with the naive reference.
#[derive(Serialize, JsonSchema)]
pub(super) struct SelfCheckJson<'a> {
    /// `crabwalk/self-check/1`.
    schema: &'static str,
    name: &'a str,
    /// The changes that were made to try them, in words; left out for the spec as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
    /// Whether there is no difference.
    equal: bool,
    rows: RowsJson<'a>,
    cells: CellsJson,
    /// Derived edges compared, each with its guards and its extra.
    derived: usize,
    reach: ReachJson,
    differences: DifferencesJson<'a>,
}

/// The rows that were recomputed.
#[derive(Serialize, JsonSchema)]
struct RowsJson<'a> {
    compared: usize,
    /// How many there are.
    of: usize,
    /// How many have a difference in them.
    differing: usize,
    /// What the sample was drawn with; absent where all rows were recomputed.
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    /// The node with the most others in its reach, which is in every sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    widest: Option<&'a str>,
    /// Their nodes; absent where all rows were recomputed.
    #[serde(skip_serializing_if = "Option::is_none")]
    nodes: Option<Vec<&'a str>>,
}

/// Cells compared, each in `direct`, `acts`, `influence` and `exposure`.
#[derive(Serialize, JsonSchema)]
struct CellsJson {
    compared: usize,
    /// Of these, with something in them.
    filled: usize,
}

/// Reach in both planes, open and any.
#[derive(Serialize, JsonSchema)]
struct ReachJson {
    /// Pairs that the closures were asked for.
    pairs: usize,
    /// Sizes compared: of the closures, and those that are counted with nothing kept.
    sizes: usize,
    /// Closures that were too large to keep, and so were not asked.
    unkept: Vec<UnkeptJson>,
}

/// A closure.
#[derive(Serialize, JsonSchema)]
struct UnkeptJson {
    plane: &'static str,
    strength: &'static str,
}

/// The differences.
#[derive(Serialize, JsonSchema)]
struct DifferencesJson<'a> {
    count: usize,
    /// The first of them.
    first: Vec<DifferenceJson<'a>>,
}

/// A question with two answers.
#[derive(Serialize, JsonSchema)]
struct DifferenceJson<'a> {
    #[serde(flatten)]
    subject: SubjectJson<'a>,
    engine: AnswerJson,
    reference: AnswerJson,
}

/// What was asked.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "question", rename_all = "kebab-case")]
enum SubjectJson<'a> {
    /// The guards that stand against a declared verb.
    Direct { from: &'a str, to: &'a str, verb: &'static str },
    /// The guards that have to fail to have a verb done.
    Acts { from: &'a str, to: &'a str, verb: &'static str },
    /// The cost of the best path of a plane.
    Best { plane: &'static str, from: &'a str, to: &'a str },
    /// The cost of the best path to where the other acts from.
    Steered { from: &'a str, to: &'a str },
    /// A derived edge, answered with its extra.
    Derived {
        from: &'a str,
        verb: &'static str,
        to: &'a str,
        guards: Vec<&'a str>,
        returns: ReturnsJson<'a>,
        outsider: bool,
    },
    /// Whether content of `from` comes to `to`, by the closure.
    Reaches { plane: &'static str, strength: &'static str, from: &'a str, to: &'a str },
    /// To how many other nodes content of `node` comes, or the content of how many comes to it.
    Size { counted: &'static str, plane: &'static str, strength: &'static str, node: &'a str },
    /// How many pairs are connected.
    Pairs { counted: &'static str, plane: &'static str, strength: &'static str },
}

/// An answer.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum AnswerJson {
    /// `false`: there is nothing. `true`: there is something.
    There(bool),
    /// Guards that have to fail.
    Guards {
        /// How many.
        guards: u32,
    },
    /// A path.
    Cost(CostJson),
    /// How many.
    Count {
        /// That many.
        count: usize,
    },
}

/// The self-check as JSON.
#[must_use]
pub fn self_check_json(check: &SelfCheck<'_>) -> Value {
    let spec = check.graph.spec();
    let names = || check.sample.rows.iter().map(|node| spec.node_name(*node)).collect();
    let rows = RowsJson {
        compared: check.sample.rows.len(),
        of: spec.nodes.len(),
        differing: check.differing.len(),
        seed: check.sample.seed,
        widest: check.sample.widest.map(|node| spec.node_name(node)),
        nodes: check.sample.seed.map(|_| names()),
    };
    let unkept = check.unkept.iter().map(|(plane, strength)| {
        let (plane, strength) = reach(*plane, *strength);
        UnkeptJson { plane, strength }
    });
    let found = &check.differences;
    let first = found.first.iter().map(|difference| self::difference(spec, difference)).collect();
    let value = SelfCheckJson {
        schema: "crabwalk/self-check/1",
        name: &spec.name,
        what_if: what_if(spec),
        equal: check.is_equal(),
        rows,
        cells: CellsJson { compared: check.cells, filled: check.filled },
        derived: check.derived,
        reach: ReachJson { pairs: check.pairs, sizes: check.sizes, unkept: unkept.collect() },
        differences: DifferencesJson { count: found.count, first },
    };
    serde_json::to_value(value).unwrap_or_default()
}

fn difference<'a>(spec: &'a Spec, difference: &'a Difference) -> DifferenceJson<'a> {
    DifferenceJson {
        subject: subject(spec, &difference.subject),
        engine: answer(difference.engine),
        reference: answer(difference.reference),
    }
}

fn subject<'a>(spec: &'a Spec, subject: &'a Subject) -> SubjectJson<'a> {
    let name = |id: &NodeId| spec.node_name(*id);
    match subject {
        Subject::Direct { from, to, verb } => {
            SubjectJson::Direct { from: name(from), to: name(to), verb: verb.as_str() }
        }
        Subject::Acts { from, to, verb } => {
            SubjectJson::Acts { from: name(from), to: name(to), verb: verb.as_str() }
        }
        Subject::Best { plane, from, to } => {
            SubjectJson::Best { plane: Plane::as_str(*plane), from: name(from), to: name(to) }
        }
        Subject::Steered { from, to } => SubjectJson::Steered { from: name(from), to: name(to) },
        Subject::Derived(edge) => SubjectJson::Derived {
            from: name(&edge.from),
            verb: edge.verb.as_str(),
            to: name(&edge.to),
            guards: guard_names(spec, &edge.guards),
            returns: returns(spec, edge.returns.as_deref()),
            outsider: edge.outsider,
        },
        Subject::Reaches { plane, strength, from, to } => {
            let (plane, strength) = reach(*plane, *strength);
            SubjectJson::Reaches { plane, strength, from: name(from), to: name(to) }
        }
        Subject::Size { counted, plane, strength, node } => {
            let (plane, strength) = reach(*plane, *strength);
            SubjectJson::Size { counted: self::counted(*counted), plane, strength, node: name(node) }
        }
        Subject::Pairs { counted, plane, strength } => {
            let (plane, strength) = reach(*plane, *strength);
            SubjectJson::Pairs { counted: self::counted(*counted), plane, strength }
        }
    }
}

fn counted(counted: Counted) -> &'static str {
    match counted {
        Counted::Closure => "closure",
        Counted::Reached => "reached",
        Counted::Reaching => "reaching",
    }
}

fn reach(plane: Plane, strength: Strength) -> (&'static str, &'static str) {
    let strength = match strength {
        Strength::Open => "open",
        Strength::Any => "any",
    };
    (plane.as_str(), strength)
}

fn answer(answer: Answer) -> AnswerJson {
    match answer {
        Answer::Nothing => AnswerJson::There(false),
        Answer::Something => AnswerJson::There(true),
        Answer::Guards(guards) => AnswerJson::Guards { guards },
        Answer::Cost(found) => AnswerJson::Cost(cost(found)),
        Answer::Count(count) => AnswerJson::Count { count },
    }
}
