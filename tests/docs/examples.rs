//! The worked examples of `docs/semantics.md` hold: every table that follows a spec is recomputed from that spec.
//!
//! What a table claims is known by its header. A row that does not hold is shown with what the engine gives instead.

use std::fmt::Write as _;

use crabwalk::analysis::{BlastRadius, Cell, Leak, Matrix, Path, PathAnswer, Reached, loops};
use crabwalk::graph::{CapabilityGraph, Cost, Edge};
use crabwalk::model::{GuardId, NodeId, Plane, Returns, Spec};

const PAGE: &str = include_str!("../../docs/semantics.md");

/// One worked example: a spec, and the tables that follow it.
struct Example {
    /// Line of the page where the spec begins, from 1.
    line: usize,
    spec: String,
    tables: Vec<Table>,
}

/// A table: header, then rows, without markup.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The examples of a page, in order.
fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut lines = page.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        if line == "```yaml" {
            let body = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
            let spec = body.fold(String::new(), |text, line| text + line + "\n");
            examples.push(Example { line: at + 2, spec, tables: Vec::new() });
        } else if line.starts_with('|') {
            let mut rows = vec![row(line)];
            while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with('|')) {
                rows.push(row(line));
            }
            let header = rows.remove(0);
            rows.retain(|cells| !cells.iter().all(|cell| cell.chars().all(|mark| mark == '-')));
            if let Some(example) = examples.last_mut() {
                example.tables.push(Table { header, rows });
            }
        }
    }
    examples
}

/// The cells of a line of a table.
fn row(line: &str) -> Vec<String> {
    let cells = line.trim().trim_start_matches('|').trim_end_matches('|').split('|');
    cells.map(|cell| cell.replace('`', "").trim().to_owned()).collect()
}

/// What a table says about a spec.
type Claim = fn(&CapabilityGraph, &[Vec<String>]) -> Vec<Vec<String>>;

/// How the rows of a table with this header are computed; nothing for a table that claims nothing.
fn claim(header: &[String]) -> Option<Claim> {
    match header.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["row", "column", "direct", "acts", "influence", "exposure"] => Some(cells),
        ["derived edge", "guards", "result", "extra", "rule"] => Some(derived),
        ["row", "column", "influence", "steered"] => Some(steering),
        ["held", "leaves", "by", "meets in", "guards"] => Some(leaving),
        ["loops"] => Some(circles),
        ["from", "to", "best path"] => Some(paths),
        ["held", "influenced", "footholds", "residual", "exposed"] => Some(reach),
        ["held", "gained", "credentials", "sinks"] => Some(spoils),
        _ => None,
    }
}

/// The cells that the rows name.
fn cells(graph: &CapabilityGraph, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let matrix = Matrix::new(graph);
    let matrix: Vec<_> = matrix.rows().collect();
    let cell = |from: &str, to: &str| {
        let (from, to) = (node(graph, from), node(graph, to));
        let row = matrix.iter().find(|row| row.from == from).expect("a row for every node");
        row.cell(to)
    };
    rows.iter()
        .map(|row| {
            let found = cell(&row[0], &row[1]);
            let cost =
                |cost: fn(&Cell) -> Option<Cost>| found.and_then(cost).map(cost_text).unwrap_or_default();
            let direct = found.map(|cell| list(cell.direct.iter().map(|declared| declared.verb)));
            let acts = found.map(|cell| list(cell.acts().map(|(verb, guards)| format!("{verb} {guards}"))));
            vec![
                row[0].clone(),
                row[1].clone(),
                direct.unwrap_or_default(),
                acts.unwrap_or_default(),
                cost(|cell| cell.influence),
                cost(|cell| cell.exposure),
            ]
        })
        .collect()
}

/// What taints a node, and what steers it.
fn steering(graph: &CapabilityGraph, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let matrix = Matrix::new(graph);
    let matrix: Vec<_> = matrix.rows().collect();
    let of = |row: &Vec<String>| {
        let (from, to) = (node(graph, &row[0]), node(graph, &row[1]));
        let cell = matrix.iter().find(|row| row.from == from).and_then(|row| row.cell(to));
        let cost = |cost: fn(&Cell) -> Option<Cost>| cell.and_then(cost).map(cost_text).unwrap_or_default();
        vec![row[0].clone(), row[1].clone(), cost(|cell| cell.influence), cost(|cell| cell.steered)]
    };
    rows.iter().map(of).collect()
}

/// All that leaves when the nodes are held that the rows name.
fn leaving(graph: &CapabilityGraph, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut held: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    held.dedup();
    let name = |id: NodeId| graph.spec().node_name(id).to_owned();
    let all = held.into_iter().flat_map(|held| {
        let blast = BlastRadius::compute(graph, &[node(graph, held)], u32::MAX);
        let leaks: Vec<Leak> = blast.leaving().leaks.clone();
        let row = |leak: Leak| {
            let place = blast.leaving().meets_in(&leak).map(name).unwrap_or_default();
            vec![held.to_owned(), name(leak.content), name(leak.by), place, leak.cost.guards.to_string()]
        };
        leaks.into_iter().map(row).collect::<Vec<_>>()
    });
    all.collect()
}

/// All loops, whatever the rows name.
fn circles(graph: &CapabilityGraph, _rows: &[Vec<String>]) -> Vec<Vec<String>> {
    loops(graph).into_iter().map(|nodes| vec![names(graph, nodes.into_iter())]).collect()
}

/// All derived edges, whatever the rows name.
fn derived(graph: &CapabilityGraph, _rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let spec = graph.spec();
    let guards = |ids: &[GuardId]| list(ids.iter().map(|id| spec.guard_name(*id)));
    let row = |edge: &Edge| {
        let returns = match &edge.returns {
            Returns::Nothing => "none".to_owned(),
            Returns::Content(ids) if ids.is_empty() => "unguarded".to_owned(),
            Returns::Content(ids) => guards(ids),
        };
        let (from, to) = (spec.node_name(edge.from), spec.node_name(edge.to));
        let rule = edge.origin.as_str().to_owned();
        let edge_text = format!("{from} {} {to}", edge.verb);
        vec![edge_text, guards(&edge.guards), returns, edge.extra.to_string(), rule]
    };
    graph.edges().iter().filter(|edge| graph.declaration(edge).is_none()).map(row).collect()
}

/// The best paths in the influence plane.
fn paths(graph: &CapabilityGraph, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let best = |from: &str, to: &str| {
        let (from, to) = (node(graph, from), node(graph, to));
        PathAnswer::find(graph, Plane::Influence, from, to).path
    };
    let path = |path: Path| {
        let names = path.hops.iter().map(|hop| graph.spec().node_name(hop.to));
        names.fold(graph.spec().node_name(path.from).to_owned(), |text, name| text + " → " + name)
    };
    rows.iter()
        .map(|row| vec![row[0].clone(), row[1].clone(), best(&row[0], &row[1]).map(path).unwrap_or_default()])
        .collect()
}

/// What a blast radius reaches and keeps.
fn reach(graph: &CapabilityGraph, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let row = |row: &Vec<String>| {
        let blast = blast(graph, &row[0]);
        let ids = |found: &[Reached]| names(graph, found.iter().map(|found| found.node));
        let residual = names(graph, blast.residual.iter().map(|found| found.node));
        vec![row[0].clone(), ids(&blast.influenced), ids(&blast.footholds), residual, ids(&blast.exposed)]
    };
    rows.iter().map(row).collect()
}

/// What a blast radius gains.
fn spoils(graph: &CapabilityGraph, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let spec = graph.spec();
    let row = |row: &Vec<String>| {
        let blast = blast(graph, &row[0]);
        let gained = blast.gained.iter().map(|gain| format!("{} {}", gain.verb, spec.node_name(gain.to)));
        let secrets = names(graph, blast.secrets.iter().map(|secret| secret.node));
        let sinks = names(graph, blast.sinks.iter().map(|sink| sink.node));
        vec![row[0].clone(), list(gained), secrets, sinks]
    };
    rows.iter().map(row).collect()
}

/// The blast radius with no guard failing of the nodes of a list.
fn blast<'g>(graph: &'g CapabilityGraph, held: &str) -> BlastRadius<'g> {
    let starts: Vec<NodeId> = held.split(", ").map(|name| node(graph, name)).collect();
    BlastRadius::compute(graph, &starts, 0)
}

fn node(graph: &CapabilityGraph, name: &str) -> NodeId {
    graph.spec().node_id(name).unwrap_or_else(|| panic!("there is no node `{name}`"))
}

fn names(graph: &CapabilityGraph, ids: impl Iterator<Item = NodeId>) -> String {
    list(ids.map(|id| graph.spec().node_name(id)))
}

fn list(items: impl Iterator<Item = impl ToString>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

fn cost_text(cost: Cost) -> String {
    format!("{}, {}, {}", cost.guards, cost.sessions, cost.hops)
}

#[test]
fn worked_examples_hold() {
    let mut wrong = String::new();
    for example in examples(PAGE) {
        let spec = Spec::from_text("example.yaml", &example.spec)
            .unwrap_or_else(|mistakes| panic!("line {}: {mistakes:#?}", example.line));
        let graph = CapabilityGraph::build(spec);
        for table in &example.tables {
            let Some(claim) = claim(&table.header) else { continue };
            let computed = claim(&graph, &table.rows);
            if computed != table.rows {
                let _ = writeln!(wrong, "line {}, the engine gives:", example.line);
                computed.iter().for_each(|row| wrong += &format!("| {} |\n", row.join(" | ")));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/semantics.md claims what does not hold\n{wrong}");
}

#[test]
fn every_spec_of_the_page_is_followed_by_claims() {
    let examples = examples(PAGE);
    assert!(examples.len() >= 10, "{} examples were found", examples.len());
    for example in examples {
        let claims = example.tables.iter().filter(|table| claim(&table.header).is_some());
        let rows: usize = claims.map(|table| table.rows.len()).sum();
        assert!(rows > 0, "nothing is claimed of the spec in line {}", example.line);
    }
}
