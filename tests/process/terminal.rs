//! On a terminal: long work shows a bar on the standard error, and nothing of it stays or reaches the answer. The terminal is
//! made by `script`; where that is missing there is nothing to test with.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A ring whose matrix does not fit a pipe's buffer: whoever writes it has to wait for a reader.
fn ring(folder: &Path) -> PathBuf {
    let agent = |index: usize| format!("  agent-{index}: {{invoke: [agent-{}]}}\n", (index + 1) % 200);
    let spec: String = (0..200).map(agent).collect();
    let path = folder.join("ring.yaml");
    fs::write(&path, format!("version: 1\nname: ring\nagents:\n{spec}")).expect("writable");
    path
}

/// A command on a terminal of its own. What the terminal shows goes to the file `screen`, what the command says on its
/// standard output to the pipe with the name `answer`.
struct Session {
    folder: TempDir,
    child: Child,
}

impl Session {
    fn start(more: &str) -> Option<Self> {
        let folder = folder();
        let spec = ring(folder.path());
        let pipe = Command::new("mkfifo").arg(folder.path().join("answer")).status().ok()?;
        assert!(pipe.success());
        let command = format!(
            "exec '{}' matrix '{}' -f csv {more} > '{}'",
            env!("CARGO_BIN_EXE_crabwalk"),
            spec.display(),
            folder.path().join("answer").display()
        );
        let child = Command::new("script")
            .args(["--quiet", "--flush", "--return", "--command", &command])
            .arg(folder.path().join("screen"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .spawn()
            .ok()?;
        Some(Self { folder, child })
    }

    /// The other end of the pipe. Nothing is read from it yet, so that the command cannot end.
    fn answer(&self) -> fs::File {
        fs::File::open(self.folder.path().join("answer")).expect("a pipe")
    }

    fn screen(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.path().join("screen")).unwrap_or_default()).into_owned()
    }

    /// Waits until the bar is on the screen: it must come, because the command has to wait for its reader.
    fn wait_for_bar(&mut self) {
        while !self.screen().contains("rows") {
            assert!(self.child.try_wait().expect("a child").is_none(), "it ended: {}", self.screen());
            std::thread::yield_now();
        }
    }
}

fn expected() -> Vec<u8> {
    let folder = folder();
    let spec = ring(folder.path());
    let output = Command::new(env!("CARGO_BIN_EXE_crabwalk"))
        .args(["matrix", spec.to_str().expect("UTF-8"), "-f", "csv"])
        .output()
        .expect("it runs");
    assert!(output.status.success() && output.stderr.is_empty());
    output.stdout
}

/// What is on the line after all that was written to it: nothing, if it was cleared last.
fn last_line(screen: &str) -> &str {
    let body = screen.rsplit_once("\nScript done").map_or(screen, |(body, _)| body);
    body.rsplit("\u{1b}[2K").next().unwrap_or("").trim()
}

#[test]
fn a_bar_shows_on_a_terminal_and_goes_away() {
    let Some(mut session) = Session::start("") else { return };
    let mut answer = session.answer();
    session.wait_for_bar();
    let mut bytes = Vec::new();
    answer.read_to_end(&mut bytes).expect("readable");
    assert!(session.child.wait().expect("it ends").success());
    assert!(bytes == expected(), "nothing of the bar is in the answer");
    let screen = session.screen();
    assert_eq!(last_line(&screen), "", "{screen:?}");
}

#[test]
fn quiet_shows_nothing() {
    let Some(mut session) = Session::start("--quiet") else { return };
    let mut answer = session.answer();
    // As long as a bar would need to come, and as long again.
    std::thread::sleep(std::time::Duration::from_secs(1));
    let mut bytes = Vec::new();
    answer.read_to_end(&mut bytes).expect("readable");
    assert!(session.child.wait().expect("it ends").success());
    assert!(bytes == expected());
    assert!(!session.screen().contains("rows"), "{:?}", session.screen());
}

#[test]
fn an_interrupt_takes_the_bar_away() {
    let Some(mut session) = Session::start("") else { return };
    let _answer = session.answer();
    session.wait_for_bar();
    // `exec` made the shell that `script` started the program itself.
    let children = format!("/proc/{0}/task/{0}/children", session.child.id());
    let children = fs::read_to_string(children).expect("Linux says");
    let program = children.split_whitespace().next().expect("one child");
    let sent = Command::new("kill").args(["-INT", program]).status().expect("kill is there");
    assert!(sent.success());
    assert_eq!(session.child.wait().expect("it ends").code(), Some(130));
    let screen = session.screen();
    assert_eq!(last_line(&screen), "", "{screen:?}");
}
