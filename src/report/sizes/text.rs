//! Sizes for the terminal: aligned, a line a node.

use std::io::{self, Write};

use crate::analysis::{FleetSizes, Shard};
use crate::model::{NodeId, Spec};
use crate::report::columns::{pad, pad_left, width};
use crate::report::counts::{counted, size_of};
use crate::report::log::without_commands;
use crate::report::name::visible;
use crate::report::what_if::closing_text;

/// Titles of the figures.
const TITLES: [&str; 4] = ["influences", "any", "learns from", "any"];

/// Writes the sizes of some nodes in their order: one slice of them. The first slice has the heads of the columns, the last
/// one what stands below. Columns are as wide as all of the nodes need, so that slices line up.
///
/// # Errors
/// If writing fails.
pub fn sizes_text(
    sizes: &FleetSizes<'_>,
    nodes: &[NodeId],
    shard: Shard,
    out: &mut dyn Write,
) -> io::Result<()> {
    let columns = Columns::of(sizes, nodes);
    if shard.is_first() {
        let spec = sizes.graph().spec();
        let title = format!("{}: {}\n", visible(&spec.name), size_of(sizes.graph()));
        writeln!(out, "{}", without_commands(&title))?;
        writeln!(out, "{}", columns.line(["node", "kind", "zone"], TITLES.map(str::to_owned)))?;
    }
    for id in &nodes[shard.rows(nodes.len())] {
        let labels = labels(sizes.graph().spec(), *id);
        let figures = sizes.of(*id);
        let figures =
            [figures.influences, figures.influences_any, figures.learns_from, figures.learns_from_any];
        let labels = [labels[0].as_str(), &labels[1], &labels[2]];
        writeln!(out, "{}", columns.line(labels, figures.map(|figure| figure.to_string())))?;
    }
    if shard.is_last() {
        let others = counted(sizes.others(), "other node");
        writeln!(out, "\nof {others} each, with no guard failing; any: whatever guards fail")?;
        writeln!(out, "{}", closing_text(sizes.graph().spec()))?;
    }
    Ok(())
}

/// Name, kind and zone as they are shown.
fn labels(spec: &Spec, id: NodeId) -> [String; 3] {
    let node = spec.node(id);
    let zone = node.zone.map_or_else(String::new, |zone| visible(spec.zone_name(zone)));
    [visible(spec.node_name(id)), node.declared_kind.unwrap_or(node.kind.as_str()).to_owned(), zone]
}

/// How wide the columns are.
struct Columns {
    labels: [usize; 3],
    figures: [usize; 4],
}

impl Columns {
    fn of(sizes: &FleetSizes<'_>, nodes: &[NodeId]) -> Self {
        let spec = sizes.graph().spec();
        let mut widths = ["node", "kind", "zone"].map(str::len);
        for id in nodes {
            for (column, label) in widths.iter_mut().zip(labels(spec, *id)) {
                *column = (*column).max(width(&label));
            }
        }
        let digits = sizes.others().to_string().len();
        Self { labels: widths, figures: TITLES.map(|title| title.len().max(digits)) }
    }

    fn line(&self, labels: [&str; 3], figures: [String; 4]) -> String {
        let labels = labels.iter().zip(self.labels).map(|(label, width)| pad(label, width));
        let figures = figures.iter().zip(self.figures).map(|(figure, width)| pad_left(figure, width));
        without_commands(&labels.chain(figures).collect::<Vec<String>>().join("  ")).into_owned()
    }
}
