//! The fixpoint of the five rules next to one closure of the graph that it leaves, so that the ratio can be read in one run.
//!
//! `cargo bench --bench authority`. Ten thousand nodes in teams of eight with a memory each, many edges across teams, so that
//! a giant loop arises; a third of the edges guarded; a thousand credentials that one agent reads each and that open one or
//! two of a hundred tools, a hundred general tools with three users each, and a hundred roles that three agents assume.

use std::fmt::Write as _;

use crabwalk::analysis::Reachability;
use crabwalk::graph::{CapabilityGraph, Strength, close_authority};
use crabwalk::model::{Plane, Spec};

const TEAMS: usize = 1_111;
const WORKERS: usize = 7;
const CREDENTIALS: usize = 1_000;
/// General tools, plain tools, and roles.
const EACH: usize = 100;

fn main() {
    divan::main();
}

/// Minimal standard generator: the same fleet on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    /// A target, guarded one time in three.
    fn target(&mut self, name: &str) -> String {
        const GUARDS: [&str; 4] = ["human-approval", "quarantine", "typed-output", "redaction"];
        match self.below(3) {
            0 => format!("{{target: {name}, guards: [{}]}}", GUARDS[self.below(4)]),
            _ => name.to_owned(),
        }
    }
}

/// What workers read and invoke, by worker.
struct Extras {
    reads: Vec<Vec<String>>,
    invokes: Vec<Vec<String>>,
}

impl Extras {
    fn new(random: &mut Random) -> Self {
        let workers = TEAMS * WORKERS;
        let mut extras = Self { reads: vec![Vec::new(); workers], invokes: vec![Vec::new(); workers] };
        for credential in 0..CREDENTIALS {
            let target = random.target(&format!("credential{credential}"));
            extras.reads[random.below(workers)].push(target);
        }
        for name in (0..EACH).flat_map(|number| [format!("shell{number}"), format!("role{number}")]) {
            let mut users: Vec<usize> = (0..3).map(|_| random.below(workers)).collect();
            users.sort_unstable();
            users.dedup();
            for user in users {
                extras.invokes[user].push(random.target(&name));
            }
        }
        extras
    }
}

fn fleet() -> Spec {
    let mut random = Random(7);
    let extras = Extras::new(&mut random);
    let mut text = String::from("version: 1\nname: fleet\nagents:\n");
    for team in 0..TEAMS {
        agents(&mut text, &mut random, &extras, team).expect("memory");
    }
    text += "stores:\n";
    (0..TEAMS).for_each(|team| text += &format!("  memory{team}: {{}}\n"));
    authority(&mut text, &mut random).expect("memory");
    Spec::from_text("fleet.yaml", &text).expect("the fleet is a valid spec")
}

/// A lead that invokes its workers and writes to other teams' memories, and its workers.
fn agents(text: &mut String, random: &mut Random, extras: &Extras, team: usize) -> std::fmt::Result {
    let workers: Vec<String> =
        (0..WORKERS).map(|worker| random.target(&format!("worker{team}x{worker}"))).collect();
    let mut others: Vec<usize> = (0..4).map(|_| random.below(TEAMS)).collect();
    others.sort_unstable();
    others.dedup();
    let others: Vec<String> = others.iter().map(|other| random.target(&format!("memory{other}"))).collect();
    let (workers, others) = (workers.join(", "), others.join(", "));
    writeln!(text, "  lead{team}: {{read: [memory{team}], invoke: [{workers}], write: [{others}]}}")?;
    for worker in 0..WORKERS {
        let isolation = if worker % 4 == 0 { "per-call" } else { "shared" };
        let (reads, invokes) =
            (&extras.reads[team * WORKERS + worker], &extras.invokes[team * WORKERS + worker]);
        let (reads, invokes) = (reads.join(", "), invokes.join(", "));
        write!(text, "  worker{team}x{worker}: {{isolation: {isolation}, write: [memory{team}], ")?;
        writeln!(text, "read: [{reads}], invoke: [{invokes}]}}")?;
    }
    Ok(())
}

/// Tools, roles and credentials.
fn authority(text: &mut String, random: &mut Random) -> std::fmt::Result {
    writeln!(text, "tools:")?;
    for number in 0..EACH {
        writeln!(text, "  shell{number}: {{general: true}}")?;
        writeln!(
            text,
            "  tool{number}: {{egress: {}, write: [memory{}]}}",
            number % 4 == 0,
            random.below(TEAMS)
        )?;
    }
    writeln!(text, "principals:")?;
    for number in 0..EACH {
        let (tool, memory) = (random.below(EACH), random.below(TEAMS));
        writeln!(text, "  role{number}: {{kind: iam-role, invoke: [tool{tool}], write: [memory{memory}]}}")?;
    }
    writeln!(text, "credentials:")?;
    for number in 0..CREDENTIALS {
        let (one, other) = (random.below(EACH), random.below(EACH));
        let more = if number % 2 == 0 && one != other { format!(", tool{other}") } else { String::new() };
        writeln!(text, "  credential{number}: {{opens: [tool{one}{more}]}}")?;
    }
    Ok(())
}

/// Declared edges → all edges.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn fixpoint(bencher: divan::Bencher<'_, '_>) {
    let spec = fleet();
    bencher.bench(|| close_authority(&spec));
}

/// The same with the flows of all edges.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn fixpoint_and_flows(bencher: divan::Bencher<'_, '_>) {
    let spec = fleet();
    bencher.with_inputs(|| spec.clone()).bench_values(CapabilityGraph::build);
}

/// The yardstick: the closure of the exposure plane, over declared and derived edges.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn one_closure(bencher: divan::Bencher<'_, '_>) {
    let graph = CapabilityGraph::build(fleet());
    bencher.bench(|| Reachability::close(&graph, Plane::Exposure, Strength::Any));
}
