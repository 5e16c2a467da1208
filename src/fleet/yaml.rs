//! A fleet → YAML, file by file, written as it goes: a fleet of a million nodes is never held as text.

use std::io::{self, Write};

use super::draft::{Edge, GUARDS, GuardSet, Node, ZONES};
use super::order::Fleet;
use crate::model::{NodeKind, Verb};

/// How many targets stand on one line.
const SHORT: usize = 6;

impl Fleet {
    /// Writes the whole fleet as one text; for a fleet in one file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        (0..self.file_count()).try_for_each(|file| self.write_file(file, out))
    }

    /// Writes one of its files. Zones and guards stand in the first.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write_file(&self, file: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "version: 1")?;
        if file == 0 {
            self.write_settings(out)?;
        }
        let nodes = self.nodes_of(file);
        let first = self.edges.partition_point(|edge| (edge.from as usize) < nodes.start);
        let mut edges = &self.edges[first..];
        let mut section: Option<NodeKind> = None;
        for position in nodes {
            let node = &self.nodes[position];
            if section != Some(node.kind) {
                section = Some(node.kind);
                writeln!(out, "{}:", node.kind.section())?;
            }
            let count = edges.iter().take_while(|edge| edge.from as usize == position).count();
            let (own, rest) = edges.split_at(count);
            edges = rest;
            self.write_node(node, own, out)?;
        }
        Ok(())
    }

    fn write_settings(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "name: {}", self.name())?;
        if self.plan.mixed {
            writeln!(out, "zones:")?;
            ZONES.iter().try_for_each(|zone| writeln!(out, "  {zone}:"))?;
            writeln!(out, "guards:\n  {}: {{stops: influence}}", GUARDS[GUARDS.len() - 1])?;
        }
        Ok(())
    }

    fn write_node(&self, node: &Node, edges: &[Edge], out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "  {}:", node.name)?;
        if let Some(kind) = node.declared_kind {
            writeln!(out, "    kind: {kind}")?;
        }
        if let Some(zone) = node.zone {
            writeln!(out, "    zone: {}", ZONES[usize::from(zone)])?;
        }
        if node.per_call {
            writeln!(out, "    isolation: per-call")?;
        }
        if node.forgets {
            writeln!(out, "    persists: false")?;
        }
        if node.general {
            writeln!(out, "    general: true")?;
        }
        if !node.opens.is_empty() {
            let opens = node.opens.iter().copied();
            self.write_names("opens", opens, out)?;
        }
        for verb in Verb::ALL {
            let first = edges.partition_point(|edge| edge.verb < *verb);
            let last = edges.partition_point(|edge| edge.verb <= *verb);
            self.write_verb(*verb, &edges[first..last], out)?;
        }
        Ok(())
    }

    fn write_verb(&self, verb: Verb, edges: &[Edge], out: &mut dyn Write) -> io::Result<()> {
        if edges.is_empty() {
            return Ok(());
        }
        if edges.len() <= SHORT && edges.iter().all(|edge| self.is_plain(edge)) {
            return self.write_names(verb.as_str(), edges.iter().map(|edge| edge.to), out);
        }
        writeln!(out, "    {verb}:")?;
        edges.iter().try_for_each(|edge| self.write_target(edge, out))
    }

    fn write_names(
        &self,
        key: &str,
        nodes: impl Iterator<Item = u32>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        write!(out, "    {key}: [")?;
        for (at, node) in nodes.enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(out, "{comma}{}", self.nodes[node as usize].name)?;
        }
        writeln!(out, "]")
    }

    /// Whether the target's name says everything.
    fn is_plain(&self, edge: &Edge) -> bool {
        edge.guards.is_empty() && !self.is_silent(edge) && edge.returns.is_none_or(GuardSet::is_empty)
    }

    /// Whether an answer could come back and does not.
    fn is_silent(&self, edge: &Edge) -> bool {
        edge.verb == Verb::Invoke && edge.returns.is_none() && self.nodes[edge.to as usize].answers()
    }

    fn write_target(&self, edge: &Edge, out: &mut dyn Write) -> io::Result<()> {
        let target = self.nodes[edge.to as usize].name;
        if self.is_plain(edge) {
            return writeln!(out, "      - {target}");
        }
        write!(out, "      - {{target: {target}")?;
        if !edge.guards.is_empty() {
            write!(out, ", guards: {}", names(edge.guards))?;
        }
        if self.is_silent(edge) {
            write!(out, ", returns: false")?;
        }
        if let Some(guards) = edge.returns.filter(|guards| !guards.is_empty()) {
            write!(out, ", returns: {{guards: {}}}", names(guards))?;
        }
        writeln!(out, "}}")
    }
}

fn names(guards: GuardSet) -> String {
    let names: Vec<&str> = guards.members().map(|guard| GUARDS[guard]).collect();
    format!("[{}]", names.join(", "))
}
