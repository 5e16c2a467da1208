//! Sizes as CSV, a line a node.

use std::io::{self, Write};

use crate::analysis::{FleetSizes, Shard};
use crate::model::NodeId;
use crate::report::matrix::field;

/// Writes the sizes of some nodes in their order: one slice of them. The first slice has the header.
///
/// # Errors
/// If writing fails.
pub fn sizes_csv(
    sizes: &FleetSizes<'_>,
    nodes: &[NodeId],
    shard: Shard,
    out: &mut dyn Write,
) -> io::Result<()> {
    if shard.is_first() {
        out.write_all(b"node,kind,zone,of,influences,influences_any,learns_from,learns_from_any\n")?;
    }
    let spec = sizes.graph().spec();
    for id in &nodes[shard.rows(nodes.len())] {
        let node = spec.node(*id);
        let zone = node.zone.map_or("", |zone| spec.zone_name(zone));
        let (name, kind, figures) = (field(spec.node_name(*id)), node.kind.as_str(), sizes.of(*id));
        write!(out, "{name},{kind},{},{},", field(zone), sizes.others())?;
        write!(out, "{},{},", figures.influences, figures.influences_any)?;
        writeln!(out, "{},{}", figures.learns_from, figures.learns_from_any)?;
    }
    Ok(())
}
