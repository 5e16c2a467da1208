//! `--memory-limit` counts in every command: what would not fit is refused in the same words, what is said is more than the system
//! counts on ten kinds of fleet, and not absurdly more, and the limit holds while authority is derived.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::program::{crabwalk, folder};
use crabwalk::fleet::{Fleet, FleetPlan, Secrets, Shape};
use crabwalk::model::{NodeId, Spec};

fn run(arguments: &[&str]) -> Output {
    crabwalk(arguments).output().expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(format!("{name}.yaml"));
    fs::write(&path, text).expect("writable");
    path
}

#[test]
fn every_command_that_computes_refuses_what_does_not_fit() {
    let desk = "specs/support-desk.yaml";
    for (command, what) in [
        (&["check", desk][..], "this check"),
        (&["matrix", desk], "this matrix"),
        (&["matrix", desk, "--sizes-only"], "counting the sizes"),
        (&["blast", "ticket-hook", "-s", desk], "this blast radius"),
        (&["path", "ticket-hook", "intake", "-s", desk], "this path"),
        (&["graph", desk, "-f", "json"], "this graph"),
        (&["graph", desk, "-f", "dot"], "this graph"),
        (&["features", desk], "this answer"),
        (&["memory", "case-memory", "-s", desk], "this answer"),
        (&["report", desk], "this report"),
        (&["harden", desk], "trying changes"),
        (&["respond", "ticket-hook", "-s", desk], "this plan"),
        (&["diff", desk, "specs/support-desk-hardened.yaml"], "this comparison"),
        (&["self-check", desk], "this self-check"),
        (&["gen", "org"], "this fleet"),
    ] {
        let output = run(&[command, &["--memory-limit", "1K"]].concat());
        assert_eq!(output.status.code(), Some(2), "{command:?}: {}", said(&output));
        assert!(output.stdout.is_empty(), "{command:?}");
        let said = said(&output);
        let (start, rest) =
            said.split_once(" would take up to ").unwrap_or_else(|| panic!("{command:?}: {said}"));
        assert_eq!(start, format!("error: {what}"), "{command:?}");
        assert!(rest.contains(" of memory, and the limit is 1.0 KiB\n  help: "), "{command:?}: {said}");
        // The limit that it names is enough.
        let limit = said.trim_end().rsplit(' ').next().expect("it ends with the figure");
        let output = run(&[command, &["--memory-limit", limit]].concat());
        let other = String::from_utf8_lossy(&output.stderr).into_owned();
        // What is found is known only then, and takes more: findings, and how two topologies differ.
        let later = (other.contains("would take up to") && other.contains("writing the"))
            || other.contains("more answers differ");
        assert!(later || matches!(output.status.code(), Some(0 | 1)), "{command:?} with {limit}: {other}");
    }
}

#[test]
fn the_limit_holds_while_authority_is_derived() {
    let folder = folder();
    let mut text = String::from("version: 1\nprincipals:\n");
    for role in 0..350 {
        writeln!(text, "  r{role}: {{kind: iam-role, invoke: r{}}}", (role + 1) % 350).expect("memory");
    }
    let spec = written(folder.path(), "roles", &text);
    let check = ["graph", spec.to_str().expect("UTF-8"), "-f", "json"];
    let output = run(&[&check[..], &["--memory-limit", "48M"]].concat());
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(said.starts_with("error: what authority derives would take more than "), "{said}");
    assert!(said.contains("the limit is 48.0 MiB"), "{said}");
    assert!(run(&[&check[..], &["--memory-limit", "1G"]].concat()).status.success());
}

/// Ten kinds of fleet.
#[cfg(target_os = "linux")]
fn fleets(folder: &Path) -> Vec<PathBuf> {
    const NODES: u32 = 700;
    let shapes = [
        ("org", Shape::Org),
        ("org-dense", Shape::OrgDense),
        ("random", Shape::Random),
        ("scale-free", Shape::ScaleFree),
        ("layered", Shape::Layered),
        ("chain", Shape::Chain),
        ("hub", Shape::Hub),
    ];
    let write = |name: &str, plan: FleetPlan| {
        let mut text = Vec::new();
        Fleet::generate(plan).expect("a fleet").write(&mut text).expect("memory");
        written(folder, name, &String::from_utf8(text).expect("UTF-8"))
    };
    let mixed = shapes.map(|(name, shape)| write(name, FleetPlan::new(shape, NODES, 7).mixed()));
    let secrets = Secrets { credentials: 60, general_tools: 12, roles: 12 };
    let secret = write("secrets", FleetPlan::new(Shape::OrgDense, NODES, 7).with_secrets(secrets));
    let mut guarded = String::from("version: 1\nagents:\n");
    for agent in 0..NODES {
        let (next, far) = ((agent + 1) % NODES, (agent * 37 + 11) % NODES);
        let far = if far == agent || far == next { String::new() } else { format!(", a{far}") };
        writeln!(guarded, "  a{agent}: {{write: [{{target: a{next}, guards: human-approval}}{far}]}}")
            .expect("memory");
    }
    let mut roles = String::from(
        "version: 1\nsources: {mail: }\nagents: {a: {read: mail, invoke: 'kind:principal'}}\nprincipals:\n",
    );
    (0..150).for_each(|role| {
        writeln!(roles, "  r{role}: {{kind: iam-role, invoke: 'kind:principal'}}").expect("memory")
    });
    let others = [written(folder, "guarded", &guarded), written(folder, "roles", &roles)];
    mixed.into_iter().chain([secret]).chain(others).collect()
}

#[cfg(target_os = "linux")]
mod counted {
    use super::*;
    use crate::support::held::{PROGRAM, estimate, held};

    #[test]
    fn what_is_said_is_more_than_the_system_counts_on_ten_kinds_of_fleet() {
        let folder = folder();
        // A build that is not optimized takes more than the program counts for itself, and each command something else.
        let small = written(folder.path(), "small", "version: 1\nagents: {a: {write: s}}\nstores: {s: }\n");
        let commands = |spec: &Path, first: &str, last: &str| {
            let spec = spec.to_str().expect("UTF-8");
            [
                format!("check {spec}"),
                format!("check {spec} -f json"),
                format!("check {spec} -f sarif"),
                format!("path {first} {last} -s {spec}"),
                format!("graph {spec} -f json"),
                format!("features {spec}"),
                format!("report {spec}"),
                format!("respond {first} -s {spec}"),
                format!("respond {first} -s {spec} -f json"),
                format!("blast {first} -s {spec}"),
                format!("memory {last} -s {spec}"),
                format!("self-check {spec} --rows 3"),
                format!("matrix {spec} --to {last} -f csv"),
                format!("matrix {spec} --sizes-only"),
            ]
        };
        let run = |command: &String| held(&command.split(' ').collect::<Vec<_>>());
        let nothing = commands(&small, "a", "s").map(|command| run(&command).0);
        for fleet in fleets(folder.path()) {
            let text = fs::read_to_string(&fleet).expect("readable");
            let spec = Spec::from_text("fleet.yaml", &text).expect("a valid spec");
            let name = |at: usize| spec.node_name(NodeId::new(at)).to_owned();
            let (first, last) = (name(0), name(spec.nodes.len() - 1));
            for (command, nothing) in commands(&fleet, &first, &last).iter().zip(nothing) {
                let (held, said) = run(command);
                let (held, said) = (PROGRAM + held.saturating_sub(nothing), estimate(&said));
                assert!(held <= said, "{command}: {held} held, {said} said");
                assert!(said <= 12 * held + (16 << 20), "{command}: {held} held, {said} said");
            }
        }
    }

    /// Rows by the thousand, each with several layers behind guards and stores that persist: what a search keeps for the next one
    /// does not grow.
    #[test]
    fn many_rows_of_many_layers_take_what_they_say() {
        const AGENTS: usize = 2_000;
        let folder = folder();
        let mut text = String::from("version: 1\nagents:\n");
        for agent in 0..AGENTS {
            let (next, far) = ((agent + 1) % AGENTS, (agent * 7 + 3) % AGENTS);
            let guard = if agent % 3 == 0 { ", guards: human-approval" } else { "" };
            writeln!(text, "  a{agent}: {{write: [{{target: a{next}{guard}}}, s{far}], read: [s{agent}]}}")
                .expect("memory");
        }
        text += "stores:\n";
        (0..AGENTS).for_each(|store| writeln!(text, "  s{store}: ").expect("memory"));
        let spec = written(folder.path(), "layers", &text);
        let small = written(folder.path(), "small", "version: 1\nagents: {a: {write: s}}\nstores: {s: }\n");
        let held_by = |spec: &Path, to: &str| {
            held(&["matrix", spec.to_str().expect("UTF-8"), "--to", to, "-f", "csv", "--view", "influence"])
        };
        let (nothing, _) = held_by(&small, "s");
        let (held, said) = held_by(&spec, "a0");
        let (held, said) = (PROGRAM + held.saturating_sub(nothing), estimate(&said));
        assert!(held <= said, "{held} held, {said} said");
    }
}
