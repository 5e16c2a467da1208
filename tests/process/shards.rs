//! `--shard I/N`: slices that are computed by as many processes, joined in order, are byte for byte the whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::program::{crabwalk, folder};

fn answer(output: &Output) -> Vec<u8> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout.clone()
}

/// Teams with a shared memory, guards, per-call tools, a credential, nodes that nothing touches, and names that need quotes.
/// The first nodes have empty rows, so that the first slices have no cell.
fn mixed_fleet(folder: &Path, teams: usize) -> PathBuf {
    let mut spec = String::from(
        "version: 1\nname: \"mixed, \\\"quoted\\\"\"\nzones: {edge: {}, core: {}, \"vault, inner\": {}}\nstores:\n",
    );
    for idle in 0..teams {
        spec += &format!("  idle-{idle}: {{kind: file}}\n");
    }
    for team in 0..teams {
        spec += &format!("  \"memory, {team}\": {{zone: core}}\n");
    }
    spec += "sources: {inbox: {kind: email, zone: edge}}\nsinks: {outbox: {zone: edge}}\n";
    spec += "credentials: {key: {kind: api_key, zone: \"vault, inner\", opens: [pay]}}\ntools:\n";
    spec +=
        "  pay: {zone: \"vault, inner\", egress: true, write: [outbox]}\n  lookup: {isolation: per-call}\n";
    spec += "agents:\n";
    for team in 0..teams {
        let next = (team + 1) % teams;
        let guard = ["", ", guards: [human-approval]", ", guards: [redaction, typed-output]"][team % 3];
        spec += &format!("  lead-{team}:\n    zone: core\n    read: [inbox, \"memory, {team}\"]\n");
        spec += &format!("    invoke: [{{target: worker-{team}{guard}}}, lookup]\n");
        spec += &format!("  worker-{team}: {{write: [\"memory, {team}\"], observe: [lead-{team}]");
        if team % 4 == 0 {
            spec += &format!(", invoke: [lead-{next}], read: [key]");
        }
        spec += "}\n";
    }
    let path = folder.join("mixed.yaml");
    fs::write(&path, spec).expect("writable");
    path
}

/// All slices, each computed by a process of its own, all at the same time.
fn slices(arguments: &[&str], of: usize) -> Vec<Vec<u8>> {
    let shards: Vec<String> = (1..=of).map(|number| format!("{number}/{of}")).collect();
    let start = |shard: &String| {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--shard", shard]).collect();
        let mut command = crabwalk(&arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
    };
    let processes: Vec<_> = shards.iter().map(start).collect();
    processes.into_iter().map(|process| answer(&process.wait_with_output().expect("it ends"))).collect()
}

#[test]
fn eight_processes_joined_are_the_whole() {
    let folder = folder();
    let spec = mixed_fleet(folder.path(), 40);
    let spec = spec.to_str().expect("UTF-8");
    for what in [
        &["-f", "csv"][..],
        &["-f", "json"],
        &["--sizes-only"],
        &["--sizes-only", "-f", "csv", "--order", "reach"],
        &["--sizes-only", "-f", "json", "--order", "name"],
    ] {
        let arguments: Vec<&str> = ["matrix", spec].into_iter().chain(what.iter().copied()).collect();
        let whole = answer(&crabwalk(&arguments).output().expect("it runs"));
        let slices = slices(&arguments, 8);
        assert!(slices.iter().filter(|slice| !slice.is_empty()).count() > 4, "{what:?}");
        assert!(slices.concat() == whole, "{what:?}");
    }
}

#[test]
fn many_chunks_are_the_same_bytes_as_few() {
    let folder = folder();
    // More rows than are ever formatted at once.
    let spec = mixed_fleet(folder.path(), 500);
    for format in ["csv", "json"] {
        let arguments = [
            "matrix",
            spec.to_str().expect("UTF-8"),
            "-f",
            format,
            "--to",
            "kind:store",
            "--to",
            "kind:sink",
        ];
        let whole = answer(&crabwalk(&arguments).output().expect("it runs"));
        assert!(whole.len() > 100_000, "{} bytes", whole.len());
        assert!(slices(&arguments, 4).concat() == whole, "{format}");
    }
}

#[test]
fn parts_of_a_matrix_and_empty_slices_join_too() {
    let folder = folder();
    let spec = mixed_fleet(folder.path(), 3);
    let spec = spec.to_str().expect("UTF-8");
    for part in [
        &["--from", "untrusted"][..],
        &["--from", "kind:store", "--to", "kind:agent"],
        &["--zone", "core"],
        &["--kind", "agent"],
        // No row of these has a cell.
        &["--from", "idle-0", "--from", "idle-1", "--from", "idle-2"],
        &[],
    ] {
        for format in ["csv", "json"] {
            let arguments: Vec<&str> =
                ["matrix", spec, "-f", format].into_iter().chain(part.iter().copied()).collect();
            let whole = answer(&crabwalk(&arguments).output().expect("it runs"));
            for of in [1, 2, 5, 30] {
                assert!(slices(&arguments, of).concat() == whole, "{part:?} {format} in {of}");
            }
        }
    }
    let empty = folder.path().join("empty.yaml");
    fs::write(&empty, "version: 1\nname: empty\n").expect("writable");
    for what in [&["-f", "json"][..], &["-f", "csv"], &["--sizes-only"], &["--sizes-only", "-f", "json"]] {
        let arguments: Vec<&str> =
            ["matrix", empty.to_str().expect("UTF-8")].into_iter().chain(what.iter().copied()).collect();
        let whole = answer(&crabwalk(&arguments).output().expect("it runs"));
        assert!(slices(&arguments, 3).concat() == whole, "{what:?}");
    }
}

#[test]
fn json_that_is_joined_is_json() {
    let folder = folder();
    let spec = mixed_fleet(folder.path(), 8);
    let spec = spec.to_str().expect("UTF-8");
    let joined = slices(&["matrix", spec, "-f", "json"], 8).concat();
    let value: serde_json::Value = serde_json::from_slice(&joined).expect("JSON");
    assert!(value["cells"].as_array().is_some_and(|cells| cells.len() > 100));
    let joined = slices(&["matrix", spec, "--sizes-only", "-f", "json"], 8).concat();
    let value: serde_json::Value = serde_json::from_slice(&joined).expect("JSON");
    assert_eq!(
        value["sizes"].as_array().map(Vec::len),
        value["others"].as_u64().map(|others| others as usize + 1)
    );
}

#[test]
fn what_is_no_slice_is_refused() {
    for (arguments, says) in [
        (&["--shard", "0/4", "-f", "csv"][..], "such as 3/8"),
        (&["--shard", "5/4", "-f", "csv"], "such as 3/8"),
        (&["--shard", "1", "-f", "csv"], "such as 3/8"),
        (&["--shard", "1/4"], "-f csv or -f json"),
        (&["--shard", "1/4", "-f", "html"], "-f csv or -f json"),
        (&["--shard", "1/4", "-f", "markdown"], "-f csv or -f json"),
        (&["--sizes-only", "-f", "html"], "-f text, -f csv or -f json"),
        (&["--sizes-only", "--to", "payments"], "cannot be used with"),
        (&["--sizes-only", "--order", "flow"], "--order reach"),
    ] {
        let arguments: Vec<&str> =
            ["matrix", "specs/support-desk.yaml"].into_iter().chain(arguments.iter().copied()).collect();
        let output = crabwalk(&arguments).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
}

#[test]
fn a_slice_that_fails_leaves_no_file() {
    let folder = folder();
    let spec = mixed_fleet(folder.path(), 8);
    let part = folder.path().join("part.csv");
    let arguments =
        ["matrix", spec.to_str().expect("UTF-8"), "--shard", "3/8", "-o", part.to_str().expect("UTF-8")];
    let refused: Vec<&str> = arguments.iter().copied().chain(["--memory-limit", "1"]).collect();
    assert_eq!(crabwalk(&refused).output().expect("it runs").status.code(), Some(2));
    let nobody: Vec<&str> = arguments.iter().copied().chain(["--from", "nobody"]).collect();
    assert_eq!(crabwalk(&nobody).output().expect("it runs").status.code(), Some(2));
    assert!(!part.exists());
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1, "the spec alone");
    answer(&crabwalk(&arguments).output().expect("it runs"));
    assert!(part.exists());
}

/// Runs a script of `examples/scale/` where bash is installed.
fn script(name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Option<Output> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scale").join(name);
    let program = Path::new(env!("CARGO_BIN_EXE_crabwalk")).parent().expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([program.to_owned()].into_iter().chain(std::env::split_paths(&path)));
    let mut command = Command::new("bash");
    command.arg(file).args(arguments).stdin(Stdio::null()).env("PATH", path.expect("a path"));
    command.envs(environment.iter().copied());
    command.output().ok()
}

#[test]
fn the_script_for_gnu_parallel_gives_the_whole() {
    let folder = folder();
    let spec = mixed_fleet(folder.path(), 12);
    let spec = spec.to_str().expect("UTF-8");
    for ending in ["csv", "json"] {
        let file = folder.path().join(format!("joined.{ending}"));
        let file = file.to_str().expect("UTF-8");
        let Some(output) = script("gnu-parallel.sh", &[spec, file, "8"], &[]) else { return };
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.code() == Some(127) {
            assert!(said.contains("GNU parallel"), "it says what is missing: {said}");
            return;
        }
        assert!(output.status.success(), "{said}");
        let whole = answer(&crabwalk(&["matrix", spec, "-f", ending]).output().expect("it runs"));
        assert!(fs::read(file).expect("written") == whole, "{ending}");
    }
    let left = fs::read_dir(folder.path()).expect("readable").count();
    assert_eq!(left, 3, "the spec and two answers: no part is left");
}

#[test]
fn the_slurm_script_gives_the_whole() {
    let folder = folder();
    let spec = mixed_fleet(folder.path(), 12);
    let spec = spec.to_str().expect("UTF-8");
    let file = folder.path().join("joined.csv");
    let arguments = [spec, file.to_str().expect("UTF-8")];
    for task in 1..=8 {
        let task = task.to_string();
        let array = [("SLURM_ARRAY_TASK_ID", task.as_str()), ("SLURM_ARRAY_TASK_COUNT", "8")];
        let Some(output) = script("slurm-array.sh", &arguments, &array) else { return };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!file.exists(), "not before it is joined");
    }
    let join: Vec<&str> = arguments.iter().copied().chain(["join"]).collect();
    let output = script("slurm-array.sh", &join, &[("SHARDS", "8")]).expect("bash was there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let whole = answer(&crabwalk(&["matrix", spec, "-f", "csv"]).output().expect("it runs"));
    assert!(fs::read(file).expect("written") == whole);
}

/// What the pods of the Kubernetes jobs run: the shell text of each job, with folders that exist here.
#[cfg(unix)]
fn kubernetes_steps(spec: &Path, matrix: &Path) -> Vec<(serde_json::Value, String)> {
    let text = include_str!("../../examples/scale/kubernetes-indexed-job.yaml");
    let documents: Vec<serde_json::Value> =
        text.split("\n---\n").map(|document| serde_yaml::from_str(document).expect("YAML")).collect();
    let jobs = documents.into_iter().filter(|document| document["kind"] == "Job");
    let steps = jobs.map(|job| {
        let container = &job["spec"]["template"]["spec"]["containers"][0];
        assert_eq!(container["command"], serde_json::json!(["sh", "-euc"]));
        let step = container["args"][0].as_str().expect("one text");
        let step = step.replace("/spec/fleet.yaml", &format!("'{}'", spec.display()));
        (job["spec"].clone(), step.replace("/matrix/", &format!("{}/", matrix.display())))
    });
    steps.collect()
}

#[test]
#[cfg(unix)]
fn the_kubernetes_jobs_give_the_whole() {
    let folder = folder();
    let spec = mixed_fleet(folder.path(), 12);
    let volume = folder.path().join("volume");
    fs::create_dir(&volume).expect("writable");
    let steps = kubernetes_steps(&spec, &volume);
    let [(slices, slice), (_, join)] = steps.as_slice() else { panic!("two jobs: {steps:?}") };
    assert_eq!(slices["completionMode"], "Indexed");
    assert_eq!(slices["completions"], 64);
    let run = |step: &str, index: usize| {
        let program = Path::new(env!("CARGO_BIN_EXE_crabwalk")).parent().expect("a folder");
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("sh");
        command.args(["-euc", step]).env("PATH", path).env("SHARDS", "8");
        command.env("JOB_COMPLETION_INDEX", index.to_string()).output().expect("a shell")
    };
    // A pod may be tried again: what is there is kept.
    for index in (0..8).chain([3]) {
        answer(&run(slice, index));
    }
    answer(&run(join, 0));
    let whole =
        answer(&crabwalk(&["matrix", spec.to_str().expect("UTF-8"), "-f", "csv"]).output().expect("it runs"));
    assert!(fs::read(volume.join("matrix.csv")).expect("joined") == whole);
    answer(&run(join, 0));
    assert_eq!(fs::read_dir(&volume).expect("readable").count(), 1, "no part is left");
}
