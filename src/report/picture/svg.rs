//! DOT → SVG, by the system's Graphviz. DOT stays the artefact that is the same everywhere: what `dot` makes of it depends on its
//! version and on the fonts.

use std::io::Write as _;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};

use thiserror::Error;

/// Why there is no SVG.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SvgError {
    /// Graphviz is not installed.
    #[error(
        "SVG needs Graphviz, and there is no `dot` here: `apt`, `dnf` or `brew` `install graphviz`, or take `-f dot`"
    )]
    Missing,
    /// Graphviz could not be started, or not talked to.
    #[error("cannot run `dot`: {0}")]
    Io(#[from] std::io::Error),
    /// Graphviz refused the drawing.
    #[error("`dot` failed ({status}): {message}")]
    Failed {
        /// How it ended.
        status: std::process::ExitStatus,
        /// What it said.
        message: String,
    },
}

/// Draws DOT as SVG with the `dot` that is on the `PATH`.
///
/// # Errors
/// If `dot` is missing or fails.
pub fn svg(dot: &str) -> Result<Vec<u8>, SvgError> {
    let output = feed(start()?, dot)?;
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let message = if lines.is_empty() { "it wrote nothing".to_owned() } else { lines.join("; ") };
    Err(SvgError::Failed { status: output.status, message })
}

fn start() -> Result<Child, SvgError> {
    let spawned = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    spawned.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => SvgError::Missing,
        _ => SvgError::Io(error),
    })
}

/// Writes from a thread of its own: `dot` may fill its output pipe before it has read everything. Where no thread can be had, it
/// writes first: `dot` draws when it has read a whole graph, and here is only one.
fn feed(mut child: Child, dot: &str) -> Result<Output, SvgError> {
    let input = Mutex::new(child.stdin.take());
    let write = || {
        let input = input.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A program that stops reading says why by its exit status; the broken pipe adds nothing to that.
        input.map(|mut input| input.write_all(dot.as_bytes()))
    };
    let output = std::thread::scope(|scope| {
        if std::thread::Builder::new().spawn_scoped(scope, write).is_err() {
            write();
        }
        child.wait_with_output()
    })?;
    Ok(output)
}
