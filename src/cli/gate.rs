//! When a command fails for what it found: the level that `--fail-on` says, and the day by which acceptances expire.

use clap::ValueEnum;
use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};

use crate::findings::Gate;
use crate::model::Level;

/// The mildest level at which a gate fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// What fails the run.
    pub(super) fn gate(self) -> Gate {
        Gate(match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        })
    }
}

/// The day in Greenwich: the same for everybody who reviews at this moment.
pub(super) fn today() -> Date {
    Offset::UTC.to_datetime(Timestamp::now()).date()
}
