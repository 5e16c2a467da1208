//! Every way in which there is no answer, or the spec has gone or hides, is red, and says why where the review would be.

use super::checkout::{BASE, Forge, assert_ended, with};
use super::has_tools;
use super::release::{VERSION, archive, archive_name, path, sums};

/// A stand-in for the program: a shell script, which may end by calling the real one.
fn stand_in(forge: &Forge, script: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = folder.path().join("crabwalk");
    let real = env!("CARGO_BIN_EXE_crabwalk");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\nexec '{real}' \"$@\"\n")).expect("written");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&program, mode).expect("made a program");
    let (archive, name) = (archive(folder.path()), archive_name());
    let sums = sums(&[(&name, &archive)]);
    forge.github.state().files.extend([(path(VERSION, &name), archive), (path(VERSION, "SHA256SUMS"), sums)]);
}

/// A pull request that opens nothing.
fn harmless() -> Forge {
    let forge = Forge::new("crabwalk.yaml", BASE);
    forge.commit_on("topic", "notes.txt", "nothing of the spec");
    forge
}

#[test]
fn an_exit_code_that_is_neither_0_nor_1_is_red_and_its_message_is_shown() {
    if !has_tools() {
        return;
    }
    // Files that are not there are no answer either.
    let ends = [("exit 3", "@boom"), ("kill -9 $$", "@boom"), ("exit 0", "@boom")];
    for (end, message) in ends {
        let forge = harmless();
        stand_in(&forge, &format!("if [ \"$1\" = diff ]; then echo '{message}' >&2; {end}; fi"));
        let outcome = forge.pull_request("topic").run();
        assert_ended(&outcome, 2, "failed");
        assert!(outcome.summary.contains(&format!("\n    {message}")), "{end}: {}", outcome.summary);
        let comments = forge.github.comments_of(super::github::BOT);
        assert!(comments[0].body.contains(&format!("\n    {message}")), "{end}: {comments:#?}");
        assert_eq!((outcome.output("check"), outcome.output("sarif")), ("", ""));
    }
    let forge = harmless();
    stand_in(&forge, "if [ \"$1\" = diff ]; then exit 9; fi");
    let outcome = forge.pull_request("topic").run();
    assert_ended(&outcome, 2, "failed");
    assert!(outcome.summary.contains("exit code 9 and without a word"), "{}", outcome.summary);
}

/// The review alone is not enough: the spec as it stands must have been looked at too.
#[test]
fn a_check_that_does_not_run_is_red_beside_a_review_that_is_clear() {
    if !has_tools() {
        return;
    }
    for end in ["exit 2", "kill -9 $$", "exit 0"] {
        let forge = harmless();
        stand_in(&forge, &format!("if [ \"$1\" = check ]; then echo @boom >&2; {end}; fi"));
        let outcome = forge.pull_request("topic").run();
        assert_ended(&outcome, 2, "clear");
        assert_eq!(outcome.output("check"), "failed", "{end}");
        assert!(outcome.summary.contains("\n    @boom"), "{end}: {}", outcome.summary);
    }
}

/// What the program writes of a spec with mistakes is handed on, and what an older run wrote is not.
#[test]
fn the_machines_report_of_what_failed_is_an_output() {
    if !has_tools() {
        return;
    }
    let writes = "for word; do case $last in -o) case $word in *.sarif) echo '{}' > \"$word\";; esac;; esac; last=$word; done";
    for (script, is_there) in [(writes, true), ("true", false)] {
        let forge = harmless();
        stand_in(&forge, &format!("if [ \"$1\" = diff ]; then {script}; echo @boom >&2; exit 2; fi"));
        let mut job = forge.pull_request("topic");
        job.inputs.extend([("sarif", "out.sarif".to_owned()), ("json", "out.json".to_owned())]);
        for old in ["out.sarif", "out.json"] {
            std::fs::write(job.workspace.join(old), "of yesterday").expect("written");
        }
        let outcome = job.run();
        assert_ended(&outcome, 2, "failed");
        assert!(!job.workspace.join("out.json").exists());
        assert_eq!(job.workspace.join("out.sarif").exists(), is_there);
        assert_eq!(outcome.output("sarif").ends_with("/out.sarif"), is_there, "{}", outcome.output("sarif"));
    }
}

/// What becomes of a pull request that does this to a repository whose main has a spec.
fn review(change: impl Fn(&Forge), inputs: &[(&'static str, &str)]) -> super::job::Outcome {
    let forge = Forge::new("crabwalk.yaml", &(BASE.to_owned() + &"# a line\n".repeat(30)));
    forge.work.git(&["checkout", "-q", "-b", "topic"]);
    change(&forge);
    forge.work.commit();
    let mut job = forge.pull_request("topic");
    job.inputs.extend(inputs.iter().map(|(name, value)| (*name, (*value).to_owned())));
    let outcome = job.run();
    let comments = forge.github.comments_of(super::github::BOT);
    let marker = comments.first().map(|comment| comment.body.lines().next().unwrap_or_default().to_owned());
    assert!(
        marker.is_none_or(|marker| marker == "<!-- crabwalk:crabwalk.yaml -->"),
        "one comment, wherever the spec goes"
    );
    outcome
}

#[test]
fn a_spec_that_moves_goes_or_hides_keeps_the_gate_shut() {
    if !has_tools() {
        return;
    }
    let opened = with(BASE, "intake", "payments") + &"# a line\n".repeat(30);
    let moved = |to: &'static str, text: &'static str| {
        move |forge: &Forge| {
            forge.work.git(&["mv", "crabwalk.yaml", to]);
            forge.work.write(to, text);
        }
    };
    let opened: &'static str = opened.leak();
    for inputs in [&[][..], &[("spec", "crabwalk.yaml")]] {
        for to in ["topology.crabwalk.yaml", "crabwalk.yml"] {
            let outcome = review(moved(to, opened), inputs);
            assert_ended(&outcome, 1, "open");
            assert!(outcome.summary.contains("CW001"), "{to} {inputs:?}: {}", outcome.summary);
        }
        let outcome = review(|forge| drop(forge.work.git(&["rm", "-q", "crabwalk.yaml"])), inputs);
        assert_ended(&outcome, 1, "open");
        assert!(outcome.summary.contains("CW013"), "{inputs:?}: {}", outcome.summary);
        assert_eq!(outcome.output("check"), "none", "the review has judged it: {}", outcome.log);
        let outcome = review(|forge| forge.work.write("crabwalk.yaml", "version: 1\n"), inputs);
        assert_ended(&outcome, 1, "open");
    }
    // Beside the spec that is reviewed: another that could be meant, and one that belongs to it.
    let outcome = review(|forge| forge.work.write("crabwalk.yml", opened), &[]);
    assert_ended(&outcome, 2, "failed");
    let both = outcome.summary.contains("`crabwalk.yml`") && outcome.summary.contains("`crabwalk.yaml`");
    assert!(both, "{}", outcome.summary);
    let beside = "version: 1\nagents: {newcomer: {zone: edge, invoke: payments}}\n";
    let outcome = review(|forge| forge.work.write("more.crabwalk.yaml", beside), &[]);
    assert_ended(&outcome, 1, "open");
    assert!(outcome.summary.contains("newcomer"), "{}", outcome.summary);
}

#[test]
fn a_base_that_cannot_be_read_is_red() {
    if !has_tools() {
        return;
    }
    for base in ["origin/nowhere", "HEAD..topic", "no-such-file.yaml", "--help"] {
        let outcome = review(|forge| forge.work.write("notes.txt", "nothing"), &[("base", base)]);
        assert_ended(&outcome, 2, "failed");
        assert!(outcome.summary.contains("the review could not run\n"), "{base}: {}", outcome.summary);
    }
}
