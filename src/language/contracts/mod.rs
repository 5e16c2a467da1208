//! `rules`: trees → contracts, each value checked by itself, with what is to be looked up once all names are known.

mod entry;
mod expect;
mod parts;
mod shapes;
mod terms;

pub(super) use entry::{RULE, contracts};

use super::tree::Text;
use crate::model::{Contract, Place, Way};

/// A contract with what it names.
#[derive(Debug)]
pub(super) struct ContractDeclaration<'a> {
    /// The contract.
    pub contract: Contract,
    /// Where its name stands.
    pub name: Option<Place>,
    /// What is to be looked up.
    pub lookups: Vec<Lookup<'a>>,
}

/// What a contract names, and what has to be true of it.
#[derive(Debug)]
pub(super) enum Lookup<'a> {
    /// Each takes a node.
    Nodes(Vec<Text<'a>>),
    /// It is the name of a node.
    Node(Text<'a>),
    /// It is a guard, and stops what these ways go by.
    Guard(Text<'a>, Vec<Way>),
    /// There is a pair of different nodes between these groups. The place is that of the term.
    Pair(Place, Vec<Text<'a>>, Vec<Text<'a>>),
    /// No node is in two of these groups.
    Apart(Vec<Vec<Text<'a>>>),
    /// There are zones to be layers. The place is that of the term.
    Zones(Place),
    /// Cells of the line of a node: each is named once, and a selector takes what is left.
    Line(Text<'a>, Vec<Text<'a>>),
}
