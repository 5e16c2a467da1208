//! Facts → text. One format a file; no analysis here.

mod style;

/// The line that every report ends with.
pub const DISCLAIMER: &str = "declared edges only, not checked against a deployment";
