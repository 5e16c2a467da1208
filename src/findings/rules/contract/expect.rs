//! CW205, `expect`: the matrix, a row or a column of it is exactly what somebody wrote down.

use std::collections::BTreeMap;

use super::asked::{Asked, gets_at, past};
use crate::analysis::{LinesOf, MatrixLine, Pairs, lines};
use crate::findings::finding::{Breach, Statement};
use crate::model::text::{count, phrase};
use crate::model::{Expect, Expected, Line, NodeId, Part, Piece, Selection, Text, Way, Within};

/// Differences that are told one by one.
const TOLD: usize = 6;

/// A cell that is not as it is expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Difference {
    row: NodeId,
    way: Way,
    column: NodeId,
    /// Guards that are expected; nothing where the cell is expected to be empty.
    expected: Option<u32>,
    /// Guards that are there.
    found: Option<u32>,
}

/// The guards that are expected in the cells of a line.
type Cells = BTreeMap<NodeId, u32>;

pub(super) fn expect(asked: &Asked<'_>, expected: &Expect) -> Option<Breach> {
    let mut differences = differences(asked, expected);
    differences.retain(|one| !asked.without.contains(&(one.row, one.column)));
    differences.sort_by_key(|one| (one.gravity(), one.row, one.column, one.way));
    let first = *differences.first()?;
    let line = match &expected.part {
        Part::Whole => phrase!["the matrix"],
        Part::Row(node) => phrase!["row ", Piece::Quoted(node.clone())],
        Part::Column(node) => phrase!["column ", Piece::Quoted(node.clone())],
    };
    let differ = if differences.len() == 1 { "differs" } else { "differ" };
    let what = phrase![count(differences.len(), "cell"), " of ", line, " ", differ];
    let mut details = vec![asked.why()];
    details.extend(differences.iter().take(TOLD).map(Difference::told));
    let more = differences.len().saturating_sub(TOLD);
    details.extend((more > 0).then(|| phrase!["and ", count(more, "cell"), " more"]));
    let evidence = first.found.and_then(|_| {
        let pair = Pairs::between(asked.graph, &[first.row], &[first.column]);
        let (evidence, _) = asked.proof(&pair.by(&[first.way], Within::Any).gravest()?);
        Some(evidence)
    });
    Some(Breach {
        said: Statement {
            title: asked.title(what),
            details,
            evidence: evidence.unwrap_or_default(),
            fix: fix(&expected.part),
        },
        count: differences.len(),
        worst: [first.row, first.column],
        accepted: None,
    })
}

/// The command that writes down what is there.
fn fix(part: &Part) -> Text {
    let undo = "undo what is not meant; what is meant is written down by ";
    match part {
        Part::Whole => phrase![undo, Piece::Code("crabwalk matrix --bless".to_owned())],
        Part::Row(node) => {
            phrase![
                undo,
                Piece::Code("crabwalk matrix --bless --row".to_owned()),
                " ",
                Piece::Quoted(node.clone())
            ]
        }
        Part::Column(node) => {
            phrase![
                undo,
                Piece::Code("crabwalk matrix --bless --column".to_owned()),
                " ",
                Piece::Quoted(node.clone())
            ]
        }
    }
}

/// All cells that differ.
fn differences(asked: &Asked<'_>, expected: &Expect) -> Vec<Difference> {
    let of = match &expected.part {
        Part::Whole => Some(LinesOf::All),
        Part::Row(node) => asked.node(node).map(LinesOf::Row),
        Part::Column(node) => asked.node(node).map(LinesOf::Column),
    };
    let Some(of) = of else { return Vec::new() };
    let ways: Vec<Way> = expected.cells.iter().map(|cells| cells.way).collect();
    let wanted: Vec<BTreeMap<NodeId, Cells>> =
        expected.cells.iter().map(|cells| by_line(asked, cells)).collect();
    let is_column = matches!(of, LinesOf::Column(_));
    let each = |found: &MatrixLine| {
        let mut differences = Vec::new();
        for ((way, wanted), cells) in ways.iter().zip(&wanted).zip(&found.cells) {
            let none = Cells::new();
            let wanted = wanted.get(&found.of).unwrap_or(&none);
            for (other, expected, there) in differing(wanted, cells) {
                let (row, column) = if is_column { (other, found.of) } else { (found.of, other) };
                differences.push(Difference { row, way: *way, column, expected, found: there });
            }
        }
        differences
    };
    lines(asked.graph, of, &ways, each).concat()
}

/// The cells of a line that differ: with what is expected, and what is there.
fn differing(wanted: &Cells, found: &[(NodeId, u32)]) -> Vec<(NodeId, Option<u32>, Option<u32>)> {
    let surplus = found.iter().filter(|(node, guards)| wanted.get(node) != Some(guards));
    let surplus = surplus.map(|(node, guards)| (*node, wanted.get(node).copied(), Some(*guards)));
    let is_there = |node: &NodeId| found.binary_search_by_key(node, |(node, _)| *node).is_ok();
    let missing = wanted.iter().filter(|(node, _)| !is_there(node));
    surplus.chain(missing.map(|(node, guards)| (*node, Some(*guards), None))).collect()
}

/// What is expected, by line.
fn by_line(asked: &Asked<'_>, cells: &Expected) -> BTreeMap<NodeId, Cells> {
    let lines = cells.lines.iter();
    lines.filter_map(|line| Some((asked.node(&line.of)?, of_line(asked, line)))).collect()
}

/// The cells of a line: what is named, then what selectors take of the rest.
fn of_line(asked: &Asked<'_>, line: &Line) -> Cells {
    let own = asked.node(&line.of);
    let mut cells = Cells::new();
    for is_name in [true, false] {
        for entry in &line.entries {
            let selection = Selection::parse(asked.spec, &entry.word);
            if matches!(selection, Selection::Name(_)) != is_name {
                continue;
            }
            for node in asked.nodes(std::slice::from_ref(&entry.word)) {
                if Some(node) != own {
                    cells.entry(node).or_insert(entry.guards);
                }
            }
        }
    }
    cells
}

impl Difference {
    /// Its place among the others: what is there and should not be before what is nearer than it should be, and what is missing
    /// or farther last; of equals the least guarded first.
    fn gravity(&self) -> (u8, u32) {
        match (self.expected, self.found) {
            (None, found) => (0, found.unwrap_or(u32::MAX)),
            (Some(expected), Some(found)) if found < expected => (1, found),
            (Some(_), None) => (2, 0),
            (Some(_), Some(found)) => (3, found),
        }
    }

    fn told(&self) -> Text {
        let pair = gets_at(self.row, self.way, self.column);
        match (self.expected, self.found) {
            (None, found) => phrase!["not expected: "].then(pair).then(past(found.unwrap_or(0))),
            (Some(guards), None) => phrase!["expected and not there: "].then(pair).then(past(guards)),
            (Some(expected), Some(found)) => {
                let said = |guards: u32| match guards {
                    0 => phrase!["no guard"],
                    some => phrase![count(some as usize, "guard")],
                };
                pair.and(phrase![" past ", said(found), ", where ", said(expected), " is expected"])
            }
        }
    }
}
