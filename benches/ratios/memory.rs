//! Peak memory: a task runs in a process of its own, which is this program again, and says how far its memory grew. On Linux.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

/// What a child is told to do, before the name of its task and its arguments.
pub(crate) const CHILD: &str = "--child";

/// Memory of a task, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    /// Before the task: the built graph.
    pub(crate) before: u64,
    /// At most.
    pub(crate) peak: u64,
    /// How long the task took, in milliseconds.
    pub(crate) millis: u64,
}

impl Memory {
    pub(crate) fn grown(self) -> u64 {
        self.peak.saturating_sub(self.before)
    }
}

/// Runs a task in a child, and reads what it says. Nothing where the system does not tell.
pub(crate) fn of_task(task: &[&str]) -> Option<Memory> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new(program).arg(CHILD).args(task).stderr(Stdio::inherit()).output().ok()?;
    assert!(output.status.success(), "the child does its task: {task:?}");
    let said = String::from_utf8(output.stdout).ok()?;
    let mut numbers = said.split_whitespace().filter_map(|word| word.parse().ok());
    Some(Memory { before: numbers.next()?, peak: numbers.next()?, millis: numbers.next()? })
}

/// In the child: does the task and says what it took.
pub(crate) fn report<T>(work: impl FnOnce() -> T) {
    // Since Linux 4.0 this sets the peak back to what is used now.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = status("VmRSS:");
    let start = std::time::Instant::now();
    let result = std::hint::black_box(work());
    let millis = start.elapsed().as_millis();
    if let (Some(before), Some(peak)) = (before, status("VmHWM:")) {
        let _ = writeln!(std::io::stdout(), "{before} {peak} {millis}");
    }
    drop(result);
}

/// A line of this process's status, in bytes.
fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}

/// In the child: runs a program and says what it took at most.
#[cfg(unix)]
pub(crate) fn report_program(program: &str, arguments: &[String]) {
    use nix::sys::resource::{UsageWho, getrusage};
    let start = std::time::Instant::now();
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{program} answers");
    let millis = start.elapsed().as_millis();
    if let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) {
        let _ = writeln!(std::io::stdout(), "0 {} {millis}", usage.max_rss() * 1024);
    }
}

#[cfg(not(unix))]
pub(crate) fn report_program(_program: &str, _arguments: &[String]) {}

/// What this process and its children have taken of the processors so far.
#[cfg(unix)]
pub(crate) fn processor_time() -> Duration {
    use nix::sys::resource::{UsageWho, getrusage};
    let taken = |who| {
        let Ok(usage) = getrusage(who) else { return Duration::ZERO };
        let micros = |time: nix::sys::time::TimeVal| {
            u64::try_from(time.tv_sec() * 1_000_000 + time.tv_usec()).unwrap_or(0)
        };
        Duration::from_micros(micros(usage.user_time()) + micros(usage.system_time()))
    };
    taken(UsageWho::RUSAGE_SELF) + taken(UsageWho::RUSAGE_CHILDREN)
}

#[cfg(not(unix))]
pub(crate) fn processor_time() -> Duration {
    Duration::ZERO
}

/// Megabytes for people.
pub(crate) fn human(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
