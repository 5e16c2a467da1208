//! Loading: a fleet of 100,000 agents, in one file and in a directory of 500, against the YAML crate's own serde side reading
//! the same bytes into the types of `peer/`.
//!
//! `cargo bench --bench load`. Read ratios off the column `fastest`, within one run. `cold` are whole processes: of crabwalk
//! from the start to the printed answer, of the peer from the start until the value is dropped.

mod peer;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crabwalk::input::load_from;
use crabwalk::model::Spec;

/// Teams of eight agents and a memory.
const TEAMS: usize = 12_500;
const FILES: usize = 500;

/// Says that this process is the peer, and what it reads.
const PEER: &str = "CRABWALK_BENCH_PEER";

fn main() {
    if let Some(path) = std::env::var_os(PEER) {
        read_as_peer(Path::new(&path));
        return;
    }
    let directory = tempfile::tempdir().expect("a directory can be made");
    FLEET.get_or_init(|| Fleet::write(directory.path()));
    divan::main();
}

static FLEET: OnceLock<Fleet> = OnceLock::new();

/// The same fleet in one file and in many.
struct Fleet {
    text: String,
    file: PathBuf,
    directory: PathBuf,
}

impl Fleet {
    fn get() -> &'static Self {
        FLEET.get().expect("main has written it")
    }

    fn write(root: &Path) -> Self {
        let mut random = Random(7);
        let teams: Vec<[String; 2]> = (0..TEAMS).map(|team| self::team(team, &mut random)).collect();
        let fleet =
            Self { text: text(&teams, true), file: root.join("fleet.yaml"), directory: root.join("fleet") };
        fs::write(&fleet.file, &fleet.text).expect("a file can be written");
        fs::create_dir(&fleet.directory).expect("a directory can be made");
        for (number, part) in teams.chunks(TEAMS / FILES).enumerate() {
            let path = fleet.directory.join(format!("part{number:03}.crabwalk.yaml"));
            fs::write(path, text(part, number == 0)).expect("a file can be written");
        }
        fleet
    }
}

/// Minimal standard generator: the same fleet on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound
    }
}

/// A file of some teams; one of the files has the settings.
fn text(teams: &[[String; 2]], settings: bool) -> String {
    let mut text = String::from("version: 1\n");
    if settings {
        text += "name: fleet\nzones:\n  edge: {trust: 10}\n  core: {trust: 50}\n";
        text += "guards:\n  dlp: {stops: [exposure]}\n";
    }
    text += "agents:\n";
    teams.iter().for_each(|[agents, _]| text += agents);
    text += "stores:\n";
    teams.iter().for_each(|[_, stores]| text += stores);
    text
}

/// A coordinator that invokes seven workers, some behind an approval; all write and read the team's memory. Six teams of ten
/// write into the memory of another one: as sparse as real fleets are.
fn team(team: usize, random: &mut Random) -> [String; 2] {
    let mut agents = format!("  lead{team}:\n    owner: team-{}\n    zone: core\n", team % 97);
    agents += &format!("    tags: [lead, region-{}]\n    read: [memory{team}]\n", team % 9);
    agents += &match (random.below(10), (team + 1 + random.below(TEAMS - 1)) % TEAMS) {
        (0..6, other) => format!("    write: [memory{team}, memory{other}]\n    invoke:\n"),
        _ => format!("    write: [memory{team}]\n    invoke:\n"),
    };
    for worker in 1..8 {
        agents += &match worker % 3 {
            0 => format!("      - {{target: worker{team}x{worker}, guards: [human-approval]}}\n"),
            _ => format!("      - worker{team}x{worker}\n"),
        };
    }
    for worker in 1..8 {
        agents += &format!("  worker{team}x{worker}:\n");
        agents += if worker % 2 == 0 { "    isolation: per-call\n" } else { "" };
        agents += &format!("    description: Worker {worker} of team {team}\n    zone: edge\n");
        agents += &format!("    tags: [worker]\n    read:\n      - memory{team}\n    write:\n");
        agents += &match worker {
            3 => format!(
                "      - target: memory{team}\n        guards: [typed-output]\n        note: a summary\n"
            ),
            _ => format!("      - memory{team}\n"),
        };
    }
    let store = format!("  memory{team}:\n    kind: memory\n    zone: core\n    sensitivity: confidential\n");
    [agents, store]
}

/// What the peer's process does.
fn read_as_peer(path: &Path) {
    let text = fs::read_to_string(path).expect("the file can be read");
    let spec = peer::read(&text).expect("the peer reads it");
    assert_eq!(spec.agents.len(), TEAMS * 8);
}

/// In this process, warm: text to spec.
mod one_file {
    use super::{Fleet, Spec, peer};

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn crabwalk() -> Spec {
        Spec::from_text("fleet.yaml", &Fleet::get().text).expect("the fleet is a valid spec")
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn peer_types() -> peer::Spec {
        peer::read(&Fleet::get().text).expect("the peer reads it")
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn peer_nothing_kept() {
        peer::skim(&Fleet::get().text).expect("the peer reads it");
    }
}

/// Whole processes that read one file.
mod cold {
    use super::{Command, Fleet, PEER, run};

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn crabwalk_check() {
        run(Command::new(env!("CARGO_BIN_EXE_crabwalk")).arg("check").arg(&Fleet::get().file));
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn crabwalk_blast() {
        let mut blast = Command::new(env!("CARGO_BIN_EXE_crabwalk"));
        run(blast.args(["blast", "lead5", "--spec"]).arg(&Fleet::get().file));
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn peer_types() {
        let bench = std::env::current_exe().expect("this program has a path");
        run(Command::new(bench).env(PEER, &Fleet::get().file));
    }
}

/// Runs a process to its end, its answer thrown away.
fn run(command: &mut Command) {
    assert!(command.stdout(Stdio::null()).status().expect("it starts").success());
}

/// The directory of 500 files, by threads.
#[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
fn directory(bencher: divan::Bencher<'_, '_>, threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let inputs = [Fleet::get().directory.clone()];
    let load = || load_from(Path::new("."), &inputs, &mut std::io::empty());
    bencher.bench(|| pool.install(load).expect("the fleet is a valid spec"));
}
