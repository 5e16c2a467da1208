//! What the commands that draw have in common: themes, and drawings as DOT or SVG.

use clap::ValueEnum;

use super::error::CliError;
use super::output::OutputArgs;
use crate::report::{self, Theme};

/// For which background to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ThemeArg {
    /// For a white page
    Light,
    /// For a dark one
    Dark,
}

impl From<ThemeArg> for Theme {
    fn from(theme: ThemeArg) -> Self {
        match theme {
            ThemeArg::Light => Self::Light,
            ThemeArg::Dark => Self::Dark,
        }
    }
}

/// Has Graphviz render a drawing and writes the picture.
pub(super) fn write_svg(dot: &str, output: &OutputArgs) -> Result<(), CliError> {
    let picture = report::svg(dot)?;
    output.stream(|out| out.write_all(&picture))
}
