//! What the system counts as the most that the program has held, next to what it says with `-v`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Child, Stdio};
use std::time::Duration;

use super::program::crabwalk;

/// What the program takes before it has read anything, as it counts it itself. A build that is not optimized, and the libraries that it
/// is linked with, take more; tests take that off.
pub(crate) const PROGRAM: u64 = 8 << 20;

/// The most that a process has held so far, in bytes.
fn most_held(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1 << 10)
}

/// Whether all of its threads wait.
fn waits(child: &Child) -> bool {
    let Ok(tasks) = fs::read_dir(format!("/proc/{}/task", child.id())) else { return true };
    tasks.flatten().all(|task| {
        let stat = fs::read_to_string(task.path().join("stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_none_or(|(_, rest)| !rest.starts_with(['R', 'D']))
    })
}

/// The most that a call with two threads has held when it came to write its answer, into a pipe that is full, and while the answer was
/// read; and what it said on the standard error.
pub(crate) fn held(arguments: &[&str]) -> (u64, String) {
    let (mut reader, mut writer) = std::io::pipe().expect("a pipe");
    let full = vec![b'.'; 1 << 16];
    writer.write_all(&full).expect("it takes 64 KiB");
    let mut command = crabwalk(arguments);
    command.args(["--jobs", "2", "-v"]).stdout(writer).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    drop(command);
    let (mut most, mut still) = (0, 0);
    while still < 5 && child.try_wait().expect("it is ours").is_none() {
        most = most_held(&child).unwrap_or(0).max(most);
        still = if waits(&child) { still + 1 } else { 0 };
        std::thread::sleep(Duration::from_millis(4));
    }
    let (mut buffer, mut answer) = (vec![0; 1 << 20], 0);
    loop {
        let read = reader.read(&mut buffer).expect("readable");
        most = most_held(&child).unwrap_or(0).max(most);
        answer += read;
        if read == 0 {
            break;
        }
    }
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {said}");
    assert!(answer > full.len(), "{arguments:?}: there is an answer");
    (most, said)
}

/// The last figure in "… takes up to 1.5 GiB of memory; …".
pub(crate) fn estimate(said: &str) -> u64 {
    let (_, rest) = said.rsplit_once("takes up to ").expect("-v says it");
    let mut words = rest.split(' ');
    let number: f64 = words.next().and_then(|word| word.parse().ok()).expect("a number");
    let scale = match words.next() {
        Some("KiB") => 1 << 10,
        Some("MiB") => 1 << 20,
        Some("GiB") => 1 << 30,
        unit => panic!("{unit:?} is no unit"),
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size of memory")]
    let bytes = (number * f64::from(scale)) as u64;
    bytes
}
