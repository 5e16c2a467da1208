//! Where the system gives no more threads, every answer is the one that it always is.

#![cfg(unix)]

use std::fs;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::program::crabwalk;

/// A user without processes of its own, so that the first of them is all that it may have. Root's own are not counted.
const NOBODY: u32 = 65_534;

/// A shell that may start nothing more, as a user that is held to it.
fn alone(script: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{{ ulimit -u 1 || ulimit -p 1; }} 2>/dev/null; {script}")])
        .current_dir("/")
        .env_remove("RAYON_NUM_THREADS");
    if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Whether the limit binds here, and the program can be started under it.
fn can_be_tried(program: &str) -> bool {
    let tried = |script: &str| alone(script).stdin(Stdio::null()).output();
    let forks = tried("(exit 0) 2>/dev/null").is_ok_and(|output| output.status.success());
    !forks && tried(&format!("exec '{program}' --version")).is_ok_and(|output| output.status.success())
}

fn fed(mut command: Command, spec: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("piped").write_all(spec).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn without_threads_the_answer_is_the_same() {
    let program = env!("CARGO_BIN_EXE_crabwalk");
    if !can_be_tried(program) {
        eprintln!("not tried: the number of processes cannot be limited here");
        return;
    }
    let desk = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/support-desk.yaml");
    let spec = fs::read(desk).expect("readable");
    for arguments in [
        "check -",
        "check - --jobs 4",
        "matrix - -f json",
        "blast ticket-hook -s -",
        "harden -",
        "report -",
        "self-check -",
        "explain E106",
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let free = fed(crabwalk(&words), &spec);
        let bound = fed(alone(&format!("exec '{program}' {arguments}")), &spec);
        let said = String::from_utf8_lossy(&bound.stderr);
        assert_eq!(bound.status.code(), free.status.code(), "{arguments}: {said}");
        assert!(!said.contains("panicked"), "{arguments}: {said}");
        assert!(bound.stdout == free.stdout && !bound.stdout.is_empty(), "{arguments}: {said}");
    }
}
