//! Flags of every command: colour, how much is said, threads, memory.

use clap::{Args, ValueEnum};

use super::bytes::Bytes;
use crate::report;

/// Flags of every command.
#[derive(Debug, Args)]
pub(super) struct GlobalArgs {
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Global options")]
    pub(super) color: Color,
    /// Say nothing but the answer
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(super) quiet: bool,
    /// Say on the standard error what is read and derived
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = "Global options")]
    pub(super) verbose: bool,
    /// Use this many threads [default: one a core]; the answer is the same
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Global options")]
    pub(super) jobs: Option<u16>,
    /// Refuse what would take more memory: bytes, or a number with K, M, G or T [default: three quarters of what the machine or its cgroup has]
    #[arg(long, global = true, value_name = "SIZE", help_heading = "Global options")]
    pub(super) memory_limit: Option<Bytes>,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl GlobalArgs {
    /// Whether a stream gets colour.
    pub(super) fn colour(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
        }
    }

    /// A remark on the standard error, unless `--quiet`.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            let _ = std::io::Write::write_all(
                &mut std::io::stderr(),
                format!("{}\n", report::said(text)).as_bytes(),
            );
        }
    }
}
