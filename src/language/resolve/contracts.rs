//! The contracts of all files → one list, after everything that they name has been found. A contract that speaks of nothing is
//! a mistake: it would hold whatever the topology does.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::names::check_name;
use super::prefix::prefix_of;
use super::scope::Scope;
use super::selector::{Selectors, Use, takes_nothing};
use crate::language::code::Code;
use crate::language::contracts::{ContractDeclaration, Lookup};
use crate::language::declaration::Document;
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{Contract, NodeId, Place, Plane, UNTRUSTED, Way, quoted};

/// The contracts of all files, in the order of the files.
pub(super) fn gather<'a>(documents: &mut [Document<'a>]) -> Vec<ContractDeclaration<'a>> {
    documents.iter_mut().flat_map(|document| std::mem::take(&mut document.rules)).collect()
}

/// Looks up what they name.
pub(super) fn resolve<'a>(
    declared: Vec<ContractDeclaration<'a>>,
    scope: &Scope<'a>,
    sink: &mut Sink,
) -> Vec<Contract> {
    let mut names = Names { scope, selectors: Selectors::default(), sink };
    for declaration in &declared {
        declaration.lookups.iter().for_each(|lookup| names.look_up(lookup));
    }
    once(&declared, sink);
    declared.into_iter().map(|declaration| declaration.contract).collect()
}

/// Each contract stands there once.
fn once(declared: &[ContractDeclaration<'_>], sink: &mut Sink) {
    let mut first: HashMap<String, Place> = HashMap::with_capacity(declared.len());
    let mut names: HashMap<&str, Place> = HashMap::new();
    for ContractDeclaration { contract, name, .. } in declared {
        if let (Some(name), Some(place)) = (&contract.name, *name) {
            check_name("rule", &Text { text: name, place }, sink);
            match names.entry(name) {
                Entry::Occupied(earlier) => sink.push(named_twice(name, place, *earlier.get())),
                Entry::Vacant(free) => {
                    free.insert(place);
                }
            }
            continue;
        }
        match first.entry(contract.identity()) {
            Entry::Occupied(earlier) => sink.push(said_twice(contract.place, *earlier.get())),
            Entry::Vacant(free) => {
                free.insert(contract.place);
            }
        }
    }
}

fn named_twice(name: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(Code::RuleTwice, format!("two rules are called `{}`", quoted(name)))
        .at(place, "again")
        .at(first, "the first one")
        .help("findings are told apart by the names of rules: rename one of them")
}

fn said_twice(place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(Code::RuleTwice, "the same rule stands twice")
        .at(place, "again")
        .at(first, "the first one")
        .help("keep one of them, or give each a `name` if both are meant")
}

/// Names and what they take.
struct Names<'s, 'a> {
    scope: &'s Scope<'a>,
    selectors: Selectors<'a>,
    sink: &'s mut Sink,
}

impl<'a> Names<'_, 'a> {
    fn look_up(&mut self, lookup: &Lookup<'a>) {
        match lookup {
            Lookup::Nodes(words) => words.iter().for_each(|word| {
                if self.taken(word).is_some_and(|nodes| nodes.is_empty()) {
                    takes_nothing(Use::Ruled, word, self.scope, self.sink);
                }
            }),
            Lookup::Node(word) => self.node(word),
            Lookup::Guard(name, ways) => self.guard(name, ways),
            Lookup::Pair(place, from, to) => self.pair(*place, from, to),
            Lookup::Apart(groups) => self.apart(groups),
            Lookup::Zones(place) if self.scope.zone_count() < 2 && !self.sink.names_missing => {
                self.sink.push(
                    Diagnostic::new(
                        Code::IncompleteRule,
                        "`layers` has no `order`, and the spec has fewer than two zones",
                    )
                    .at(*place, "no layers")
                    .help("name the layers, the lowest first: `order: [a, [b, c]]`"),
                )
            }
            Lookup::Zones(_) => {}
            Lookup::Line(of, words) => self.line(of, words),
        }
    }

    /// The nodes that a word takes. A mistake in it is reported, and takes nothing.
    fn taken(&mut self, word: &Text<'a>) -> Option<Vec<NodeId>> {
        if prefix_of(word.text).is_some() {
            let found = self.selectors.candidates(Use::Ruled, word, self.scope, self.sink)?;
            return Some(found.to_vec());
        }
        if word.text == UNTRUSTED && self.scope.declared(UNTRUSTED).is_none() {
            let strangers = self.scope.with_ids().filter(|(_, node)| node.is_stranger());
            let taken: Vec<NodeId> = strangers.map(|(id, _)| id).collect();
            // To find them all nodes were looked at.
            let looked_at = self.scope.nodes.len();
            return self.selectors.count(looked_at, word, self.scope, self.sink).then_some(taken);
        }
        self.scope.find(word, |_| true, self.sink).map(|id| vec![id])
    }

    /// All that some words take, as far as they are right.
    fn all(&mut self, words: &[Text<'a>]) -> Vec<NodeId> {
        // What is wrong with a word is reported once, whoever asks for it again: equal reports are one.
        let mut nodes: Vec<NodeId> = words.iter().filter_map(|word| self.taken(word)).flatten().collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    /// The name of a node, which no selector can stand for.
    fn node(&mut self, word: &Text<'a>) {
        if prefix_of(word.text).is_none() {
            self.scope.find(word, |_| true, self.sink);
            return;
        }
        self.sink.push(
            Diagnostic::new(
                Code::UnknownTarget,
                format!("`{}` is a selector and no node", quoted(word.text)),
            )
            .at(word.place, "one node is named here")
            .help("a row or a column belongs to one node: write a rule for each"),
        );
    }

    /// A guard that stops what has to pass it.
    fn guard(&mut self, name: &Text<'a>, ways: &[Way]) {
        let Some(guard) = self.scope.guard_of_rule(name, self.sink) else { return };
        let plane = |way: &Way| way.verb().map_or(way.plane(), crate::model::Verb::plane);
        let stops = |plane: Plane| guard.stops(plane);
        let Some(passed) = ways.iter().map(plane).find(|plane| !stops(*plane)) else { return };
        self.sink.push(
            Diagnostic::new(
                Code::GuardWithoutEffect,
                format!("`{}` does not stop {passed}", quoted(name.text)),
            )
            .at(name.place, "holds nothing back")
            .help(format!("name a guard that stops {passed}, or say another `by`")),
        );
    }

    fn pair(&mut self, place: Place, from: &[Text<'a>], to: &[Text<'a>]) {
        let (from, to) = (self.all(from), self.all(to));
        if let ([one], [other]) = (from.as_slice(), to.as_slice())
            && one == other
        {
            let name = quoted(self.scope.node(*one).name.text);
            self.sink.push(
                Diagnostic::new(Code::RuleWithoutNodes, format!("`from` and `to` are both `{name}` alone"))
                    .at(place, "no pair of nodes")
                    .help("a rule speaks of pairs of different nodes: name another node on one side"),
            );
        }
    }

    fn apart(&mut self, groups: &[Vec<Text<'a>>]) {
        let mut first: HashMap<NodeId, (usize, Place)> = HashMap::new();
        for (position, group) in groups.iter().enumerate() {
            let mut reported = false;
            for word in group {
                for node in self.taken(word).unwrap_or_default() {
                    let (earlier, place) = *first.entry(node).or_insert((position, word.place));
                    if earlier != position && !reported {
                        reported = true;
                        let name = quoted(self.scope.node(node).name.text);
                        self.sink.push(in_two_groups(&name, word.place, place));
                    }
                }
            }
        }
    }

    /// Cells of a line. A selector takes what is neither named in the line nor taken before, and never the line's own node.
    fn line(&mut self, of: &Text<'a>, words: &[Text<'a>]) {
        let own = self.scope.id(of.text);
        let mut seen: HashMap<NodeId, Place> = own.iter().map(|id| (*id, of.place)).collect();
        for word in words.iter().filter(|word| is_name(word, self.scope)) {
            let Some(id) = self.scope.find(word, |_| true, self.sink) else { continue };
            match seen.insert(id, word.place) {
                Some(_) if Some(id) == own => self.sink.push(itself(word)),
                Some(first) => self.sink.push(expected_twice(word, first)),
                None => {}
            }
        }
        for word in words.iter().filter(|word| !is_name(word, self.scope)) {
            let Some(nodes) = self.taken(word) else { continue };
            let mut taken = false;
            for node in nodes {
                taken |= seen.insert(node, word.place).is_none();
            }
            if !taken {
                takes_nothing(Use::Ruled, word, self.scope, self.sink);
            }
        }
    }
}

/// Whether a word is a name and no selector.
fn is_name(word: &Text<'_>, scope: &Scope<'_>) -> bool {
    let untrusted = word.text == UNTRUSTED && scope.declared(UNTRUSTED).is_none();
    prefix_of(word.text).is_none() && !untrusted
}

fn in_two_groups(name: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(Code::InTwoGroups, format!("`{name}` is in two groups of one rule"))
        .at(place, "taken again")
        .at(first, "taken here first")
        .help("what is in two groups cannot be kept apart from itself: take it out of one")
}

fn expected_twice(word: &Text<'_>, first: Place) -> Diagnostic {
    Diagnostic::new(Code::ExpectedTwice, format!("`{}` is expected twice in one line", quoted(word.text)))
        .at(word.place, "again")
        .at(first, "the first one")
        .help("a cell has one number of guards: keep one of the two")
}

fn itself(word: &Text<'_>) -> Diagnostic {
    Diagnostic::new(Code::ExpectedTwice, format!("`{}` is expected in its own line", quoted(word.text)))
        .at(word.place, "the node itself")
        .help("the diagonal of the matrix is empty: remove it")
}
