//! What tells contracts apart, and what they say under other names of nodes.

use crate::model::contract::{Contract, Expect, Flow, Part, Term, Within, Words};
use crate::model::fingerprint::subject;
use crate::model::vocabulary::{NodeKind, Way};

impl Contract {
    /// What tells it from the other contracts of its kind, whatever the order of the file: its name, or what it says.
    #[must_use]
    pub fn identity(&self) -> String {
        match &self.name {
            Some(name) => subject(&[self.term.key(), "name", name]),
            None => subject(&[self.term.key(), "says", &self.term.canonical()]),
        }
    }
}

impl Contract {
    /// The same contract with other names of nodes.
    #[must_use]
    pub fn renamed(&self, name: &impl Fn(&str) -> String) -> Self {
        let mut renamed = self.clone();
        let words = |words: &mut Words| words.iter_mut().for_each(|word| *word = name(word));
        match &mut renamed.term {
            Term::Deny(deny) => [&mut deny.from, &mut deny.to].into_iter().for_each(words),
            Term::OnlyThrough(only) => {
                [&mut only.from, &mut only.to, &mut only.through].into_iter().for_each(words);
            }
            Term::Independent(apart) => apart.groups.iter_mut().for_each(words),
            Term::Layers(layers) => layers.order.iter_mut().for_each(words),
            Term::Limit(limit) => words(&mut limit.of),
            Term::Expect(expect) => rename_cells(expect, name),
        }
        renamed
    }
}

fn rename_cells(expect: &mut Expect, name: &impl Fn(&str) -> String) {
    if let Part::Row(node) | Part::Column(node) = &mut expect.part {
        *node = name(node);
    }
    for line in expect.cells.iter_mut().flat_map(|cells| &mut cells.lines) {
        line.of = name(&line.of);
        line.entries.iter_mut().for_each(|entry| entry.word = name(&entry.word));
    }
}

impl Term {
    /// What it says, so that two that say the same in another order read alike.
    fn canonical(&self) -> String {
        let ends = |from: &Words, to: &Words| format!("{}>{}", group(from), group(to));
        match self {
            Self::Deny(deny) => format!("{}|{}", ends(&deny.from, &deny.to), ways(&deny.by, deny.within)),
            Self::OnlyThrough(only) => {
                let (ends, passes) = (ends(&only.from, &only.to), group(&only.through));
                format!("{ends}|{passes}|{}|{}", group(&only.guards), ways(&only.by, only.within))
            }
            Self::Independent(apart) => {
                let mut groups: Vec<String> = apart.groups.iter().map(group).collect();
                groups.sort_unstable();
                format!("{}|{}", groups.join("/"), ways(&apart.by, apart.within))
            }
            Self::Layers(layers) => {
                let order: Vec<String> = layers.order.iter().map(group).collect();
                let flow = if layers.flow == Flow::Up { "up" } else { "down" };
                format!("{}|{flow}|{}|{}", order.join("/"), layers.plane, within(layers.within))
            }
            Self::Expect(expect) => {
                let questions: Vec<&str> =
                    expect.cells.iter().map(|expected| expected.way.as_str()).collect();
                match &expect.part {
                    Part::Whole => questions.join(","),
                    Part::Row(node) => format!("row {node:?}|{}", questions.join(",")),
                    Part::Column(node) => format!("column {node:?}|{}", questions.join(",")),
                }
            }
            Self::Limit(limit) => {
                let kind = limit.kind.map_or("node", NodeKind::as_str);
                format!("{}|{kind}|{}", group(&limit.of), ways(&limit.by, limit.within))
            }
        }
    }
}

/// A group without its order. Names are quoted, so that none can look like two.
fn group(words: &Words) -> String {
    let mut words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
    words.sort_unstable();
    words.dedup();
    words.join(",")
}

fn ways(ways: &[Way], limit: Within) -> String {
    let words: Vec<&str> = ways.iter().map(|way| way.as_str()).collect();
    format!("{}|{}", words.join(","), within(limit))
}

fn within(limit: Within) -> String {
    match limit {
        Within::Guards(guards) => guards.to_string(),
        Within::Any => "any".to_owned(),
    }
}
