//! `matrix --sizes-only -f json`: streamed, one node a line.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::parts::what_if;
use super::topology::text;
use crate::analysis::{FleetSizes, Shard};
use crate::model::NodeId;

/// The schema's name and version.
const SCHEMA: &str = "crabwalk/sizes/1";

/// How far every node reaches, as counts of distinct other nodes.
#[derive(Serialize, JsonSchema)]
pub(super) struct SizesJson<'a> {
    /// `crabwalk/sizes/1`.
    schema: &'static str,
    name: &'a str,
    /// The changes that were made to try them, in words; left out for the spec as it stands.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    what_if: &'a [String],
    /// How many other nodes there are for each: what the figures are counts of.
    others: usize,
    /// In the order of the spec, or the widest first where that was asked for.
    sizes: Vec<SizeJson<'a>>,
}

/// The figures of one node.
#[derive(Serialize, JsonSchema)]
struct SizeJson<'a> {
    node: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'a str>,
    /// Nodes it influences with no declared guard failing.
    influences: usize,
    /// Nodes it influences, whatever guards fail.
    influences_any: usize,
    /// Nodes whose content comes to it with no declared guard failing.
    learns_from: usize,
    /// Nodes whose content comes to it, whatever guards fail.
    learns_from_any: usize,
}

/// Writes the sizes of some nodes in their order: one slice of them. All slices in order are one object.
///
/// # Errors
/// If writing fails.
pub fn sizes_json(
    sizes: &FleetSizes<'_>,
    nodes: &[NodeId],
    shard: Shard,
    out: &mut dyn Write,
) -> io::Result<()> {
    if shard.is_first() {
        let name = text(&sizes.graph().spec().name);
        write!(out, "{{\n\"schema\": {},\n\"name\": {name},\n", text(&SCHEMA))?;
        let changes = what_if(sizes.graph().spec());
        if !changes.is_empty() {
            writeln!(out, "\"what_if\": {},", text(&changes))?;
        }
        write!(out, "\"others\": {},\n\"sizes\": [", sizes.others())?;
    }
    for place in shard.rows(nodes.len()) {
        out.write_all(if place == 0 { b"\n" } else { b",\n" })?;
        out.write_all(text(&size(sizes, nodes[place])).as_bytes())?;
    }
    if shard.is_last() { out.write_all(b"]\n}\n") } else { Ok(()) }
}

fn size<'a>(sizes: &FleetSizes<'a>, id: NodeId) -> SizeJson<'a> {
    let spec = sizes.graph().spec();
    let (node, figures) = (spec.node(id), sizes.of(id));
    SizeJson {
        node: spec.node_name(id),
        kind: node.kind.as_str(),
        zone: node.zone.map(|zone| spec.zone_name(zone)),
        influences: figures.influences,
        influences_any: figures.influences_any,
        learns_from: figures.learns_from,
        learns_from_any: figures.learns_from_any,
    }
}
