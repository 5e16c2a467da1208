//! The pairs of a matrix as CSV, a line a pair, row by row: no more than a part of a large matrix is ever held.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::analysis::{Cell, Matrix};
use crate::graph::Cost;
use crate::spec::{NodeId, Spec};

const HEADER: &str = "from,to,from_zone,to_zone,escalation,direct,acts,influence_guards,influence_sessions,\
                      influence_hops,exposure_guards,exposure_sessions,exposure_hops";

/// Writes the pairs that have anything, in the order of the matrix. Lines end in a line feed.
///
/// Fields are quoted as RFC 4180 says. What a spreadsheet would take for a formula gets a leading apostrophe.
///
/// # Errors
/// If writing fails.
pub fn matrix_csv(matrix: &Matrix<'_>, out: &mut dyn Write) -> io::Result<()> {
    let spec = matrix.graph().spec();
    writeln!(out, "{HEADER}")?;
    for row in matrix.rows() {
        for cell in &row.cells {
            write_pair(spec, row.from, cell, out)?;
        }
    }
    Ok(())
}

fn write_pair(spec: &Spec, from: NodeId, cell: &Cell, out: &mut dyn Write) -> io::Result<()> {
    let zone = |node: NodeId| spec.node(node).zone.map_or("", |zone| spec.zone_name(zone));
    let name = |node: NodeId| spec.node_name(node);
    for text in [name(from), name(cell.to), zone(from), zone(cell.to)] {
        write!(out, "{},", field(text))?;
    }
    let direct: Vec<&str> = cell.direct.iter().map(|declared| declared.verb.as_str()).collect();
    let acts: Vec<String> = cell.acts().map(|(verb, guards)| format!("{verb}:{guards}")).collect();
    let escalation = spec.is_escalation(from, cell.to);
    write!(out, "{escalation},{},{}", direct.join(" "), acts.join(" "))?;
    writeln!(out, ",{},{}", costs(cell.influence), costs(cell.exposure))
}

/// Guards, sessions and hops; empty where there is no path.
fn costs(cost: Option<Cost>) -> String {
    cost.map_or_else(|| ",,".to_owned(), |cost| format!("{},{},{}", cost.guards, cost.sessions, cost.hops))
}

/// A text as a field.
fn field(text: &str) -> Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
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
        for (text, safe) in
            [("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("=1,2", "\"'=1,2\"")]
        {
            assert_eq!(field(text), safe);
        }
    }
}
