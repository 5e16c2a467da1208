//! How much memory an answer may take: what the user says, or three quarters of what the machine or its cgroup has. An
//! answer that would need more is refused before it is tried.

use std::fs;
use std::path::{Path, PathBuf};

use super::bytes::Bytes;
use super::error::CliError;
use super::global::GlobalArgs;
use crate::graph::{CapabilityGraph, Figure, most_derived};
use crate::model::Spec;
use crate::report;

/// What a machine is taken to have where it does not say so: systems other than Linux.
const UNKNOWN_MACHINE: u64 = 8 << 30;

/// Refuses an answer that would take more memory than it may. `what` is the answer; `instead` says what would fit, if
/// anything does.
pub(super) fn require(
    global: &GlobalArgs,
    needed: usize,
    what: &str,
    instead: Option<String>,
) -> Result<(), CliError> {
    if global.verbose {
        let (needed, limit) = (Bytes(needed as u64), limit(global));
        global.note(&format!("{what} takes up to {needed} of memory; the limit is {limit}"));
    }
    require_quietly(global, needed, what, instead)
}

fn require_quietly(
    global: &GlobalArgs,
    needed: usize,
    what: &str,
    instead: Option<String>,
) -> Result<(), CliError> {
    let (needed, limit) = (Bytes(needed as u64), limit(global));
    if needed <= limit {
        return Ok(());
    }
    let raise = format!("raise the limit: --memory-limit {}", needed.argument());
    let help = instead.map_or(raise.clone(), |instead| format!("{instead}; or {raise}"));
    Err(CliError::usage(
        format!("{what} would take up to {needed} of memory, and the limit is {limit}"),
        &help,
    ))
}

/// A graph that takes no more than this is built whatever the limit is: what is refused then is the answer, which says what it would
/// take.
const SMALL: usize = 32 << 20;

/// Builds the graph of a spec, where it fits into what there is. What authority derives is counted while it is made.
pub(super) fn bounded(spec: Spec, global: &GlobalArgs) -> Result<CapabilityGraph, CliError> {
    let declared = report::memory_bounds::declared(&spec);
    if declared > SMALL {
        require_quietly(global, declared, "this spec", None)?;
    }
    let most = most_derived(&spec);
    let room = left(global, 0).max(SMALL).saturating_sub(declared);
    let fitting = report::memory_bounds::derived_within(room).min(most);
    CapabilityGraph::within(spec, fitting).map_err(|refused| match refused.exceeded.figure {
        Figure::Edges(edges) if edges < most => {
            let needed = Bytes(report::memory_bounds::with_derived(declared, edges) as u64);
            let limit = limit(global);
            CliError::usage(
                format!(
                    "what authority derives would take more than {needed} of memory, and the limit is {limit}"
                ),
                "raise the limit with --memory-limit, or ask about a part of the spec",
            )
        }
        _ => CliError::Spec(refused.diagnostics),
    })
}

/// Whether so many bytes may be taken.
pub(super) fn fits(global: &GlobalArgs, needed: usize) -> bool {
    Bytes(needed as u64) <= limit(global)
}

/// Bytes that may still be taken when so many are.
pub(super) fn left(global: &GlobalArgs, taken: usize) -> usize {
    let limit = usize::try_from(limit(global).0).unwrap_or(usize::MAX);
    limit.saturating_sub(taken)
}

/// What may be taken.
fn limit(global: &GlobalArgs) -> Bytes {
    global.memory_limit.unwrap_or_else(|| Bytes(machine().unwrap_or(UNKNOWN_MACHINE) / 4 * 3))
}

/// What the machine has, or less if its cgroup allows less.
fn machine() -> Option<u64> {
    let total = total(&fs::read_to_string("/proc/meminfo").ok()?);
    let groups = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let read = |path: PathBuf| fs::read_to_string(path).ok()?.trim().parse().ok();
    total.into_iter().chain(group_files(&groups).into_iter().filter_map(read)).min()
}

/// The total of `/proc/meminfo`.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1 << 10)
}

/// Where the limits of the groups in `/proc/self/cgroup` stand: those of a group, and of all that it is in. A container may
/// see its own group as the root of the mount, which is always among them.
fn group_files(groups: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (parts.next(), parts.next()) else { continue };
        let (mount, file) = match controllers {
            "" => ("/sys/fs/cgroup", "memory.max"),
            list if list.split(',').any(|name| name == "memory") => {
                ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            }
            _ => continue,
        };
        let within = Path::new(path.trim_start_matches('/'));
        files.extend(within.ancestors().map(|group| Path::new(mount).join(group).join(file)));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_read_from_what_linux_says() {
        let meminfo = "MemTotal:       24589740 kB\nMemFree:        22000000 kB\n";
        assert_eq!(total(meminfo), Some(24_589_740 << 10));
        assert_eq!(total("nothing"), None);
        let second = group_files("0::/kube/pod7\n");
        let second: Vec<&str> = second.iter().filter_map(|path| path.to_str()).collect();
        assert_eq!(
            second,
            [
                "/sys/fs/cgroup/kube/pod7/memory.max",
                "/sys/fs/cgroup/kube/memory.max",
                "/sys/fs/cgroup/memory.max"
            ]
        );
        let first = group_files("12:cpu,cpuacct:/x\n5:memory:/job\n");
        let first: Vec<&str> = first.iter().filter_map(|path| path.to_str()).collect();
        assert_eq!(
            first,
            [
                "/sys/fs/cgroup/memory/job/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/memory.limit_in_bytes"
            ]
        );
    }
}
