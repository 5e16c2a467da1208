//! The comment on a pull request: one, ours, up to date, and never what the check depends on.

use super::checkout::{BASE, Forge, assert_ended, with};
use super::github::BOT;
use super::has_tools;

const MARKER: &str = "<!-- crabwalk:crabwalk.yaml -->\n";

/// A forge whose topic opens a path.
fn opening() -> Forge {
    let forge = Forge::new("crabwalk.yaml", BASE);
    forge.commit_on("topic", "crabwalk.yaml", &with(BASE, "intake", "payments"));
    forge
}

fn writes(forge: &Forge) -> Vec<String> {
    let asked = forge.github.state().asked.clone();
    asked.into_iter().filter(|call| !call.starts_with("GET ") && !call.ends_with("/graphql")).collect()
}

#[test]
fn it_is_created_once_and_updated_from_then_on() {
    if !has_tools() {
        return;
    }
    let forge = opening();
    forge.github.comment("somebody", "looks fine to me");
    let outcome = forge.pull_request("topic").run();
    assert_ended(&outcome, 1, "open");
    assert_eq!(outcome.output("comment-url"), "https://github.com/acme/agents/pull/7#issuecomment-1001");
    let markdown = std::fs::read_to_string(outcome.output("markdown")).expect("it is there");
    assert_eq!(forge.github.comments_of(BOT)[0].body, markdown, "every byte");
    forge.commit_on("topic", "crabwalk.yaml", BASE);
    let outcome = forge.pull_request("topic").run();
    assert_ended(&outcome, 0, "clear");
    assert_eq!(outcome.output("comment-url"), "https://github.com/acme/agents/pull/7#issuecomment-1001");
    let comments = forge.github.comments_of(BOT);
    assert_eq!(comments.len(), 1);
    assert!(comments[0].body.starts_with(&format!("{MARKER}✅")), "{}", comments[0].body);
    let wanted =
        ["POST /repos/acme/agents/issues/7/comments", "PATCH /repos/acme/agents/issues/comments/1001"];
    assert_eq!(writes(&forge), wanted);
}

#[test]
fn nothing_to_say_is_not_said_where_nobody_has_said_otherwise() {
    if !has_tools() {
        return;
    }
    let forge = Forge::new("crabwalk.yaml", BASE);
    forge.commit_on("topic", "notes.txt", "no change of the spec");
    let outcome = forge.pull_request("topic").run();
    assert_ended(&outcome, 0, "clear");
    assert_eq!((outcome.output("comment-url"), writes(&forge)), ("", Vec::new()));
}

/// Whoever copies the first line of the comment neither gets theirs overwritten nor keeps ours from being written.
#[test]
fn a_marker_of_another_author_or_elsewhere_in_a_comment_is_left_alone() {
    if !has_tools() {
        return;
    }
    let forge = opening();
    let foreign = format!("{MARKER}### ✅ all is well");
    forge.github.comment("mallory", &foreign);
    forge.github.comment("github-actions", &foreign);
    forge.github.comment(BOT, &format!("another tool quotes it: {MARKER}"));
    forge.github.comment(BOT, "<!-- crabwalk:crabwalk.yaml.old -->\nabout another spec");
    assert_ended(&forge.pull_request("topic").run(), 1, "open");
    assert_ended(&forge.pull_request("topic").run(), 1, "open");
    let wanted =
        ["POST /repos/acme/agents/issues/7/comments", "PATCH /repos/acme/agents/issues/comments/1004"];
    assert_eq!(writes(&forge), wanted);
    let state = forge.github.state();
    assert_eq!((state.comments[0].body.as_str(), state.comments[1].body.as_str()), (&*foreign, &*foreign));
    assert_eq!(state.comments.len(), 5);
}

#[test]
fn it_is_found_behind_any_number_of_others() {
    if !has_tools() {
        return;
    }
    let forge = opening();
    for number in 0..249 {
        forge.github.comment("somebody", &format!("{number}"));
    }
    forge.github.comment(BOT, &format!("{MARKER}an older review"));
    for number in 0..50 {
        forge.github.comment("somebody", &format!("later {number}"));
    }
    assert_ended(&forge.pull_request("topic").run(), 1, "open");
    assert_eq!(writes(&forge), ["PATCH /repos/acme/agents/issues/comments/1249"]);
    assert_eq!(forge.github.state().comments.len(), 300);
    // Pages that are all full end with an empty one.
    let forge = opening();
    for number in 0..200 {
        forge.github.comment("somebody", &format!("{number}"));
    }
    assert_ended(&forge.pull_request("topic").run(), 1, "open");
    assert_eq!(writes(&forge), ["POST /repos/acme/agents/issues/7/comments"]);
}

#[test]
fn where_it_cannot_be_written_the_summary_has_the_review_and_the_check_is_the_same() {
    if !has_tools() {
        return;
    }
    for (writes, reads, level, says) in [
        (Some(403), None, "notice", "may not write comments here (HTTP 403"),
        (Some(422), None, "warning", "could not be written (HTTP 422)"),
        (None, Some(404), "warning", "cannot be read"),
    ] {
        let forge = opening();
        forge.github.state().refuses_writes = writes;
        forge.github.state().refuses_reads = reads;
        let outcome = forge.pull_request("topic").run();
        assert_ended(&outcome, 1, "open");
        let said: Vec<&str> = outcome
            .log
            .lines()
            .filter(|line| line.starts_with(&format!("::{level} title=crabwalk::")))
            .collect();
        assert_eq!(said.len(), 1, "one line: {}", outcome.log);
        assert!(said[0].contains(says) && said[0].ends_with("the review is in the step summary"), "{said:?}");
        assert!(outcome.summary.starts_with(&format!("{MARKER}### ❌")), "{}", outcome.summary);
        assert_eq!(outcome.output("comment-url"), "");
    }
}

#[test]
fn without_a_token_or_with_one_that_is_nobodys_no_comment_is_taken_for_our_own() {
    if !has_tools() {
        return;
    }
    let forge = opening();
    forge.github.comment("mallory", MARKER);
    for token in ["", "expired"] {
        let mut job = forge.pull_request("topic");
        job.token = token.to_owned();
        let outcome = job.run();
        assert_ended(&outcome, 1, "open");
        assert!(outcome.log.contains("::notice title=crabwalk::"), "{}", outcome.log);
        assert_eq!(writes(&forge), Vec::<String>::new());
    }
}
