//! All pairs: full costs in both planes (guards, sessions, hops) with acts, and the boolean closures.
//!
//! `cargo bench --bench all_pairs`. The fleet is made of teams of eight: a coordinator invokes its workers, everyone writes and
//! reads the team's memory, some edges are guarded, some workers are per call, and teams write to each other's memories.

use crabwalk::analysis::{Matrix, Reachability, Strength};
use crabwalk::graph::CapabilityGraph;
use crabwalk::spec::{Plane, Spec};

fn main() {
    divan::main();
}

/// Edges from a team into others' memories: sparse fleets stay in pieces, dense ones become one large loop.
const SPARSE: usize = 1;
const DENSE: usize = 4;

/// Minimal standard generator: the same fleet on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }
}

/// A fleet of about this many nodes.
fn fleet(nodes: usize, across: usize) -> CapabilityGraph {
    const TEAM: usize = 8;
    let teams = nodes.div_ceil(TEAM + 1);
    let mut random = Random(7);
    let mut text = String::from("version: 1\nname: fleet\nagents:\n");
    for team in 0..teams {
        text += &format!("  lead{team}:\n    read: [memory{team}]\n    invoke:\n");
        for worker in 1..TEAM {
            let guard = if worker % 3 == 0 { ", guards: [human-approval]" } else { "" };
            text += &format!("      - {{target: worker{team}x{worker}{guard}}}\n");
        }
        text += "    write:\n";
        let mut others: Vec<usize> = (0..across).map(|_| random.below(teams)).collect();
        others.sort_unstable();
        others.dedup();
        for other in others {
            let guard = if random.below(3) == 0 { ", guards: [typed-output]" } else { "" };
            text += &format!("      - {{target: memory{other}{guard}}}\n");
        }
        for worker in 1..TEAM {
            let isolation = if worker % 2 == 0 { "isolation: per-call, " } else { "" };
            text += &format!("  worker{team}x{worker}: {{{isolation}write: [memory{team}]}}\n");
        }
    }
    text += "stores:\n";
    for team in 0..teams {
        text += &format!("  memory{team}: {{}}\n");
    }
    CapabilityGraph::build(Spec::from_text("fleet.yaml", &text).expect("the fleet is a valid spec"))
}

#[divan::bench(args = [500, 2_000, 10_000], sample_count = 3, sample_size = 1)]
fn full_costs_sparse(bencher: divan::Bencher<'_, '_>, nodes: usize) {
    let graph = fleet(nodes, SPARSE);
    bencher.bench(|| cells(&graph));
}

#[divan::bench(args = [500, 2_000, 10_000], sample_count = 3, sample_size = 1)]
fn full_costs_dense(bencher: divan::Bencher<'_, '_>, nodes: usize) {
    let graph = fleet(nodes, DENSE);
    bencher.bench(|| cells(&graph));
}

/// All rows, one chunk at a time; nothing is kept.
fn cells(graph: &CapabilityGraph) -> usize {
    Matrix::new(graph).rows().map(|row| row.cells.len()).sum()
}

#[divan::bench(args = [500, 2_000, 10_000], sample_count = 3, sample_size = 1)]
fn four_closures_dense(bencher: divan::Bencher<'_, '_>, nodes: usize) {
    let graph = fleet(nodes, DENSE);
    let closures = || {
        [Plane::Influence, Plane::Exposure].map(|plane| {
            [Strength::Open, Strength::Any].map(|strength| Reachability::close(&graph, plane, strength))
        })
    };
    bencher.bench(closures);
}
