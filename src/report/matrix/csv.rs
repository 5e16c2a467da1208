//! The pairs of a matrix as CSV, a line a pair, row by row: no more than a part of a large matrix is ever held.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::analysis::{Cell, Matrix, MatrixRow, Progress, Shard};
use crate::graph::Cost;
use crate::model::{NodeId, Spec, ZoneId};
use crate::report::name::average_length;
use crate::report::row_writer::{Texts, digit, push_number, write_rows};

const HEADER: &[u8] =
    b"from,to,from_zone,to_zone,escalation,direct,acts,influence_guards,influence_sessions,\
                        influence_hops,exposure_guards,exposure_sessions,exposure_hops\n";

/// Bytes of a line apart from names and zones, where every number is short.
const LINE: usize = 96;

/// Writes the pairs that have anything, in the order of the matrix. Lines end in a line feed.
///
/// Fields are quoted as RFC 4180 says. What a spreadsheet would take for a formula gets a leading apostrophe.
///
/// # Errors
/// If writing fails.
pub fn matrix_csv(matrix: &Matrix<'_>, out: &mut dyn Write) -> io::Result<()> {
    matrix_csv_shard(matrix, Shard::WHOLE, out, &())
}

/// One slice of what [`matrix_csv`] writes: all slices in order are the same bytes. The first one has the header.
///
/// # Errors
/// If writing fails.
pub fn matrix_csv_shard(
    matrix: &Matrix<'_>,
    shard: Shard,
    out: &mut dyn Write,
    progress: &dyn Progress,
) -> io::Result<()> {
    if shard.is_first() {
        out.write_all(HEADER)?;
    }
    let lines = Lines::new(matrix.graph().spec());
    let format = |row: &MatrixRow, bytes: &mut Vec<u8>| lines.row(row, bytes);
    write_rows(matrix, shard, csv_row_bytes(matrix), format, &mut |bytes| out.write_all(bytes), progress)
}

/// About how many bytes a row comes to if none of its cells is blank.
pub(in crate::report) fn csv_row_bytes(matrix: &Matrix<'_>) -> usize {
    let spec = matrix.graph().spec();
    let zones: usize = spec.zones.keys().map(String::len).max().unwrap_or(0);
    matrix.column_count().saturating_mul(2 * average_length(spec) + 2 * zones + LINE)
}

/// What lines are made of, each piece prepared once: fields with the comma behind them.
struct Lines<'s> {
    spec: &'s Spec,
    names: Texts,
    /// By zone group: the zones, then what has none.
    zones: Texts,
    /// By node: its zone group. Nodes themselves are large and far apart.
    groups: Vec<usize>,
}

impl<'s> Lines<'s> {
    fn new(spec: &'s Spec) -> Self {
        let append = |text: &str, bytes: &mut Vec<u8>| {
            bytes.extend_from_slice(field(text).as_bytes());
            bytes.push(b',');
        };
        let group = |node| spec.node(node).zone.map_or(spec.zones.len(), ZoneId::index);
        Self {
            spec,
            names: Texts::of(spec.node_ids(), |node, bytes| append(spec.node_name(node), bytes)),
            zones: Texts::of(spec.zones.keys().map(String::as_str).chain([""]), append),
            groups: spec.node_ids().map(group).collect(),
        }
    }

    fn row(&self, row: &MatrixRow, bytes: &mut Vec<u8>) {
        let from = self.names.node(row.from);
        let middles = self.middles(row.from);
        for cell in &row.cells {
            bytes.extend_from_slice(from);
            bytes.extend_from_slice(self.names.node(cell.to));
            bytes.extend_from_slice(middles.at(self.groups[cell.to.index()]));
            push_verbs(cell, bytes);
            push_costs(cell.influence, bytes);
            push_costs(cell.exposure, bytes);
            bytes.push(b'\n');
        }
    }

    /// By the column's zone group: both zones, and whether the pair is an escalation.
    fn middles(&self, from: NodeId) -> Texts {
        let trust = self.spec.trust(from);
        let groups = 0..=self.spec.zones.len();
        Texts::of(groups, |group, bytes| {
            bytes.extend_from_slice(self.zones.at(self.groups[from.index()]));
            bytes.extend_from_slice(self.zones.at(group));
            let higher = self.spec.zones.get_index(group).map(|(_, zone)| zone.trust);
            let escalation = trust.zip(higher).is_some_and(|(low, high)| high > low);
            bytes.extend_from_slice(if escalation { b"true," } else { b"false," });
        })
    }
}

/// Declared verbs, and those that can be had done with their guards; blanks between them.
fn push_verbs(cell: &Cell, bytes: &mut Vec<u8>) {
    for (place, declared) in cell.direct.iter().enumerate() {
        if place > 0 {
            bytes.push(b' ');
        }
        bytes.extend_from_slice(declared.verb.as_str().as_bytes());
    }
    bytes.push(b',');
    for (place, (verb, guards)) in cell.acts().enumerate() {
        if place > 0 {
            bytes.push(b' ');
        }
        bytes.extend_from_slice(verb.as_str().as_bytes());
        bytes.push(b':');
        push_number(bytes, guards);
    }
}

/// Guards, sessions and hops, a comma before each; nothing between them where there is no path.
fn push_costs(cost: Option<Cost>, bytes: &mut Vec<u8>) {
    let Some(cost) = cost else { return bytes.extend_from_slice(b",,,") };
    if let (Some(guards), Some(sessions), Some(hops)) =
        (digit(cost.guards), digit(cost.sessions), digit(cost.hops))
    {
        return bytes.extend_from_slice(&[b',', guards, b',', sessions, b',', hops]);
    }
    for number in [cost.guards, cost.sessions, cost.hops] {
        bytes.push(b',');
        push_number(bytes, number);
    }
}

/// A text as a field.
pub(in crate::report) fn field(text: &str) -> Cow<'_, str> {
    // Spreadsheets take the wide forms of these signs for them too.
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let text = if formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) };
    let quoted = text.contains(['"', ',', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ');
    if quoted { Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))) } else { text }
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn fields_are_quoted_and_formulas_defused() {
        assert_eq!(field("plain name"), "plain name");
        assert_eq!(field("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(field("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        for (text, safe) in [
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("＝1", "'＝1"),
            ("=1,2", "\"'=1,2\""),
        ] {
            assert_eq!(field(text), safe);
        }
    }
}
