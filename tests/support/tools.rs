//! Programs that a test runs and a machine may lack.

use std::process::{Command, Stdio};

/// Whether all of these are here; otherwise the test is skipped with a line that says so. Where the variable is set, it fails.
#[expect(clippy::print_stderr, reason = "a skipped test should say so")]
pub(crate) fn present(programs: &[&str], variable: &str) -> bool {
    let starts = |program: &&&str| {
        let mut version = Command::new(program);
        version.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok()
    };
    let missing: Vec<&str> = programs.iter().filter(|program| !starts(program)).copied().collect();
    assert!(
        missing.is_empty() || std::env::var_os(variable).is_none(),
        "{variable} is set, and {missing:?} missing"
    );
    if !missing.is_empty() {
        eprintln!("skipped: {} is not here", missing.join(", "));
    }
    missing.is_empty()
}
