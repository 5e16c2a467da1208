//! A repository on a host, its pull requests, and what a checkout step makes of them on a runner.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::github::{GitHub, TOKEN};
use super::job::{Job, Outcome};
use super::release::{VERSION, archive_name, path, program, sums};
use crate::support::repository::{Repository, git};

/// Two zones, three agents; nothing leads from `intake` to `payments`.
pub(crate) const BASE: &str = "\
version: 1
zones: {edge: , core: }
agents:
  intake: {zone: edge}
  helper: {zone: edge}
  payments: {zone: core}
";

/// The spec with this agent invoking another.
pub(crate) fn with(spec: &str, agent: &str, other: &str) -> String {
    spec.replace(&format!("  {agent}: {{zone: edge"), &format!("  {agent}: {{zone: edge, invoke: [{other}]"))
}

/// Developer, host and runner.
pub(crate) struct Forge {
    pub(crate) github: GitHub,
    /// Where the change is made; its origin is the host.
    pub(crate) work: Repository,
    runs: std::cell::Cell<usize>,
}

impl Forge {
    /// A host whose branch `main` has this spec, with a release of the program.
    pub(crate) fn new(path_of_spec: &str, spec: &str) -> Self {
        let work = Repository::new();
        work.git(&["init", "-q", "--bare", "-b", "main", "../origin.git"]);
        let origin = format!("file://{}", work.beside("origin.git").display());
        work.git(&["remote", "add", "origin", &origin]);
        work.write(path_of_spec, spec);
        work.commit();
        let github = GitHub::start();
        let (archive, name) = (program(), archive_name());
        let sums = sums(&[(&name, &archive)]);
        github.state().files.extend([(path(VERSION, &name), archive), (path(VERSION, "SHA256SUMS"), sums)]);
        Self { github, work, runs: std::cell::Cell::new(0) }
    }

    /// A commit on a branch that begins where the work is, or goes on there.
    pub(crate) fn commit_on(&self, branch: &str, file: &str, text: &str) -> String {
        let known = self.work.git(&["branch", "--list", branch]);
        let switch: &[&str] = if known.is_empty() { &["checkout", "-q", "-b"] } else { &["checkout", "-q"] };
        self.work.git(&[switch, &[branch]].concat());
        self.work.write(file, text);
        self.work.commit();
        self.work.git(&["rev-parse", "HEAD"])
    }

    /// Pushes everything, with what hosts make of a pull request: the merge of its branch into main.
    pub(crate) fn push(&self, topic: &str) {
        self.work.git(&["checkout", "-q", "--detach", "main"]);
        self.work.git(&["merge", "-q", "--no-ff", "-m", "merge", topic]);
        self.work.git(&["push", "-q", "--force", "origin", "--all"]);
        self.work.git(&["push", "-q", "--force", "origin", "HEAD:refs/pull/7/merge"]);
        self.work.git(&["push", "-q", "--force", "origin", &format!("{topic}:refs/pull/7/head")]);
        self.work.git(&["checkout", "-q", topic]);
    }

    /// The event of pull request 7.
    pub(crate) fn event(&self, topic: &str) -> Value {
        let head = self.work.git(&["rev-parse", topic]);
        json!({
            "pull_request": {"number": 7, "base": {"ref": "main"}, "head": {"sha": head, "ref": topic}},
            "repository": {"default_branch": "main"},
        })
    }

    /// What the checkout step leaves: one commit of one reference, detached.
    pub(crate) fn checkout(&self, reference: &str, depth: usize) -> PathBuf {
        self.runs.set(self.runs.get() + 1);
        let directory = self.work.beside(&format!("runner-{}", self.runs.get()));
        std::fs::create_dir(&directory).expect("made");
        let origin = self.work.git(&["remote", "get-url", "origin"]);
        git(&directory, &["init", "-q", "-b", "unused"]);
        git(&directory, &["remote", "add", "origin", &origin]);
        let to = "refs/remotes/pull/7/merge";
        let from = format!("+{reference}:{to}");
        let depth = format!("--depth={depth}");
        let mut fetch = vec!["fetch", "-q", "--no-tags", &depth, "origin", &from];
        if depth == "--depth=0" {
            fetch = vec!["fetch", "-q", "origin", &from, "+refs/heads/*:refs/remotes/origin/*"];
        }
        git(&directory, &fetch);
        git(&directory, &["checkout", "-q", "--detach", to]);
        directory
    }

    /// A job over a checkout.
    pub(crate) fn job(&self, workspace: PathBuf, event_name: &'static str, event: Value) -> Job {
        let temp = self.work.beside(&format!("temp-{}", self.runs.get()));
        let (server, token) = (self.github.url.clone(), TOKEN.to_owned());
        Job { workspace, temp, inputs: Vec::new(), event_name, event, server, token, variables: Vec::new() }
    }

    /// What a workflow on `pull_request` does, with the checkout as it comes.
    pub(crate) fn pull_request(&self, topic: &str) -> Job {
        self.push(topic);
        let workspace = self.checkout("refs/pull/7/merge", 1);
        self.job(workspace, "pull_request", self.event(topic))
    }
}

/// That a run ended so, with the whole log if not.
#[track_caller]
pub(crate) fn assert_ended(outcome: &Outcome, code: i32, result: &str) {
    assert_eq!((outcome.code, outcome.output("result")), (code, result), "{}", outcome.log);
    assert!(!outcome.log.contains(TOKEN), "nobody sees the token: {}", outcome.log);
}
