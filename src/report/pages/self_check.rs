//! `self-check`: what was compared with the naive reference, and what differs in words.

use crate::analysis::Strength;
use crate::graph::Cost;
use crate::model::text::{count, name, phrase};
use crate::model::{GuardId, Piece, Plane, Text, Tone};
use crate::report::document::{Block, Document, Small};
use crate::report::what_if::closing;
use crate::report::write::terminal;
use crate::verification::{Answer, Counted, Derived, Difference, SelfCheck, Subject};

/// Names in the list of rows.
const NAMES: usize = 40;

/// What a self-check proves, in a line.
const MEANING: &str = "checks the engine against a second reading of the same semantics, not the spec";

/// The self-check for the terminal.
#[must_use]
pub fn self_check_text(check: &SelfCheck<'_>) -> String {
    terminal(&page(check))
}

fn page<'g>(check: &SelfCheck<'g>) -> Document<'g> {
    let spec = check.graph.spec();
    let rows = check.sample.rows.len();
    let of = phrase![Piece::Number(rows), " of ", count(spec.nodes.len(), "row")];
    let verdict = if check.is_equal() {
        phrase!["all equal"]
    } else {
        let differing = check.differing.len();
        phrase![Piece::Number(differing), " of ", Piece::Number(rows), " rows differ"].toned(Tone::Escalation)
    };
    let mut page = Document::new(spec, 1, phrase![name(spec.name.as_str())]);
    page.beside = phrase![": ", of, " recomputed by the naive reference: ", verdict];
    if !check.is_equal() {
        page.blocks.push(Block::list(differences(check)));
    }
    page.blocks.push(Block::list(compared(check)));
    for lines in [vec![phrase![MEANING]], closing(spec).collect()] {
        page.blocks.push(Block::Small(Small { is_close: true, ..Small::of(lines) }));
    }
    page
}

/// What was compared, question by question, what was left out and why, and how the rows were chosen.
fn compared(check: &SelfCheck<'_>) -> Vec<Text> {
    let mut lines = vec![
        phrase![
            count(check.cells, "cell"),
            ": direct, acts, influence, steered and exposure; ",
            Piece::Number(check.filled),
            " not blank"
        ],
        phrase![count(check.derived, "derived edge"), " with guards and extra"],
        phrase![
            count(check.pairs, "pair"),
            " in the closures and ",
            count(check.sizes, "size"),
            " of reach: influence and exposure, open and any"
        ],
    ];
    lines.extend(check.unkept.iter().map(|(plane, strength)| {
        phrase![
            "the closure of ",
            reach(*plane, *strength),
            " is too large to keep: its sizes alone were compared"
        ]
    }));
    lines.push(rows(check));
    lines
}

fn rows(check: &SelfCheck<'_>) -> Text {
    let all = &check.sample.rows;
    let seed = match check.sample.seed {
        Some(seed) if all.len() < check.graph.spec().nodes.len() => seed,
        _ => return phrase!["rows: all"],
    };
    let mut shown: Vec<Text> = all.iter().take(NAMES).map(|node| phrase![*node]).collect();
    if let more @ 1.. = all.len().saturating_sub(NAMES) {
        shown.push(phrase!["and ", Piece::Number(more), " more"]);
    }
    let widest = check.sample.widest.map(|node| phrase![", and the widest, ", node]).unwrap_or_default();
    phrase![
        "rows (seed ",
        Piece::Ordinal(seed),
        "; one of each sort of node",
        widest,
        "): ",
        Text::joined(shown, ", ")
    ]
}

fn differences(check: &SelfCheck<'_>) -> Vec<Text> {
    let found = &check.differences;
    let mut lines: Vec<Text> = found.first.iter().map(sentence).collect();
    if let more @ 1.. = found.count - found.first.len() {
        lines.push(phrase!["and ", Piece::Number(more), " more"]);
    }
    lines.push(phrase![
        "one of the two is wrong, and that is a mistake of crabwalk ",
        env!("CARGO_PKG_VERSION"),
        ", not of the spec: please report it with the spec, as SECURITY.md says"
    ]);
    lines
}

fn sentence(difference: &Difference) -> Text {
    phrase![
        subject(&difference.subject),
        ": the engine says ",
        answer(difference.engine),
        ", the reference ",
        answer(difference.reference)
    ]
}

fn subject(subject: &Subject) -> Text {
    match subject {
        Subject::Direct { from, to, verb } => phrase![*from, " to ", *to, ", declared ", verb.as_str()],
        Subject::Acts { from, to, verb } => phrase![*from, " to ", *to, ", acts ", verb.as_str()],
        Subject::Best { plane, from, to } => phrase![*from, " to ", *to, ", ", plane.as_str()],
        Subject::Steered { from, to } => phrase![*from, " to ", *to, ", steered"],
        Subject::Derived(edge) => derived(edge),
        Subject::Reaches { plane, strength, from, to } => {
            phrase![*from, " to ", *to, ", closure of ", reach(*plane, *strength)]
        }
        Subject::Size { counted, plane, strength, node } => {
            phrase![how_many(*counted), " ", *node, ", ", reach(*plane, *strength)]
        }
        Subject::Pairs { counted, plane, strength } => {
            phrase![how_many(*counted), " all, ", reach(*plane, *strength)]
        }
    }
}

fn reach(plane: Plane, strength: Strength) -> Text {
    let strength = match strength {
        Strength::Open => "open ",
        Strength::Any => "any ",
    };
    phrase![strength, plane.as_str()]
}

fn how_many(counted: Counted) -> &'static str {
    match counted {
        Counted::Closure => "size in the closure of",
        Counted::Reached => "size of the reach of",
        Counted::Reaching => "size of what reaches",
    }
}

fn derived(edge: &Derived) -> Text {
    let names = |guards: &[GuardId]| match guards {
        [] => phrase!["no guard"],
        some => Text::joined(some.iter().map(|guard| phrase![*guard]), " and "),
    };
    let returns = edge.returns.as_ref().map(|guards| phrase![", result under ", names(guards)]);
    let outsider = if edge.outsider { ", as an outsider" } else { "" };
    phrase![
        "derived edge ",
        edge.from,
        " ",
        edge.verb,
        " ",
        edge.to,
        " under ",
        names(&edge.guards),
        returns.unwrap_or_default(),
        outsider
    ]
}

fn answer(answer: Answer) -> Text {
    match answer {
        Answer::Nothing => phrase!["nothing"],
        Answer::Something => phrase!["a path"],
        Answer::Guards(guards) => phrase![count(guards as usize, "guard")],
        Answer::Cost(Cost { guards, sessions, hops }) => phrase![
            count(guards as usize, "guard"),
            ", ",
            count(sessions as usize, "session"),
            ", ",
            count(hops as usize, "hop")
        ],
        Answer::Count(count) => phrase![Piece::Number(count)],
    }
}
