//! Commands that are printed to be typed: every name comes out of a shell as it went in, and names that begin with a dash are names.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::program::{crabwalk, folder};
use crabwalk::report::CommandLine;
use proptest::prelude::*;

/// The words that a POSIX shell makes of a command's text behind the name of the program.
fn split(command: &str) -> Vec<String> {
    let script = format!("printf '%s\\0' {}", command.strip_prefix("crabwalk ").expect("a command of ours"));
    let output = Command::new("sh").args(["-c", &script]).output().expect("a shell");
    assert!(output.status.success(), "{script}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.strip_suffix('\0').expect("words").split('\0').map(str::to_owned).collect()
}

/// A name that a node can have and a line can show.
fn name() -> impl Strategy<Value = String> {
    let shown = |name: &String| !name.trim().is_empty() && CommandLine::from(name.as_str()).text() == *name;
    let hostile = "[-'\"`$\\\\!*?;&|<>(){}\\[\\]~#=% \u{e9}\u{1f980}a-c]{1,12}";
    prop_oneof![hostile, "-{1,2}[a-z]{1,4}", "\\PC{1,16}"].prop_filter("it can be shown", shown)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_shell_gives_every_name_back(names in prop::collection::vec(name(), 1..12)) {
        let mut expected = vec!["harden".to_owned()];
        for name in &names {
            expected.extend(if name.starts_with('-') {
                vec![format!("--from={name}")]
            } else {
                vec!["--from".to_owned(), name.clone()]
            });
        }
        let operands: Vec<String> = if names.iter().any(|name| name.starts_with('-')) {
            std::iter::once("--".to_owned()).chain(names.clone()).collect()
        } else {
            // They stand before the options then.
            expected.splice(1..1, names.clone());
            Vec::new()
        };
        expected.extend(operands);
        let text = CommandLine::new("harden").names(&names).option("--from", &names).text();
        prop_assert_eq!(split(&text), expected, "{}", text);
    }
}

const SPEC: &str = "version: 1
sources: {-in: }
guards: {--g: }
agents: {-f: {read: -in, write: -store}}
stores: {-store: {critical: true}}
";

/// What a call in a directory prints, which has to succeed.
fn answer(directory: &Path, words: &[&str]) -> String {
    let output = crabwalk(words).current_dir(directory).output().expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn names_that_begin_with_a_dash_can_be_given_everywhere() {
    let folder = folder();
    fs::write(folder.path().join("s.yaml"), SPEC).expect("written");
    let run = |line: &str| answer(folder.path(), &line.split(' ').collect::<Vec<_>>());
    assert!(run("path -s s.yaml -- -in -store").starts_with("Can -in steer -store? Yes"));
    assert!(run("blast --spec s.yaml -- -in").contains("If -in is compromised"));
    assert!(run("memory --spec s.yaml -- -store").contains("What -store remembers"));
    for line in ["matrix s.yaml --from -in --to -store -f csv", "matrix s.yaml --from=-in --to=-store -f csv"]
    {
        assert_eq!(run(line).lines().count(), 2, "a head and a row: {line}");
    }
    assert!(run("harden s.yaml --isolate -in --from -store --to=-f").contains("none of 1 pair connected"));
    assert!(run("check s.yaml --with-guard -f:write:-store=--g").contains("what if"));
    run("matrix s.yaml --bless --row -in --why -agreed");
    run("accept -s s.yaml --pair -in -store --reason -agreed --owner -us --ticket -1");
    run("accept -s s.yaml --pair=-in -f --reason=--expires");
    run("accept -s s.yaml --edge=-f write -store --reason x");
    let text = fs::read_to_string(folder.path().join("s.yaml")).expect("there");
    for part in
        ["row: \"-in\"", "reason: \"-agreed\"", "owner: \"-us\"", "reason: \"--expires\"", "verb: write"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_flag_is_not_taken_for_the_value_that_was_forgotten() {
    let folder = folder();
    fs::write(folder.path().join("s.yaml"), SPEC).expect("written");
    for line in [
        "harden --from --to x",
        "harden s.yaml --to -f json",
        "accept --pair -in --reason x",
        "graph --zone --quiet",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let output = crabwalk(&words).current_dir(folder.path()).output().expect("it runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(errors.contains("required for '--"), "{line}: {errors}");
    }
}

#[test]
fn what_is_printed_runs_as_printed() {
    let folder = folder();
    fs::write(folder.path().join("-s.yaml"), SPEC).expect("written");
    let printed = |words: &[&str], sign: &str| -> Vec<String> {
        let text = answer(folder.path(), words);
        let lines = text.lines().filter_map(|line| line.trim().strip_prefix(sign).map(str::to_owned));
        lines.collect()
    };
    let mut commands = printed(&["harden", "./-s.yaml", "--from=-in", "--to", "-store"], "try: ");
    commands.extend(printed(&["harden", "--by", "guards", "--from", "-in", "--", "-s.yaml"], "try: "));
    commands.extend(printed(&["respond", "-s=-s.yaml", "--", "-in"], "try: "));
    assert_eq!(commands.len(), 5, "{commands:?}");
    assert!(commands.iter().all(|command| command.contains("./-s.yaml")), "{commands:?}");
    for command in &commands {
        let words = split(command);
        let text = answer(folder.path(), &words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(text.contains("what if, not the spec as it stands"), "{command}: {text}");
    }
}
