//! `crabwalk matrix --bless`: write the matrix, a row or a column of it into the spec as what is expected from now on.

use std::path::PathBuf;

use clap::Args;

use super::error::CliError;
use super::global::GlobalArgs;
use super::load::graph;
use super::memory_limit;
use super::rewrite;
use super::rewrite::Change;
use super::what_if::WhatIfArgs;
use crate::analysis::{LinesOf, MatrixLine, Selection, lines};
use crate::findings::breach;
use crate::graph::CapabilityGraph;
use crate::language::{NewExpectation, has_rules, write_expectation};
use crate::model::{Contract, Entry, Expect, Expected, Line, NodeId, Part, SourceFile, Spec, Term, Way};
use crate::report;
use crate::report::visible;

/// How many cells a block may have: what nobody can read, nobody can agree to.
const MOST: usize = 100_000;

/// Why a new rule says that it must hold, where nobody says it.
const WHY: &str = "this is what was looked at and agreed; whatever changes it is looked at first";

#[derive(Debug, Args)]
pub(super) struct BlessArgs {
    /// Write the matrix into the spec as what is expected: a rule that is there is refreshed, and no other byte changes
    #[arg(long, conflicts_with_all = [
        "view", "order", "from", "to", "zone", "kind", "ascii", "sizes_only", "shard", "format", "output", "without",
        "with_guard", "isolate",
    ])]
    pub(super) bless: bool,
    /// With --bless: what the holder of this node gets, instead of the whole matrix
    #[arg(long, value_name = "NODE", requires = "bless", allow_hyphen_values = true)]
    row: Option<String>,
    /// With --bless: who gets at this node
    #[arg(long, value_name = "NODE", requires = "bless", conflicts_with = "row", allow_hyphen_values = true)]
    column: Option<String>,
    /// With --bless: why it must stay so, for a rule that is not there yet
    #[arg(long, value_name = "TEXT", requires = "bless", allow_hyphen_values = true)]
    why: Option<String>,
}

pub(super) fn run(args: &BlessArgs, inputs: &[PathBuf], global: &GlobalArgs) -> Result<(), CliError> {
    let part = args.part();
    let why = args.why()?;
    let notes = rewrite::apply(inputs, global, || blessed(&part, &why, inputs, global))?;
    for note in notes {
        global.note(&note);
    }
    Ok(())
}

/// What has to change for the spec to expect what is there, and what is to be said of it.
fn blessed(
    part: &Part,
    why: &str,
    inputs: &[PathBuf],
    global: &GlobalArgs,
) -> Result<(Vec<Change>, Vec<String>), CliError> {
    let graph = graph(inputs, &WhatIfArgs::default(), global)?;
    memory_limit::require(global, report::memory_bounds::search(&graph), "this expectation", None)?;
    let spec = graph.spec();
    let of = lines_of(spec, part)?;
    let is_present = |at: &usize| expects(&spec.rules[*at], part).is_some();
    let present: Vec<usize> = (0..spec.rules.len()).filter(is_present).collect();
    let mut edit = Edit { graph: &graph, of, files: spec.files.clone() };
    if present.is_empty() {
        edit.add(part.clone(), why.to_owned())?;
    }
    for at in &present {
        edit.refresh(*at)?;
    }
    edit.changes(part, inputs)
}

impl BlessArgs {
    /// The part of the matrix that is meant.
    fn part(&self) -> Part {
        match (&self.row, &self.column) {
            (Some(row), _) => Part::Row(row.clone()),
            (_, Some(column)) => Part::Column(column.clone()),
            _ => Part::Whole,
        }
    }

    fn why(&self) -> Result<String, CliError> {
        let why = self.why.as_deref().map_or(WHY, str::trim);
        if why.is_empty() || why.chars().any(char::is_control) {
            let help =
                "say it in one line, for whoever changes the matrix one day: --why \"agreed before launch\"";
            return Err(CliError::usage("`--why` is not a line of text".to_owned(), help));
        }
        Ok(why.to_owned())
    }
}

/// What a contract expects of this part of the matrix, if that is what it speaks of.
fn expects<'a>(contract: &'a Contract, part: &Part) -> Option<&'a Expect> {
    match &contract.term {
        Term::Expect(expect) if expect.part == *part => Some(expect),
        _ => None,
    }
}

/// The lines of a part. A node that is not there is a mistake.
fn lines_of(spec: &Spec, part: &Part) -> Result<LinesOf, CliError> {
    let node = |name: &String| {
        let found = Selection::Name(name.clone()).nodes(spec)?;
        found
            .first()
            .copied()
            .ok_or_else(|| CliError::usage(format!("there is no node `{name}`"), "name a node"))
    };
    Ok(match part {
        Part::Whole => LinesOf::All,
        Part::Row(name) => LinesOf::Row(node(name)?),
        Part::Column(name) => LinesOf::Column(node(name)?),
    })
}

/// What is there, as an expectation.
fn found(graph: &CapabilityGraph, of: LinesOf, part: Part, ways: &[Way]) -> Result<Expect, CliError> {
    let all: Vec<MatrixLine> = lines(graph, of, ways, Clone::clone);
    let cells: usize = all.iter().flat_map(|line| &line.cells).map(Vec::len).sum();
    if cells > MOST {
        let message =
            format!("the block would have {cells} cells, and more than {MOST} cannot be looked through");
        return Err(CliError::usage(message, "bless a row or a column of it: --row NODE, --column NODE"));
    }
    let expected = ways.iter().enumerate().map(|(at, way)| {
        let lines = all.iter().map(|line| as_line(graph.spec(), line.of, &line.cells[at]));
        // Rows without anything need not be written.
        let lines = lines.filter(|line| part != Part::Whole || !line.entries.is_empty());
        Expected { way: *way, lines: lines.collect() }
    });
    Ok(Expect { cells: expected.collect(), part })
}

fn as_line(spec: &Spec, of: NodeId, cells: &[(NodeId, u32)]) -> Line {
    let name = |node: NodeId| spec.node_name(node).to_owned();
    let entries = cells.iter().map(|(node, guards)| Entry { word: name(*node), guards: *guards });
    Line { of: name(of), entries: entries.collect() }
}

/// The file that gets a new rule: one that has `rules`, else the one that declares the node, else the first.
fn home(spec: &Spec, of: LinesOf) -> usize {
    let declared = match of {
        LinesOf::All => None,
        LinesOf::Row(node) | LinesOf::Column(node) => Some(spec.node(node).place.file as usize),
    };
    spec.files.iter().position(|file| has_rules(file.text())).or(declared).unwrap_or(0)
}

/// Files of a spec on their way to other texts.
struct Edit<'g> {
    graph: &'g CapabilityGraph,
    of: LinesOf,
    files: Vec<SourceFile>,
}

impl Edit<'_> {
    /// A new rule, which asks everything.
    fn add(&mut self, part: Part, why: String) -> Result<(), CliError> {
        let new = NewExpectation { expect: found(self.graph, self.of, part, Way::ALL)?, why, rule: None };
        self.change(home(self.graph.spec(), self.of), &new)
    }

    /// A rule that is there, unless it says already what is there. It asks what it asked before.
    fn refresh(&mut self, at: usize) -> Result<(), CliError> {
        let spec = self.graph.spec();
        let contract = &spec.rules[at];
        let Term::Expect(expect) = &contract.term else { return Ok(()) };
        if breach(self.graph, contract).is_none() {
            return Ok(());
        }
        let ways: Vec<Way> = expect.cells.iter().map(|cells| cells.way).collect();
        let file = contract.place.file;
        let before = spec.rules[..at].iter().filter(|rule| rule.place.file == file).count();
        let new = NewExpectation {
            expect: found(self.graph, self.of, expect.part.clone(), &ways)?,
            why: contract.why.clone(),
            rule: Some(before),
        };
        self.change(file as usize, &new)
    }

    fn change(&mut self, position: usize, new: &NewExpectation) -> Result<(), CliError> {
        let file = &self.files[position];
        let text = write_expectation(file.name(), file.text(), new)?;
        self.files[position] = SourceFile::new(file.name(), text);
        Ok(())
    }

    /// What has changed, and what is to be said. All files are read together once more before: what is written must load.
    fn changes(self, part: &Part, inputs: &[PathBuf]) -> Result<(Vec<Change>, Vec<String>), CliError> {
        let after = Spec::from_files(self.files.clone())?;
        let pairs = || self.graph.spec().files.iter().zip(&self.files);
        let is_changed = pairs().any(|(file, new)| file.text() != new.text());
        // What came in by the standard input goes out by the standard output, changed or not.
        let changes = pairs()
            .filter(|(file, new)| file.text() != new.text() || rewrite::is_stdin(file, inputs))
            .map(|(file, new)| Change { file: file.clone(), text: new.text().to_owned() });
        let rules = after.rules.iter().filter(|rule| expects(rule, part).is_some());
        let notes = rules.map(|rule| {
            let (place, part) = (after.location(rule.place), named(part));
            match is_changed {
                true => format!("{part} is written to {place}"),
                false => format!("{part} at {place} is what is there: nothing to write"),
            }
        });
        Ok((changes.collect(), notes.collect()))
    }
}

/// The part of the matrix, for a note.
fn named(part: &Part) -> String {
    match part {
        Part::Whole => "the matrix".to_owned(),
        Part::Row(node) => format!("row `{}`", visible(node)),
        Part::Column(node) => format!("column `{}`", visible(node)),
    }
}
