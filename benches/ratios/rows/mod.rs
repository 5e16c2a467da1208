//! The rows of the table: each makes its workload, runs us and the peers in turn, and says what came out.

pub(crate) mod authority;
pub(crate) mod blast;
pub(crate) mod closure;
pub(crate) mod cold;
pub(crate) mod costs;
pub(crate) mod diff;
pub(crate) mod harden;
pub(crate) mod sizes;

use crate::page::Page;
use crate::race::Effort;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) effort: Effort,
    /// Sizes are divided by this.
    pub(crate) smaller: u32,
}

impl Settings {
    pub(crate) const USUAL: Self = Self { effort: Effort::USUAL, smaller: 1 };
    pub(crate) const QUICK: Self = Self { effort: Effort::QUICK, smaller: 10 };

    /// A size of the table, or a tenth of it where it has to be quick.
    pub(crate) fn nodes(self, nodes: u32) -> u32 {
        nodes / self.smaller
    }
}

/// A row: its name on the command line, and what it does.
pub(crate) type Row = (&'static str, fn(Settings, &mut Page));

/// All rows, in the order of the table.
pub(crate) const ROWS: &[Row] = &[
    ("closure-dense", closure::dense),
    ("closure-layered", closure::layered),
    ("closures-four", closure::four),
    ("sizes-dense", sizes::dense),
    ("sizes-sparse", sizes::sparse),
    ("sizes-million", sizes::million),
    ("costs", costs::costs),
    ("blast", blast::blast),
    ("diff", diff::diff),
    ("harden", harden::harden),
    ("authority", authority::authority),
    ("yaml", cold::yaml),
    ("check", cold::check),
];

/// What a child process does for a row, by its first argument.
pub(crate) fn child(task: &str, arguments: &[String]) {
    match task {
        "closure" => closure::child(arguments),
        "closure-tred" => closure::child_tred(arguments),
        "sizes" => sizes::child(arguments),
        "costs" => costs::child(arguments),
        "yaml-peer" => cold::child_yaml(arguments),
        "program" => crate::memory::report_program(&arguments[0], &arguments[1..]),
        _ => panic!("no task is called {task}"),
    }
}
