//! The steps of `action.yml`, run one after the other as a runner of GitHub Actions does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A job that uses the action.
pub(crate) struct Job {
    /// Where the repository is checked out.
    pub(crate) workspace: PathBuf,
    /// The runner's folder for what is thrown away.
    pub(crate) temp: PathBuf,
    /// What stands under `with:`.
    pub(crate) inputs: Vec<(&'static str, String)>,
    /// `pull_request`, `push` and so on.
    pub(crate) event_name: &'static str,
    pub(crate) event: Value,
    /// Where GitHub is.
    pub(crate) server: String,
    pub(crate) token: String,
    /// More of the environment, over the rest.
    pub(crate) variables: Vec<(&'static str, String)>,
}

/// How it went.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The exit code of the step at which it ended.
    pub(crate) code: i32,
    /// What all steps printed.
    pub(crate) log: String,
    pub(crate) summary: String,
    outputs: BTreeMap<String, String>,
}

impl Outcome {
    /// An output of the action; empty if it was not set.
    pub(crate) fn output(&self, name: &str) -> &str {
        self.outputs.get(name).map_or("", String::as_str)
    }
}

fn action() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let text = fs::read_to_string(path).expect("the action is part of the project");
    serde_yaml::from_str(&text).expect("it is YAML")
}

impl Job {
    /// Runs its steps up to the first that fails, or up to and with the one of this id.
    pub(crate) fn run_until(&self, last: Option<&str>) -> Outcome {
        let action = action();
        let mut steps = BTreeMap::new();
        let mut outcome =
            Outcome { code: 0, log: String::new(), summary: String::new(), outputs: BTreeMap::new() };
        fs::create_dir_all(&self.temp).expect("a folder can be made");
        fs::write(self.temp.join("event.json"), self.event.to_string()).expect("a file can be written");
        for step in action["runs"]["steps"].as_array().expect("a composite action has steps") {
            let id = step["id"].as_str().expect("every step has an id");
            if self.is_wanted(&action, step) {
                self.step(&action, step, &mut steps, &mut outcome);
            }
            if outcome.code != 0 || last == Some(id) {
                break;
            }
        }
        outcome.summary = fs::read_to_string(self.temp.join("summary.md")).unwrap_or_default();
        let declared = action["outputs"].as_object().expect("the action has outputs");
        for (name, output) in declared {
            let value = output["value"].as_str().expect("an output has a value");
            outcome.outputs.insert(name.clone(), self.evaluated(&action, value, &steps));
        }
        outcome
    }

    pub(crate) fn run(&self) -> Outcome {
        self.run_until(None)
    }

    /// `if: inputs.NAME == 'VALUE'`, the one kind of condition that the action has.
    fn is_wanted(&self, action: &Value, step: &Value) -> bool {
        let Some(condition) = step["if"].as_str() else { return true };
        let (left, right) = condition.split_once(" == ").expect("a condition compares");
        self.value(action, left, &BTreeMap::new()) == right.trim_matches('\'')
    }

    fn step(
        &self,
        action: &Value,
        step: &Value,
        steps: &mut BTreeMap<String, String>,
        outcome: &mut Outcome,
    ) {
        assert_eq!(step["shell"], "bash");
        let script = step["run"].as_str().expect("every step is a script");
        assert!(
            !script.contains("${{"),
            "what a pull request's author says is never part of a script: {script}"
        );
        let output = self.temp.join("output.txt");
        fs::write(&output, "").expect("a file can be written");
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(&self.workspace);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT")) {
            command.env_remove(name);
        }
        command.envs(self.environment().iter().map(|(name, value)| (*name, value)));
        for (name, value) in step["env"].as_object().into_iter().flatten() {
            command.env(name, self.evaluated(action, value.as_str().expect("text"), steps));
        }
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
        let ran = command.output().expect("bash runs here");
        outcome.code = ran.status.code().unwrap_or(-1);
        outcome.log += &String::from_utf8_lossy(&ran.stdout);
        outcome.log += &String::from_utf8_lossy(&ran.stderr);
        let id = step["id"].as_str().unwrap_or_default();
        for line in fs::read_to_string(&output).expect("it is there").lines() {
            let (name, value) = line.split_once('=').expect("an output is one line");
            steps.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
        }
    }

    /// What a runner sets for every step.
    fn environment(&self) -> Vec<(&'static str, String)> {
        let path = |name: &str| self.temp.join(name).to_string_lossy().into_owned();
        vec![
            ("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR").to_owned()),
            ("GITHUB_API_URL", self.server.clone()),
            ("GITHUB_EVENT_NAME", self.event_name.to_owned()),
            ("GITHUB_EVENT_PATH", path("event.json")),
            ("GITHUB_GRAPHQL_URL", format!("{}/graphql", self.server)),
            ("GITHUB_OUTPUT", path("output.txt")),
            ("GITHUB_REPOSITORY", "acme/agents".to_owned()),
            ("GITHUB_SERVER_URL", self.server.clone()),
            ("GITHUB_STEP_SUMMARY", path("summary.md")),
            ("RUNNER_ARCH", if cfg!(target_arch = "aarch64") { "ARM64" } else { "X64" }.to_owned()),
            ("RUNNER_OS", if cfg!(target_os = "macos") { "macOS" } else { "Linux" }.to_owned()),
            ("RUNNER_TEMP", self.temp.to_string_lossy().into_owned()),
            ("GIT_CONFIG_GLOBAL", "/dev/null".to_owned()),
            ("GIT_CONFIG_NOSYSTEM", "1".to_owned()),
        ]
    }

    /// A text with its expressions put in.
    fn evaluated(&self, action: &Value, text: &str, steps: &BTreeMap<String, String>) -> String {
        let mut parts = text.split("${{");
        let mut value = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (expression, rest) = part.split_once("}}").expect("an expression ends");
            value += &self.value(action, expression.trim(), steps);
            value += rest;
        }
        value
    }

    fn value(&self, action: &Value, expression: &str, steps: &BTreeMap<String, String>) -> String {
        match expression {
            "github.token" => return self.token.clone(),
            "github.action_repository" => return "acme/crabwalk".to_owned(),
            _ => {}
        }
        if let Some(name) = expression.strip_prefix("inputs.") {
            let default = action["inputs"][name]["default"].as_str();
            let default = default.unwrap_or_else(|| panic!("there is no input `{name}`"));
            let given = self.inputs.iter().find(|(known, _)| *known == name);
            return given.map_or_else(|| self.evaluated(action, default, steps), |(_, value)| value.clone());
        }
        assert!(expression.starts_with("steps."), "an expression that the test does not know: {expression}");
        steps.get(expression).cloned().unwrap_or_default()
    }
}
