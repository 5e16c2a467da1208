//! The engine and its peers under divan, a group for each task: `cargo bench --bench engine -- closure`.
//!
//! Times of one machine, to look at while working. What is promised are ratios: see `benches/ratios/`.

#[expect(dead_code, reason = "the ratios check answers too")]
mod support;

use crabwalk::analysis::{BlastRadius, CostTable, Matrix, ReachSizes, Reachability};
use crabwalk::compare::Comparison;
use crabwalk::fleet::{Secrets, Shape};
use crabwalk::graph::{CapabilityGraph, Direction, Strength};
use crabwalk::model::{NodeId, Plane};
use crabwalk::reference::Reference;
use divan::{Bencher, black_box};
use support::flat::Flat;
use support::workload::{graph, plain, spec, without_secrets};
use support::{first_touch, peers};

fn main() {
    divan::main();
}

fn close(graph: &CapabilityGraph) -> Reachability<'_> {
    Reachability::close(graph, Plane::Influence, Strength::Any)
}

/// The boolean closure of one plane, kept.
#[divan::bench_group(sample_size = 1, sample_count = 5)]
mod closure {
    use super::*;

    const WORKLOADS: [(Shape, u32); 4] =
        [(Shape::Org, 10_000), (Shape::OrgDense, 10_000), (Shape::Random, 10_000), (Shape::Layered, 10_000)];

    #[divan::bench(args = WORKLOADS)]
    fn ours(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let graph = graph(plain(shape, nodes));
        bencher.bench_local(|| close(&graph));
    }

    #[divan::bench(args = WORKLOADS)]
    fn petgraph_bfs(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let flat = Flat::of(&graph(plain(shape, nodes)), Plane::Influence);
        let graph = peers::petgraph(&flat);
        bencher.bench_local(|| peers::bfs_closure(&flat, &graph));
    }

    #[divan::bench(args = WORKLOADS)]
    fn petgraph_tred(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let graph = peers::for_reduction(&Flat::of(&graph(plain(shape, nodes)), Plane::Influence));
        bencher.with_inputs(|| graph.clone()).bench_local_values(peers::tred_closure);
    }

    #[divan::bench(args = WORKLOADS)]
    fn first_touch_of_the_result(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let bytes = close(&graph(plain(shape, nodes))).bytes();
        bencher.bench_local(|| first_touch::touch(bytes));
    }
}

/// The four closures that a matrix needs.
#[divan::bench(sample_size = 1, sample_count = 5)]
fn four_closures(bencher: Bencher<'_, '_>) {
    let graph = graph(plain(Shape::OrgDense, 10_000).mixed());
    bencher.bench_local(|| {
        [Plane::Influence, Plane::Exposure].map(|plane| {
            [Strength::Open, Strength::Any]
                .map(|strength| black_box(Reachability::close(&graph, plane, strength)).bytes())
        })
    });
}

/// How far every node reaches, with nothing kept.
#[divan::bench_group(sample_size = 1, sample_count = 5)]
mod sizes {
    use super::*;

    const WORKLOADS: [(Shape, u32); 4] =
        [(Shape::Org, 100_000), (Shape::OrgDense, 10_000), (Shape::Random, 10_000), (Shape::Layered, 10_000)];

    #[divan::bench(args = WORKLOADS)]
    fn ours(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let graph = graph(plain(shape, nodes));
        bencher
            .bench_local(|| ReachSizes::count(&graph, Plane::Influence, Strength::Any, Direction::Forward));
    }

    #[divan::bench(args = WORKLOADS)]
    fn petgraph_bfs(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let flat = Flat::of(&graph(plain(shape, nodes)), Plane::Influence);
        let graph = peers::petgraph(&flat);
        bencher.bench_local(|| peers::bfs_sizes(&flat, &graph));
    }

    #[divan::bench(args = WORKLOADS)]
    fn graph_builder_bfs(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let flat = Flat::of(&graph(plain(shape, nodes)), Plane::Influence);
        let graph = peers::csr(&flat);
        bencher.bench_local(|| peers::csr_sizes(&flat, &graph));
    }
}

/// The costs of all pairs in one plane, kept.
#[divan::bench_group(sample_size = 1, sample_count = 3)]
mod costs {
    use super::*;

    const WORKLOADS: [(Shape, u32); 4] =
        [(Shape::Org, 3_000), (Shape::OrgDense, 3_000), (Shape::Random, 3_000), (Shape::Layered, 3_000)];

    #[divan::bench(args = WORKLOADS)]
    fn ours(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let graph = graph(without_secrets(plain(shape, nodes)));
        bencher.bench_local(|| CostTable::compute(&graph, Plane::Influence));
    }

    #[divan::bench(args = WORKLOADS)]
    fn petgraph_dijkstra(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let graph = graph(without_secrets(plain(shape, nodes)));
        let flat = Flat::of(&graph, Plane::Influence);
        let priced = peers::petgraph_with_costs(&graph, Plane::Influence);
        bencher.bench_local(|| peers::dijkstra_costs(&flat, &priced));
    }

    /// What `self-check` compares with, on a smaller fleet.
    #[divan::bench(args = [(Shape::Org, 1_000), (Shape::OrgDense, 1_000)])]
    fn naive_reference(bencher: Bencher<'_, '_>, (shape, nodes): (Shape, u32)) {
        let spec = spec(without_secrets(plain(shape, nodes)));
        let reference = Reference::new(&spec);
        let reached = |node| reference.reached(Plane::Influence, node);
        bencher.bench_local(|| spec.node_ids().map(reached).collect::<Vec<_>>());
    }
}

/// One blast radius, and a search from the same start.
#[divan::bench_group(sample_size = 1, sample_count = 5)]
mod blast {
    use super::*;

    #[divan::bench(args = [10_000, 100_000, 1_000_000])]
    fn ours(bencher: Bencher<'_, '_>, nodes: u32) {
        let graph = graph(without_secrets(plain(Shape::Random, nodes)));
        bencher.bench_local(|| BlastRadius::compute(&graph, &[NodeId::new(0)], 0));
    }

    #[divan::bench(args = [10_000, 100_000, 1_000_000])]
    fn petgraph_bfs(bencher: Bencher<'_, '_>, nodes: u32) {
        let flat = Flat::of(&graph(without_secrets(plain(Shape::Random, nodes))), Plane::Influence);
        let graph = peers::petgraph(&flat);
        bencher.bench_local(|| peers::one_bfs(&flat, &graph, flat.own[0]));
    }
}

/// What one changed edge changes: all pairs and questions, with the causes of what is gained.
#[divan::bench(args = [Shape::Org, Shape::OrgDense, Shape::Layered], sample_size = 1, sample_count = 5)]
fn diff(bencher: Bencher<'_, '_>, shape: Shape) {
    let head = spec(plain(shape, 2_000));
    let mut base = head.clone();
    base.edges.truncate(head.edges.len() - 1);
    bencher.bench_local(|| Comparison::of(&base, &head).expect("nothing is renamed"));
}

/// Credentials and roles, closed together with the flows.
#[divan::bench(args = [0, 100, 1_000], sample_size = 1, sample_count = 5)]
fn authority(bencher: Bencher<'_, '_>, credentials: u32) {
    let secrets = Secrets { credentials, general_tools: credentials / 10, roles: credentials / 10 };
    let spec = spec(plain(Shape::OrgDense, 10_000).with_secrets(secrets));
    bencher.with_inputs(|| spec.clone()).bench_local_values(CapabilityGraph::build);
}

/// All rows of the matrix with all that is in a cell, a chunk at a time.
#[divan::bench(args = [500, 2_000], sample_size = 1, sample_count = 3)]
fn matrix(bencher: Bencher<'_, '_>, nodes: u32) {
    let graph = graph(plain(Shape::OrgDense, nodes).mixed());
    bencher.bench_local(|| Matrix::new(&graph).rows().map(|row| row.cells.len()).sum::<usize>());
}
