//! Which commit a change is compared with, by the event and by what the checkout has.

use serde_json::json;

use super::checkout::{BASE, Forge, assert_ended, with};
use super::has_tools;
use crate::support::repository::git;

/// A topic that opens a path to `payments`, and a main that has opened another since: that one is nobody's finding here.
fn parted() -> Forge {
    let forge = Forge::new("crabwalk.yaml", BASE);
    forge.commit_on("topic", "crabwalk.yaml", &with(BASE, "intake", "payments"));
    forge.work.git(&["checkout", "-q", "main"]);
    forge.commit_on("main", "notes.txt", "main has moved on");
    forge
}

#[test]
fn of_a_pull_request_it_is_the_merge_base_whatever_was_checked_out() {
    if !has_tools() {
        return;
    }
    let forge = parted();
    forge.push("topic");
    let tip = forge.work.git(&["rev-parse", "main"]);
    let fork = forge.work.git(&["merge-base", "main", "topic"]);
    for (reference, depth, base) in [
        ("refs/pull/7/merge", 1, &tip),
        ("refs/pull/7/merge", 0, &tip),
        ("refs/pull/7/head", 1, &fork),
        ("refs/pull/7/head", 0, &fork),
    ] {
        let workspace = forge.checkout(reference, depth);
        let before = git(&workspace, &["rev-parse", "HEAD"]);
        let job = forge.job(workspace, "pull_request", forge.event("topic"));
        let outcome = job.run();
        assert_ended(&outcome, 1, "open");
        assert!(outcome.summary.contains(&base[..7]), "{reference} {depth}: {base}: {}", outcome.summary);
        assert!(outcome.summary.contains("+1 −0 edges"), "{reference} {depth}: {}", outcome.summary);
        assert_eq!(git(&job.workspace, &["rev-parse", "HEAD"]), before, "nothing is checked out");
        assert_eq!(git(&job.workspace, &["status", "--porcelain"]), "");
    }
}

#[test]
fn a_shallow_clone_is_deepened_until_the_merge_base_is_there_and_no_further() {
    if !has_tools() {
        return;
    }
    let forge = Forge::new("crabwalk.yaml", BASE);
    let goes_on = |commits: usize| {
        for _ in 0..commits {
            forge.work.git(&["commit", "-q", "--allow-empty", "-m", "it goes on"]);
        }
    };
    goes_on(50);
    forge.commit_on("topic", "crabwalk.yaml", &with(BASE, "intake", "payments"));
    let fork = forge.work.git(&["merge-base", "main", "topic"]);
    for (commits, stays_shallow) in [(3, "true"), (30, "false")] {
        goes_on(commits);
        forge.push("topic");
        let job = forge.job(forge.checkout("refs/pull/7/head", 1), "pull_request", forge.event("topic"));
        let outcome = job.run();
        assert_ended(&outcome, 1, "open");
        assert!(outcome.summary.contains(&fork[..7]), "{fork}: {}", outcome.summary);
        let shallow = git(&job.workspace, &["rev-parse", "--is-shallow-repository"]);
        assert_eq!(shallow, stays_shallow, "after {commits} commits");
    }
}

/// On `pull_request_target` the checkout is the base, unless told otherwise: compared with itself it would be clear.
#[test]
fn a_checkout_that_is_not_the_pull_request_is_refused() {
    if !has_tools() {
        return;
    }
    let forge = parted();
    forge.push("topic");
    let workspace = forge.checkout("refs/heads/main", 1);
    let outcome = forge.job(workspace, "pull_request_target", forge.event("topic")).run();
    assert_ended(&outcome, 2, "failed");
    assert!(outcome.summary.contains("is not the pull request"), "{}", outcome.summary);
    let workspace = forge.checkout("refs/pull/7/head", 1);
    assert_ended(&forge.job(workspace, "pull_request_target", forge.event("topic")).run(), 1, "open");
}

#[test]
fn of_a_push_it_is_what_was_there_before() {
    if !has_tools() {
        return;
    }
    let forge = Forge::new("crabwalk.yaml", BASE);
    let opened = with(BASE, "intake", "payments");
    let before = forge.commit_on("main", "crabwalk.yaml", &opened);
    forge.commit_on("main", "crabwalk.yaml", &with(&opened, "helper", "payments"));
    forge.work.git(&["push", "-q", "origin", "main"]);
    let run = |event_name, event| {
        let workspace = forge.checkout("refs/heads/main", 1);
        forge.job(workspace, event_name, event).run()
    };
    let outcome = run("push", json!({"before": before, "repository": {"default_branch": "main"}}));
    assert_ended(&outcome, 1, "open");
    assert!(outcome.summary.contains("+1 −0 edges"), "{}", outcome.summary);
    let outcome = run("merge_group", json!({"merge_group": {"base_sha": before}}));
    assert_ended(&outcome, 1, "open");
    // A branch that is new is compared with where it left the default branch: here with itself.
    let outcome = run("push", json!({"before": "0".repeat(40), "repository": {"default_branch": "main"}}));
    assert_ended(&outcome, 0, "clear");
    // The first push of a repository: there was nothing, and nothing is not the same as no change.
    let event =
        json!({"before": "0".repeat(40), "ref": "refs/heads/main", "repository": {"default_branch": "main"}});
    let outcome = run("push", event);
    assert_ended(&outcome, 1, "open");
    assert!(outcome.summary.contains("none"), "{}", outcome.summary);
    for before in ["f".repeat(40), "--upload-pack=touch x".to_owned(), String::new()] {
        let outcome = run("push", json!({"before": before, "repository": {}}));
        assert_ended(&outcome, 2, "failed");
        assert!(outcome.summary.contains("could not run"), "{}", outcome.summary);
    }
    assert!(forge.github.comments_of(super::github::BOT).is_empty(), "there is no pull request");
}

#[test]
fn a_base_that_is_named_goes_before_the_event() {
    if !has_tools() {
        return;
    }
    let forge = parted();
    forge.push("topic");
    for (base, code, result) in
        [("HEAD", 0, "clear"), ("HEAD^:crabwalk.yaml", 1, "open"), ("nowhere:x", 2, "failed")]
    {
        let mut job = forge.job(forge.checkout("refs/pull/7/merge", 2), "workflow_dispatch", json!({}));
        job.inputs.push(("base", base.to_owned()));
        let outcome = job.run();
        assert_ended(&outcome, code, result);
    }
}

#[test]
fn a_spec_may_be_new_moved_or_gone() {
    if !has_tools() {
        return;
    }
    let forge = Forge::new("crabwalk.yml", &(BASE.to_owned() + &"# a line\n".repeat(30)));
    forge.commit_on("topic", "crabwalk.yml", &(with(BASE, "intake", "helper") + &"# a line\n".repeat(30)));
    forge.work.git(&["mv", "crabwalk.yml", "crabwalk.yaml"]);
    forge.work.commit();
    let outcome = forge.pull_request("topic").run();
    assert_ended(&outcome, 0, "clear");
    assert!(outcome.summary.contains("+1 −0 edges"), "{}", outcome.summary);
    forge.work.git(&["rm", "-q", "crabwalk.yaml"]);
    forge.work.commit();
    // Without being named it is looked for under both of its names, and that it is gone is a finding.
    let outcome = forge.pull_request("topic").run();
    assert_ended(&outcome, 1, "open");
    assert!(outcome.summary.contains("CW013"), "{}", outcome.summary);
}
