//! `--without`, `--with-guard`, `--fail`, `--isolate`: the spec as it would be, for every command that reads one, and for the head of a
//! comparison.

use clap::Args;

use super::error::CliError;
use super::global::GlobalArgs;
use super::select::select;
use crate::Error;
use crate::findings::Review;
use crate::model::{Spec, WhatIf, WhatIfError};
use crate::report::{self, CommandLine, visible};

/// Changes to try.
#[derive(Debug, Default, Args)]
pub(super) struct WhatIfArgs {
    /// Answer as if this edge were not declared: ACTOR:VERB:TARGET, such as intake:write:notes; may be repeated
    #[arg(long, value_name = "EDGE", help_heading = "What if", allow_hyphen_values = true)]
    without: Vec<String>,
    /// Answer as if one more guard stood on an edge: EDGE=GUARD, or EDGE:result=GUARD for what comes back; may be repeated
    #[arg(long, value_name = "EDGE=GUARD", help_heading = "What if", allow_hyphen_values = true)]
    with_guard: Vec<String>,
    /// Answer as if this guard did not hold, or all at which the same one decides: human-approval, by:model; may be repeated
    #[arg(long, value_name = "GUARD", help_heading = "What if", allow_hyphen_values = true)]
    fail: Vec<String>,
    /// Answer as if this node (or those of a selector) had no edge, in either direction; may be repeated
    #[arg(long, value_name = "NODE", help_heading = "What if", allow_hyphen_values = true)]
    isolate: Vec<String>,
}

impl WhatIfArgs {
    /// The spec with the changes made, all of which are looked up in the spec as it stands.
    pub(super) fn apply(&self, spec: Spec) -> Result<Spec, CliError> {
        let changes = self.changes(&spec)?;
        Ok(if changes.is_empty() { spec } else { spec.what_if(&changes) })
    }

    /// As [`Self::apply`], to the head of a comparison: an error says in which side was looked.
    pub(super) fn apply_to_head(&self, head: Spec, name: &str) -> Result<Spec, CliError> {
        let in_head = |problem: Error| match problem {
            Error::WhatIf(WhatIfError { message, help }) => {
                let help = format!("{help} (in the head, `{}`)", visible(name));
                Error::WhatIf(WhatIfError { message, help })
            }
            other => other,
        };
        let changes = self.changes(&head).map_err(in_head)?;
        Ok(if changes.is_empty() { head } else { head.what_if(&changes) })
    }

    /// The changes that the flags name.
    fn changes(&self, spec: &Spec) -> Result<Vec<WhatIf>, Error> {
        let mut changes = Vec::new();
        for word in &self.without {
            changes.push(WhatIf::without(spec, word)?);
        }
        for word in &self.with_guard {
            changes.push(WhatIf::with_guard(spec, word)?);
        }
        for word in &self.fail {
            changes.extend(WhatIf::fail(spec, word)?);
        }
        changes.extend(select(spec, &self.isolate)?.into_iter().map(WhatIf::Isolate));
        Ok(changes)
    }

    /// The same flags again.
    pub(super) fn again(&self, again: CommandLine) -> CommandLine {
        let again = again.option("--without", &self.without);
        again
            .option("--with-guard", &self.with_guard)
            .option("--fail", &self.fail)
            .option("--isolate", &self.isolate)
    }
}

/// Says on the standard error what a format has no place for: cells or findings alone.
pub(super) fn note(spec: &Spec, global: &GlobalArgs) {
    if let Some(line) = report::what_if_line(spec) {
        global.note(&line);
    }
}

/// The same for a comparison.
pub(super) fn note_sides(review: &Review, global: &GlobalArgs) {
    for line in report::review::what_if(review) {
        global.note(&line);
    }
}
