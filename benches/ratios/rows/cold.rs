//! Cold processes: from the text to the answer.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crabwalk::fleet::{Fleet, FleetPlan, Shape};
use crabwalk::input::load;
use crabwalk::model::NodeKind;

use super::Settings;
use crate::memory::{self, CHILD, of_task};
use crate::page::{Line, Page};
use crate::race::{Effort, human, race, ratio, timed_alone};
use crate::support::workload::{Density, graph, plain, without_secrets};
use crate::yaml_peer;

/// Runs a program that has to succeed.
fn run(command: &mut Command) {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{command:?} answers");
}

fn crabwalk() -> Command {
    Command::new(env!("CARGO_BIN_EXE_crabwalk"))
}

/// Writes a fleet as its files into a folder.
fn write(plan: FleetPlan, folder: &Path) {
    let fleet = Fleet::generate(plan).expect("the workloads are possible");
    for file in 0..fleet.file_count() {
        let path = folder.join(format!("part-{file:04}.crabwalk.yaml"));
        let mut out = std::io::BufWriter::new(std::fs::File::create(path).expect("a writable folder"));
        fleet.write_file(file, &mut out).expect("a writable folder");
    }
}

/// The fleet of the loading rows: 100,000 agents and their memories.
fn fleet(settings: Settings) -> FleetPlan {
    without_secrets(plain(Shape::Org, settings.nodes(112_000)))
}

pub(crate) fn yaml(settings: Settings, page: &mut Page) {
    const TASK: &str = "spec to `blast`, cold process";
    let (one, many) = (tempfile::tempdir(), tempfile::tempdir());
    let (one, many) = (one.expect("a temporary folder"), many.expect("a temporary folder"));
    let files = settings.nodes(500);
    write(fleet(settings), one.path());
    write(FleetPlan { files, ..fleet(settings) }, many.path());
    let graph = graph(fleet(settings));
    let agents = graph.spec().nodes.values().filter(|node| node.kind == NodeKind::Agent).count();
    for (folder, spread) in [(&one, "one file".to_owned()), (&many, format!("{files} files"))] {
        let [ours, peer] = race(
            settings.effort,
            [
                Box::new(|| {
                    timed_alone(|| run(crabwalk().args(["blast", "team0-lead", "-s"]).arg(folder.path())))
                }),
                Box::new(|| timed_alone(|| run(myself().args([CHILD, "yaml-peer"]).arg(folder.path())))),
            ],
        );
        let workload = format!("{}, {agents} agents, {spread}", graph.spec().name);
        let measured = format!("{}, serde-saphyr into types of the same spec {}", human(ours), human(peer));
        page.add(Line::at_most(TASK, &workload, measured, ratio(ours, peer), 1.3));
    }
    page.add(threads(settings, many.path(), &graph.spec().name, files));
    page.workload(&graph.spec().name, Density::of(&graph));
}

/// Reading on one thread against reading on two.
fn threads(settings: Settings, folder: &Path, workload: &str, files: u32) -> Line {
    let inputs = [folder.to_owned()];
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
    let (one, two) = (pool(1), pool(2));
    let read = |pool: &rayon::ThreadPool| pool.install(|| load(&inputs).expect("the fleet is a valid spec"));
    let [alone, together] = race(
        settings.effort,
        [Box::new(|| timed_alone(|| read(&one))), Box::new(|| timed_alone(|| read(&two)))],
    );
    let measured = format!("two threads {}, one thread {}", human(together), human(alone));
    let workload = format!("{workload}, {files} files");
    Line::at_least("reading a directory on two cores", &workload, measured, ratio(alone, together), 1.6)
}

fn myself() -> Command {
    Command::new(std::env::current_exe().expect("this program has a path"))
}

/// In the child: reads every file of a folder as a user of the YAML crate would, one after the other.
pub(crate) fn child_yaml(arguments: &[String]) {
    let entries = std::fs::read_dir(&arguments[0]).expect("a folder");
    let paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("readable");
        yaml_peer::read(&text).expect("the peer reads the same language")
    };
    let specs: Vec<yaml_peer::Spec> = paths.iter().map(read).collect();
    assert!(specs.iter().any(|spec| !spec.agents.is_empty()));
    // As the program, it leaves the memory to the system.
    std::mem::forget(specs);
}

pub(crate) fn check(settings: Settings, page: &mut Page) {
    const TASK: &str = "`check`, cold process";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = plain(Shape::Org, 50).mixed();
    write(plan.clone(), folder.path());
    let effort = Effort { rounds: 4 * settings.effort.rounds, ..settings.effort };
    let [ours, git] = race(
        effort,
        [
            Box::new(|| timed_alone(|| run(crabwalk().arg("check").arg(folder.path())))),
            Box::new(|| timed_alone(|| run(Command::new("git").arg("--version")))),
        ],
    );
    let graph = graph(plan);
    let workload = graph.spec().name.clone();
    let measured = format!("{}, `git --version` {}", human(ours), human(git));
    page.add(Line::at_most(TASK, &workload, measured, ratio(ours, git), 3.0));
    let path = folder.path().to_string_lossy();
    if let Some(of) = of_task(&["program", env!("CARGO_BIN_EXE_crabwalk"), "check", &path]) {
        let figure = memory::human(of.peak);
        let measured = "peak memory of the process".to_owned();
        page.add(Line::holds(TASK, &workload, measured, figure, "≤ 15 MB", of.peak <= 15_000_000));
    }
    page.workload(&workload, Density::of(&graph));
}
