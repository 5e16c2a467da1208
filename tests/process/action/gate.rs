//! What a whole run leaves: outputs, files, summary, annotations, and the color of the check.

use super::checkout::{BASE, Forge, assert_ended, with};
use super::has_tools;

#[test]
fn a_pull_request_that_opens_a_path_is_reviewed_in_every_form_and_held() {
    if !has_tools() {
        return;
    }
    let forge = Forge::new("crabwalk.yaml", BASE);
    forge.commit_on("topic", "crabwalk.yaml", &with(BASE, "intake", "payments"));
    let mut job = forge.pull_request("topic");
    job.inputs.extend([("sarif", "out.sarif".to_owned()), ("json", "out.json".to_owned())]);
    let outcome = job.run();
    assert_ended(&outcome, 1, "open");
    assert_eq!((outcome.output("errors"), outcome.output("warnings")), ("1", "2"), "{}", outcome.log);
    let markdown = std::fs::read_to_string(outcome.output("markdown")).expect("the comment is there");
    assert!(markdown.starts_with("<!-- crabwalk:crabwalk.yaml -->\n### ❌"), "{markdown}");
    let commit = crate::support::repository::git(&job.workspace, &["rev-parse", "HEAD"]);
    let link = format!("{}/acme/agents/blob/{commit}/crabwalk.yaml#L4", forge.github.url);
    assert!(markdown.contains(&link), "{link}: {markdown}");
    assert!(outcome.summary.starts_with(&markdown), "{}", outcome.summary);
    assert_eq!(outcome.output("sarif"), job.workspace.join("out.sarif").to_str().expect("UTF-8"));
    for (file, what) in [("out.sarif", "codeFlows"), ("out.json", "crabwalk/diff/1")] {
        let text = std::fs::read_to_string(job.workspace.join(file)).expect(file);
        assert!(text.contains(what), "{file}: {text}");
    }
    let annotation = outcome.log.lines().find(|line| line.starts_with("::error file=crabwalk.yaml,line=4"));
    assert!(annotation.is_some_and(|line| line.contains("CW001")), "{}", outcome.log);
    assert!(outcome.log.contains("::error title=crabwalk::1 errors and 2 warnings"), "{}", outcome.log);
}

#[test]
fn the_level_at_which_the_check_fails_is_an_input_and_a_wrong_one_fails() {
    if !has_tools() {
        return;
    }
    let forge = Forge::new("crabwalk.yaml", BASE);
    forge.commit_on("topic", "crabwalk.yaml", &with(BASE, "intake", "helper"));
    for (level, code, result) in
        [("error", 0, "clear"), ("warning", 1, "open"), ("never", 0, "clear"), ("warn", 2, "failed")]
    {
        let mut job = forge.pull_request("topic");
        job.inputs.extend([("fail-on", level.to_owned()), ("comment", "false".to_owned())]);
        let outcome = job.run();
        assert_ended(&outcome, code, result);
        let warnings = if code == 2 { "" } else { "2" };
        assert_eq!(outcome.output("warnings"), warnings, "{level}: {}", outcome.log);
    }
    let asked = forge.github.state().asked.clone();
    assert!(asked.iter().all(|call| call.contains("/releases/")), "no comment was asked for: {asked:?}");
}

/// What cannot be reviewed is red, and takes the place of an older comment that says otherwise.
#[test]
fn a_spec_that_is_broken_closes_the_gate_and_says_why() {
    if !has_tools() {
        return;
    }
    for spec in ["crabwalk.yaml", "my --fleet/ä`.yaml"] {
        let forge = Forge::new(spec, BASE);
        let run = |text: &str| {
            forge.commit_on("topic", spec, text);
            let mut job = forge.pull_request("topic");
            job.inputs.push(("spec", spec.to_owned()));
            job.run()
        };
        assert_ended(&run(&with(BASE, "intake", "payments")), 1, "open");
        let outcome =
            run(&BASE.replace("helper", "\"::error::@everyone\"").replace("core: }", "core: }\nwrong: 1"));
        assert_ended(&outcome, 2, "failed");
        assert_eq!((outcome.output("errors"), outcome.output("check")), ("", ""));
        let sarif =
            std::fs::read_to_string(outcome.output("sarif")).expect("mistakes go to code scanning too");
        assert!(sarif.contains("E103"), "{sarif}");
        assert!(outcome.summary.contains("the review could not run"), "{}", outcome.summary);
        assert!(
            outcome.summary.contains("\n      × ") && outcome.summary.contains("`wrong`"),
            "{}",
            outcome.summary
        );
        assert!(outcome.log.contains("::error title=crabwalk::the review could not run"), "{}", outcome.log);
        let comments = forge.github.comments_of(super::github::BOT);
        assert_eq!(comments.len(), 1, "the comment on the same spec: {comments:#?}");
        assert!(comments[0].body.contains("could not run"), "{}", comments[0].body);
        assert_ended(&run(BASE), 0, "clear");
        assert!(forge.github.comments_of(super::github::BOT)[0].body.contains("no new paths"));
    }
}

/// Nothing that the author of a change brings with it counts.
#[test]
fn an_acceptance_counts_once_it_is_in_the_base() {
    if !has_tools() {
        return;
    }
    let accept = "accept: [{from: intake, to: payments, reason: agreed}, {from: payments, to: intake, reason: agreed}]\n";
    let opened = with(BASE, "intake", "payments");
    let forge = Forge::new("crabwalk.yaml", BASE);
    forge.commit_on("topic", "crabwalk.yaml", &(opened.clone() + accept));
    assert_ended(&forge.pull_request("topic").run(), 1, "open");
    let forge = Forge::new("crabwalk.yaml", &(BASE.to_owned() + accept));
    forge.commit_on("topic", "crabwalk.yaml", &(opened + accept));
    let outcome = forge.pull_request("topic").run();
    assert_ended(&outcome, 0, "clear");
    assert_eq!(outcome.output("errors"), "0");
}
