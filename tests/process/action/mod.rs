//! The action's own steps, as `action.yml` has them, in real git repositories and against as much of GitHub as they ask for.

#![cfg(unix)]

mod bases;
mod checkout;
mod comments;
mod gate;
mod github;
mod install;
mod job;
mod red;
mod release;
mod server;
mod standing;

use crate::support::tools;

/// Whether the programs are here that a runner of GitHub has.
fn has_tools() -> bool {
    tools::present(&["bash", "curl", "jq", "tar", "gzip"], "CRABWALK_REQUIRE_ACTION")
}
