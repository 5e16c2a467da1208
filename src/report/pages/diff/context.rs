//! What a report of a change says about where it comes from, beside what was compared.

use crate::model::Level;

/// Where the two topologies come from and how the comparison was asked for.
#[derive(Debug, Clone)]
pub struct Context {
    /// What the base is called: `main@4be10d2:crabwalk.yaml`, or a file.
    pub base: String,
    /// What the head is called.
    pub head: String,
    /// Short hash of the commit that the base was read from.
    pub base_commit: Option<String>,
    /// Short hash of the commit that the head was read from.
    pub head_commit: Option<String>,
    /// The command that gives the same answer again.
    pub command: String,
    /// Where files of the head can be looked at: `FILE#LLINE` is appended after a slash.
    pub link: Option<String>,
    /// The level at which the gate fails; nothing where it never does.
    pub fail_on: Option<Level>,
}
