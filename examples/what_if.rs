//! What would a guard be worth? Builds a topology twice, without and with an approval before the deployer, and compares the
//! blast radius of the inbox.
//!
//! `cargo run --example what_if`

#![expect(clippy::print_stdout, reason = "an example prints")]

use crabwalk::analysis::BlastRadius;
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::Spec;

fn main() {
    let before = topology("deployer");
    let after = topology("{target: deployer, guards: [human-approval]}");
    for (what, graph) in [("as it is", &before), ("with an approval", &after)] {
        let inbox = graph.spec().node_id("inbox").expect("declared below");
        let blast = BlastRadius::compute(graph, &[inbox], 0);
        let names: Vec<&str> =
            blast.influenced.iter().map(|found| graph.spec().node_name(found.node)).collect();
        println!("{what}: {} influenced ({})", names.len(), names.join(", "));
        for held in &blast.influenced_guarded {
            println!("  held back by {} guard: {}", held.cost.guards, graph.spec().node_name(held.node));
        }
    }
}

/// An inbox, a planner that reads it, and a deployer that the planner invokes as the argument says.
fn topology(deployer: &str) -> CapabilityGraph {
    let text = format!(
        "version: 1
name: what-if
sources: {{inbox: {{kind: email}}}}
agents:
  planner: {{read: [inbox], invoke: [{deployer}]}}
  deployer: {{invoke: [production]}}
tools: {{production: {{critical: true}}}}
"
    );
    CapabilityGraph::build(Spec::from_text("what-if.yaml", &text).expect("a valid spec"))
}
