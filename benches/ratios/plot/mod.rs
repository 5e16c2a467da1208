//! Cost against size: measures fleets of 1,000 to 1,000,000 nodes, keeps the figures as CSV, and draws them.

mod chart;
mod svg;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use crabwalk::analysis::{BlastRadius, ReachSizes, Reachability};
use crabwalk::fleet::Shape;
use crabwalk::graph::{CapabilityGraph, Direction, Strength};
use crabwalk::model::{NodeId, Plane};

use crate::page::progress;
use crate::race::{Effort, Run, Time, human, race, timed_alone};
use crate::support::workload::{graph, plain};

/// What is measured of each fleet; the title of a panel.
pub(crate) const TASKS: [&str; 3] =
    ["closure of all pairs, kept", "blast-radius size of every node", "one blast radius with costs"];

/// The shapes that are drawn: sparse, with a giant loop, all one loop, and deep without any.
pub(crate) const SHAPES: [Shape; 4] = [Shape::Org, Shape::OrgDense, Shape::Random, Shape::Layered];

const SIZES: [u32; 7] = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];

/// A line ends where a run takes longer than this: the next size would take ten times as long.
const LONGEST: Duration = Duration::from_secs(4);

/// A closure that takes more is not kept in a bench: a machine of this project has 24 GB.
const MOST_BYTES: usize = 4 << 30;

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    pub(crate) shape: Shape,
    /// Position in [`TASKS`].
    pub(crate) task: usize,
    pub(crate) nodes: u32,
    pub(crate) seconds: f64,
}

/// Measures everything into `cost-by-size.csv`.
pub(crate) fn measure(folder: &Path, effort: Effort) -> std::io::Result<()> {
    let mut points = Vec::new();
    for shape in SHAPES {
        let mut open = [true; TASKS.len()];
        for nodes in SIZES {
            let graph = graph(plain(shape, nodes));
            for (task, open) in open.iter_mut().enumerate().filter(|(_, open)| **open) {
                let Some(time) = time(&graph, task, effort) else {
                    *open = false;
                    continue;
                };
                progress(&format!("{} {nodes}: {}, {}", shape.as_str(), TASKS[task], human(time)));
                points.push(Point { shape, task, nodes, seconds: time.wall.as_secs_f64() });
                *open = time.wall < LONGEST;
            }
        }
    }
    points.sort_by_key(|point| point.task);
    std::fs::write(folder.join("cost-by-size.csv"), csv(&points))
}

/// Draws what was measured last.
pub(crate) fn draw(folder: &Path) -> std::io::Result<()> {
    let text = std::fs::read_to_string(folder.join("cost-by-size.csv"))?;
    let points =
        parse(&text).ok_or_else(|| std::io::Error::other("cost-by-size.csv is not what --plot writes"))?;
    for theme in [svg::LIGHT, svg::DARK] {
        std::fs::write(
            folder.join(format!("cost-by-size-{}.svg", theme.name)),
            chart::draw(&points, &theme),
        )?;
    }
    Ok(())
}

/// The best time of a task; nothing where its result would not fit.
fn time(graph: &CapabilityGraph, task: usize, effort: Effort) -> Option<Time> {
    let run: Box<dyn FnMut() -> Run + '_> = match task {
        0 if kept_bytes(graph) > MOST_BYTES => return None,
        0 => Box::new(|| timed_alone(|| Reachability::close(graph, Plane::Influence, Strength::Any))),
        1 => Box::new(|| timed_alone(|| count(graph))),
        _ => {
            let start = widest(graph);
            Box::new(move || timed_alone(|| BlastRadius::compute(graph, &[start], 0)))
        }
    };
    let [best] = race(effort, [run]);
    Some(best)
}

fn count(graph: &CapabilityGraph) -> ReachSizes {
    ReachSizes::count(graph, Plane::Influence, Strength::Any, Direction::Forward)
}

/// The node that reaches most.
fn widest(graph: &CapabilityGraph) -> NodeId {
    let sizes = count(graph);
    graph.spec().node_ids().max_by_key(|node| sizes.of(*node)).expect("a fleet has nodes")
}

/// What a kept closure may take: as bitsets, half of a square of all components that reach beyond themselves. Layers are the
/// one shape here whose closure does not stay small as runs.
fn kept_bytes(graph: &CapabilityGraph) -> usize {
    let deep = graph.spec().name.starts_with(Shape::Layered.as_str());
    let nodes = graph.spec().nodes.len();
    if deep { nodes * nodes / 16 } else { 0 }
}

fn csv(points: &[Point]) -> String {
    let mut text = "task,shape,nodes,seconds\n".to_owned();
    for Point { shape, task, nodes, seconds } in points {
        let _ = writeln!(text, "\"{}\",{},{nodes},{seconds:.6}", TASKS[*task], shape.as_str());
    }
    text
}

fn parse(text: &str) -> Option<Vec<Point>> {
    let point = |line: &str| {
        let (task, rest) = line.strip_prefix('"')?.split_once("\",")?;
        let mut cells = rest.split(',');
        let shape = cells.next()?;
        Some(Point {
            task: TASKS.iter().position(|known| *known == task)?,
            shape: SHAPES.into_iter().find(|known| known.as_str() == shape)?,
            nodes: cells.next()?.parse().ok()?,
            seconds: cells.next()?.parse().ok()?,
        })
    };
    text.lines().skip(1).map(point).collect()
}
