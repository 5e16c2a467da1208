//! Cold processes: from the text to the answer.

use std::path::Path;
use std::process::{Command, Stdio};

use crabwalk::fleet::{Fleet, FleetPlan, Shape};

use super::Settings;
use crate::memory::{self, of_task};
use crate::page::{Line, Page};
use crate::race::{Effort, human, race, ratio, timed_alone};
use crate::support::workload::{Density, graph, plain};

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
