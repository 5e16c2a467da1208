//! `--memory-limit`: what would not fit is refused before it is tried, with a command that fits; and what is said to be taken
//! is more than the system counts, and not much more.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

#[cfg(target_os = "linux")]
use crate::support::held::{PROGRAM, estimate, held};
use crate::support::program::{crabwalk, folder};

fn run(arguments: &[&str]) -> Output {
    crabwalk(arguments).output().expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Agents in a ring: each cell of the matrix has something in it.
fn ring(folder: &Path, nodes: usize) -> PathBuf {
    let agent = |index: usize| {
        let guard = if index.is_multiple_of(3) { ", guards: [human-approval]" } else { "" };
        format!("  agent-{index}: {{invoke: [{{target: agent-{}{guard}}}]}}\n", (index + 1) % nodes)
    };
    let spec: String = (0..nodes).map(agent).collect();
    let path = folder.join("ring.yaml");
    fs::write(&path, format!("version: 1\nname: ring\nagents:\n{spec}")).expect("writable");
    path
}

/// Agents that each write the next: the paths of a blast radius become long.
fn chain(folder: &Path, nodes: usize) -> PathBuf {
    let agent = |index: usize| format!("  agent-{index}: {{write: [agent-{}]}}\n", index + 1);
    let spec: String = (0..nodes - 1).map(agent).collect();
    let path = folder.join("chain.yaml");
    fs::write(&path, format!("version: 1\nname: chain\nagents:\n{spec}  agent-{}: {{}}\n", nodes - 1))
        .expect("writable");
    path
}

/// One agent that writes all others.
#[cfg(target_os = "linux")]
fn hub(folder: &Path, spokes: usize) -> PathBuf {
    let agents: String = (1..=spokes).map(|index| format!("  agent-{index}: {{}}\n")).collect();
    let targets: Vec<String> = (1..=spokes).map(|index| format!("agent-{index}")).collect();
    let path = folder.join("hub.yaml");
    let spec =
        format!("version: 1\nname: hub\nagents:\n  agent-0: {{write: [{}]}}\n{agents}", targets.join(", "));
    fs::write(&path, spec).expect("writable");
    path
}

#[test]
fn what_does_not_fit_is_refused_with_a_command_that_does() {
    let folder = folder();
    let spec = ring(folder.path(), 1_000);
    let spec = spec.to_str().expect("UTF-8");
    for format in ["text", "html"] {
        let file = folder.path().join("page.html");
        let file = file.to_str().expect("UTF-8");
        let output =
            run(&["matrix", spec, "-f", format, "-o", file, "--memory-limit", "110M", "--jobs", "2"]);
        assert_eq!(output.status.code(), Some(2), "{format}");
        assert!(!Path::new(file).exists(), "nothing was tried");
        let said = said(&output);
        assert!(said.contains("and the limit is 110.0 MiB"), "{said}");
        assert!(
            said.contains("--sizes-only -f csv") && said.contains("raise the limit: --memory-limit"),
            "{said}"
        );
        // What it says can be typed, and fits.
        let commands: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
        assert_eq!(commands.len(), 2, "{said}");
        for command in commands {
            let mut words: Vec<&str> = command.split(' ').skip(1).collect();
            words.extend(["--memory-limit", "110M", "--jobs", "2"]);
            let output = run(&words);
            assert!(output.status.success(), "{command}: {}", self::said(&output));
            fs::remove_file(folder.path().join("page.csv")).expect("it was written");
        }
    }
}

#[test]
fn the_figure_that_it_says_is_enough() {
    let folder = folder();
    let spec = ring(folder.path(), 300);
    let spec = spec.to_str().expect("UTF-8");
    for what in [
        &["-f", "text"][..],
        &["-f", "html"],
        &["-f", "markdown"],
        &["-f", "csv"],
        &["-f", "json"],
        &["--sizes-only"],
    ] {
        let arguments: Vec<&str> = ["matrix", spec].into_iter().chain(what.iter().copied()).collect();
        let refused: Vec<&str> = arguments.iter().copied().chain(["--memory-limit", "1K"]).collect();
        let output = run(&refused);
        assert_eq!(output.status.code(), Some(2), "{what:?}");
        let said = said(&output);
        let limit = said.trim_end().rsplit(' ').next().expect("it ends with the figure");
        let enough: Vec<&str> = arguments.iter().copied().chain(["--memory-limit", limit]).collect();
        assert!(run(&enough).status.success(), "{what:?} with {limit}");
    }
}

#[test]
fn a_blast_radius_that_does_not_fit_as_text_may_fit_as_json() {
    let folder = folder();
    let spec = chain(folder.path(), 400);
    let blast = ["blast", "agent-0", "--spec", spec.to_str().expect("UTF-8")];
    let least = |format: &str| {
        let output = run(&[&blast[..], &["-f", format, "--memory-limit", "1K"]].concat());
        assert_eq!(output.status.code(), Some(2));
        said(&output).trim_end().rsplit(' ').next().expect("it ends with the figure").to_owned()
    };
    let limit = least("json");
    let output = run(&[&blast[..], &["--memory-limit", &limit]].concat());
    assert_eq!(output.status.code(), Some(2), "the text takes more");
    let said = said(&output);
    assert!(said.contains("this blast radius would take up to"), "{said}");
    let command = said.split('`').nth(1).expect("it says what fits");
    let words: Vec<&str> = command.split(' ').skip(1).chain(["--memory-limit", &limit]).collect();
    let output = run(&words);
    assert!(output.status.success(), "{command}: {}", self::said(&output));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value["influenced"].as_array().map(Vec::len), Some(399), "all of them");
}

#[test]
fn sizes_are_read_and_shown() {
    let desk = "specs/support-desk.yaml";
    for wrong in ["0", "much", "1.5G", "-1"] {
        let limit = format!("--memory-limit={wrong}");
        let output = run(&["matrix", desk, &limit]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(said(&output).contains("such as 512M or 8G"), "{}", said(&output));
    }
    let output = run(&["matrix", desk, "-v", "--memory-limit", "2G"]);
    assert!(output.status.success());
    assert!(said(&output).contains("the limit is 2.0 GiB"), "{}", said(&output));
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_said_is_more_than_the_system_counts_and_not_much_more() {
    let folder = folder();
    let ring = ring(folder.path(), 800);
    let chain = chain(folder.path(), 1_000);
    let hub = hub(folder.path(), 20_000);
    let [ring, chain, hub] = [&ring, &chain, &hub].map(|path| path.to_str().expect("UTF-8"));
    let empty = folder.path().join("empty.yaml");
    fs::write(&empty, "version: 1\nagents: {a: }\n").expect("writable");
    let (nothing, _) = held(&["matrix", empty.to_str().expect("UTF-8"), "-f", "text"]);
    for arguments in [
        &["matrix", ring, "-f", "text"][..],
        &["matrix", ring, "-f", "text", "--view", "exposure"],
        &["matrix", ring, "-f", "html"],
        &["matrix", ring, "-f", "csv"],
        &["matrix", ring, "-f", "json"],
        &["blast", "agent-0", "--spec", chain, "-f", "text"],
        &["blast", "agent-0", "--spec", chain, "-f", "json"],
        &["blast", "agent-0", "--spec", hub, "-f", "text"],
        &["blast", "agent-0", "--spec", hub, "-f", "json"],
        &["matrix", hub, "--sizes-only"],
        &["matrix", hub, "--sizes-only", "-f", "json"],
    ] {
        let (held, said) = held(arguments);
        let (held, estimate) = (PROGRAM + held.saturating_sub(nothing), estimate(&said));
        assert!(held > 0 && held <= estimate, "{arguments:?}: {held} held, {estimate} said");
        // The program and its libraries are a few megabytes of every process.
        assert!(estimate <= 3 * held + (16 << 20), "{arguments:?}: {held} held, {estimate} said");
    }
}
