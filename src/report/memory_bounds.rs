//! How much memory a process holds while it makes an answer, in bytes: upper bounds, known before the work begins.
//!
//! Each is the graph, what every thread searches with, and what the answer's format keeps. Constants are measured with a
//! margin; `tests/process/memory.rs` holds them against what the system counts.

use super::matrix::csv_row_bytes as csv_row;
use super::name::average_length;
use super::row_writer;
use super::sentence::MOST_HOPS;
use super::wire::matrix_row_bytes as json_row;
use crate::analysis::{BlastRadius, Cell, Matrix, Reached};
use crate::findings::Assessment;
use crate::graph::{CapabilityGraph, Components, Cost, Strength};
use crate::model::{NodeId, Plane, Spec};

/// The program itself.
const PROGRAM: usize = 8 << 20;
/// A node and an edge with everything that is kept of them.
const NODE: usize = 512;
const EDGE: usize = 560;
/// A byte of the spec's files: the text, what is kept of it, and its tree while it is read.
const TEXT: usize = 8;
/// What a thread has anyway; what its search has for each flow node, and for each edge behind which something waits; and its row for
/// each node, cells apart.
const THREAD: usize = 256 << 10;
const SEARCH: usize = 64;
const WAITING: usize = 32;
const ROW: usize = 80;
/// A cell of a page: what is kept of it, and its part of the page, of which there are copies.
const TEXT_CELL: usize = 160;
const HTML_CELL: usize = 840;
/// Copies of a name in a cell of an HTML page.
const HTML_NAMES: usize = 6;
/// Entries of the rows that a summary looks at together, unless rows of all threads are more; and bytes of one.
const SUMMARY: usize = 1 << 20;
const ENTRY: usize = 32;
/// What counting sizes takes at most for runs and for blocks, whatever the fleet.
const RUNS: usize = 256 << 20;
const BLOCKS: usize = 512 << 20;
/// What is formatted and not written yet.
const BUFFERS: usize = 4 << 20;
/// A step of a path: as text, of which there are copies, and of the one path that is written as JSON.
const TEXT_HOP: usize = 48;
const JSON_HOP: usize = 512;
/// What is found of a node, in whatever form it is written; and its line in all lists of a plan.
const JUDGED: usize = 2 << 10;
const LISTED: usize = 6 << 10;
const FINDING_JSON: usize = 8 << 10;
/// A pair that a finding concerns, as it is kept, and as a tree of JSON.
const PAIR: usize = 64;
const PAIR_JSON: usize = 320;
/// A hop of a path as a tree of JSON; and one of a path that is kept while what is told of it is short.
const HOP_JSON: usize = 3 << 10;
const RECALLED_HOP: usize = 96;
/// Searches that rules share, beside those of threads.
const SEARCHES: usize = 8;
/// A way out with what it costs to get there.
const WAYS_OUT: usize = 32;
/// What the reference has for each flow node in a search.
const SPOT: usize = 256;
/// A node or an edge that is made up.
const MADE: usize = 256;
/// A line of a blast radius without its path.
const FINDING: usize = 1 << 10;

/// Costs of all pairs of two topologies in both planes, four bytes each: what a comparison holds beside what differs.
#[must_use]
pub fn comparison(nodes: usize, edges: usize) -> usize {
    let tables = nodes.saturating_mul(nodes).saturating_mul(4 * 4);
    let graphs = nodes.saturating_mul(NODE).saturating_add(edges.saturating_mul(EDGE)).saturating_mul(3);
    PROGRAM.saturating_add(tables).saturating_add(graphs)
}

/// A page with a place for every cell: text, Markdown (`html` false) or HTML.
#[must_use]
pub fn page(matrix: &Matrix<'_>, html: bool) -> usize {
    let cell = if html { HTML_CELL + HTML_NAMES * name(matrix.graph()) } else { TEXT_CELL };
    let cells = matrix.row_nodes().len().saturating_mul(matrix.column_count());
    searching(matrix).saturating_add(cells.saturating_mul(cell))
}

/// The summary that stands for a page that has no room.
#[must_use]
pub fn summary(matrix: &Matrix<'_>) -> usize {
    let rows = matrix.graph().spec().nodes.len().saturating_mul(rayon::current_num_threads());
    searching(matrix).saturating_add(rows.max(SUMMARY).saturating_mul(ENTRY))
}

/// What single changes do: every thread makes a spec with its graph, counts in it, and takes it down.
#[must_use]
pub fn hardening(graph: &CapabilityGraph) -> usize {
    self::graph(graph).saturating_mul(2 + rayon::current_num_threads())
}

/// Rows that are written as they are found: CSV, or JSON.
#[must_use]
pub fn stream(matrix: &Matrix<'_>, json: bool) -> usize {
    let row = if json { json_row(matrix) } else { csv_row(matrix) };
    searching(matrix).saturating_add(row_writer::held(row, matrix.row_nodes().len()))
}

/// The sizes of all nodes.
#[must_use]
pub fn sizes(graph: &CapabilityGraph) -> usize {
    let flows = graph.flows().len();
    // Runs are given up where bitsets would be smaller, and where merging them takes longer; a list has room to grow.
    let arcs = graph.edges().len().saturating_mul(2).saturating_add(flows);
    let merged = arcs.saturating_mul(flows.div_ceil(2048)).saturating_add(1 << 16).saturating_mul(16);
    let runs = (flows.saturating_mul(flows) / 16).min(merged);
    let blocks = flows.saturating_mul(rayon::current_num_threads()).saturating_mul(256);
    let lists = flows.saturating_mul(SEARCH * 2).saturating_add(graph.edges().len().saturating_mul(SEARCH));
    self::graph(graph)
        .saturating_add(runs.min(RUNS))
        .saturating_add(blocks.min(BLOCKS))
        .saturating_add(lists)
        .saturating_add(BUFFERS / 4)
}

/// A blast radius as text: a line each, with the ends of its best path. How long the paths are is known.
#[must_use]
pub fn blast_text(blast: &BlastRadius<'_>) -> usize {
    let hop = TEXT_HOP + 3 * name(blast.graph);
    let line = |hops: usize| hops.min(MOST_HOPS).saturating_mul(hop).saturating_add(FINDING);
    let longest = hops(blast).max().unwrap_or(0).saturating_mul(ENTRY);
    // What leaves has a line for each node at most, and a path only where there are few.
    let leaks = blast.graph.spec().nodes.len().saturating_mul(FINDING).saturating_add(leaving(blast.graph));
    let rest = searching_all(blast.graph, 1)
        .saturating_add(longest)
        .saturating_add(leaks)
        .saturating_add(BUFFERS / 2);
    hops(blast).map(line).fold(rest, usize::saturating_add)
}

/// A blast radius as JSON: one path at a time.
#[must_use]
pub fn blast_json(blast: &BlastRadius<'_>) -> usize {
    let lines = hops(blast).count().saturating_mul(ENTRY);
    let longest = hops(blast).max().unwrap_or(0).saturating_mul(JSON_HOP);
    searching_all(blast.graph, 1)
        .saturating_add(lines)
        .saturating_add(longest)
        .saturating_add(leaving(blast.graph))
}

/// The two nearest ways out of every flow node, twice, and what waits while they are found.
fn leaving(graph: &CapabilityGraph) -> usize {
    let (flows, arcs) = (graph.flows().len(), graph.edges().len().saturating_mul(2));
    let nearest = flows.saturating_mul(4 * WAYS_OUT);
    let waiting = arcs.saturating_add(flows).saturating_mul(4 * WAITING);
    // Where few leave, each is searched for by itself.
    nearest.saturating_add(waiting).saturating_add(flows.saturating_mul(8 * SEARCH))
}

/// How long the path of each line is.
fn hops<'b>(blast: &'b BlastRadius<'_>) -> impl Iterator<Item = usize> + 'b {
    let findings: [&[Reached]; 7] = [
        &blast.influenced,
        &blast.influenced_guarded,
        &blast.footholds,
        &blast.residual,
        &blast.exposed,
        &blast.exposed_guarded,
        &blast.sinks,
    ];
    let nodes = findings.into_iter().flatten().map(|found| found.cost);
    let gains = blast.gained.iter().chain(&blast.gained_guarded).map(|gain| gain.cost);
    let secrets = blast.secrets.iter().flat_map(|secret| [secret.learn, secret.used.map(|gain| gain.cost)]);
    nodes.chain(gains).chain(secrets.flatten()).map(|cost: Cost| cost.hops as usize)
}

/// The graph with its spec.
#[must_use]
pub fn graph(graph: &CapabilityGraph) -> usize {
    with_derived(declared(graph.spec()), graph.derived_count())
}

/// The graph as it is written, element by element, or drawn: drawings are refused where they would be large.
#[must_use]
pub fn export(graph: &CapabilityGraph) -> usize {
    self::graph(graph).saturating_add(BUFFERS)
}

/// A spec with its graph, as far as it is declared.
#[must_use]
pub fn declared(spec: &Spec) -> usize {
    let (nodes, edges) = (spec.nodes.len(), spec.edges.len());
    let opened: usize = spec.nodes.values().map(|node| node.opens.len()).sum();
    let text: usize = spec.files.iter().map(|file| file.text().len()).sum();
    let kept = nodes.saturating_mul(NODE).saturating_add(opened.saturating_mul(size_of::<NodeId>()));
    with_derived(PROGRAM, edges).saturating_add(kept).saturating_add(text.saturating_mul(TEXT))
}

/// As [`declared`], with so many edges that authority derives.
#[must_use]
pub fn with_derived(declared: usize, edges: usize) -> usize {
    declared.saturating_add(edges.saturating_mul(EDGE))
}

/// How many derived edges fit into so many bytes.
#[must_use]
pub fn derived_within(bytes: usize) -> usize {
    bytes / EDGE
}

/// The findings of a topology, and what is written of them.
#[must_use]
pub fn assessment(graph: &CapabilityGraph) -> usize {
    let findings = graph.spec().nodes.len().saturating_mul(JUDGED);
    searching_all(graph, SEARCHES).saturating_add(closures(graph)).saturating_add(findings)
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Findings {
    /// As lines.
    Lines,
    /// As a tree of JSON.
    Json,
    /// As SARIF.
    Sarif,
}

/// Findings as they are written, with all paths that prove them, beside the assessment.
#[must_use]
pub fn findings(assessment: &Assessment<'_>, form: Findings) -> usize {
    let (a_finding, a_hop, a_pair) = match form {
        Findings::Lines => (JUDGED, TEXT_HOP, PAIR),
        Findings::Json => (FINDING_JSON, HOP_JSON, PAIR_JSON),
        Findings::Sarif => (FINDING_JSON + FINDING_JSON / 2, HOP_JSON + HOP_JSON / 2, PAIR_JSON),
    };
    let a_hop = a_hop.saturating_add(6 * name(assessment.graph));
    let hops = assessment.findings.iter().flat_map(|found| found.evidence()).map(|one| one.path.hops.len());
    let hops = hops.sum::<usize>().saturating_mul(a_hop);
    let found = assessment.findings.len().saturating_mul(a_finding);
    let pairs = assessment.findings.iter().map(|found| found.pairs.len()).sum::<usize>();
    let pairs = pairs.saturating_mul(a_pair.saturating_add(2 * name(assessment.graph)));
    self::assessment(assessment.graph).saturating_add(hops).saturating_add(found).saturating_add(pairs)
}

/// What comes to one store and goes out of it: so many lines, with so many hops in all their paths.
#[must_use]
pub fn recall(graph: &CapabilityGraph, (lines, hops): (usize, usize), json: bool) -> usize {
    let (a_line, a_hop) = if json { (FINDING_JSON, HOP_JSON) } else { (FINDING, RECALLED_HOP) };
    let listed = lines.saturating_mul(a_line).saturating_add(hops.saturating_mul(a_hop));
    search(graph).saturating_add(listed)
}

/// The same with a section for each part of the threat model.
#[must_use]
pub fn threat_model(graph: &CapabilityGraph) -> usize {
    assessment(graph).saturating_add(graph.spec().nodes.len().saturating_mul(JUDGED))
}

/// A report as it is written.
#[must_use]
pub fn report(assessment: &Assessment<'_>, form: Findings) -> usize {
    let sections = assessment.graph.spec().nodes.len().saturating_mul(JUDGED);
    findings(assessment, form).saturating_add(sections)
}

/// A plan for a compromise: lists of what is reached, with their paths.
#[must_use]
pub fn plan(graph: &CapabilityGraph) -> usize {
    let listed = graph.spec().nodes.len().saturating_mul(LISTED + 4 * name(graph));
    searching_all(graph, rayon::current_num_threads() + 2).saturating_add(listed)
}

/// One path, or what one store is good for: a few searches and what they tell.
#[must_use]
pub fn search(graph: &CapabilityGraph) -> usize {
    let longest = graph.flows().len().saturating_mul(ENTRY + JSON_HOP / 4);
    searching_all(graph, 4).saturating_add(longest)
}

/// Rows of the reference, and of the engine, for some nodes: both know all flows, and the reference holds what each credential
/// comes to.
#[must_use]
pub fn self_check(graph: &CapabilityGraph) -> usize {
    let threads = rayon::current_num_threads().saturating_add(1);
    let spots = graph.flows().len().saturating_mul(SPOT);
    let edges = graph.edges().len().saturating_mul(2 * EDGE);
    let learned = graph.flows().len().saturating_mul(64 * 8);
    searching_all(graph, threads)
        .saturating_add(closures(graph))
        .saturating_add(spots.saturating_mul(threads))
        .saturating_add(edges)
        .saturating_add(learned)
}

/// A fleet that is made up, with so many nodes and edges a node.
#[must_use]
pub fn fleet(nodes: usize, edges_per_node: usize) -> usize {
    let node = MADE.saturating_add(edges_per_node.saturating_mul(MADE));
    PROGRAM.saturating_add(nodes.saturating_mul(node))
}

/// The closures of both planes: a triangle of bits each, or runs that are smaller, with room to grow.
fn closures(graph: &CapabilityGraph) -> usize {
    let flows = graph.flows();
    let arcs = flows.len().saturating_add(2 * graph.edges().len()).saturating_mul(SEARCH);
    let bits = |plane| {
        let components = Components::find(flows, plane, Strength::Open).len();
        components.saturating_mul(components) / 8
    };
    [Plane::Influence, Plane::Exposure].into_iter().map(bits).fold(arcs, usize::saturating_add)
}

/// The graph, and what all threads need to find rows.
fn searching(matrix: &Matrix<'_>) -> usize {
    let cells = matrix.column_count().saturating_mul(2 * size_of::<Cell>());
    let threads = rayon::current_num_threads();
    searching_all(matrix.graph(), threads).saturating_add(cells.saturating_mul(threads))
}

fn searching_all(graph: &CapabilityGraph, threads: usize) -> usize {
    let flows = graph.flows().len().saturating_mul(SEARCH);
    let edges = graph.edges().len().saturating_mul(WAITING);
    let rows = graph.spec().nodes.len().saturating_mul(ROW);
    let thread = THREAD.saturating_add(flows).saturating_add(edges).saturating_add(rows);
    self::graph(graph).saturating_add(thread.saturating_mul(threads))
}

fn name(graph: &CapabilityGraph) -> usize {
    average_length(graph.spec())
}
