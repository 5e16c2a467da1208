//! A picture as data: boxes, nodes and lines, what each is, and what is written at it. What that looks like is for the writers to
//! say: nothing here is escaped, and a colour is a meaning and not a value.

use crate::model::{NodeId, NodeKind, Spec, Verb};

use super::looks::Ink;
use super::node_words;

/// What a picture is built for. The two differ in what there is room for: DOT has a header with a legend, ranks and tooltips;
/// Mermaid has one line of title, and says in words what elsewhere a legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Dot,
    Mermaid,
}

/// A picture.
#[derive(Debug, Default)]
pub(super) struct Picture {
    /// The heading; may be empty.
    pub(super) title: String,
    /// Sentences under it.
    pub(super) subtitles: Vec<String>,
    /// That the spec is not drawn as it stands, a sentence for each spec that is not.
    pub(super) what_if: Vec<String>,
    /// What signs, colours and lines mean. Mermaid has no place for it.
    pub(super) legend: Vec<Legend>,
    /// Small print: what is not drawn, and the like.
    pub(super) notes: Vec<String>,
    pub(super) direction: Direction,
    pub(super) labels: Labels,
    /// Whether zones stand on top of one another, each above the next.
    pub(super) is_stacked: bool,
    /// What stands on one height, from the top; empty where lines alone decide.
    pub(super) ranks: Vec<Rank>,
    pub(super) groups: Vec<Group>,
    pub(super) lines: Vec<Line>,
}

impl Picture {
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.groups.iter().flat_map(|group| &group.nodes)
    }
}

/// Where the first node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Direction {
    /// On top.
    #[default]
    Down,
    /// On the left.
    Across,
}

/// How lines say what flows over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Labels {
    /// By letters, line styles and arrowheads: there may be many lines.
    #[default]
    Letters,
    /// In words.
    Words,
    /// In words beside every line of a net, which needs more room between the nodes than a chain.
    WordsApart,
}

/// An entry of the legend.
#[derive(Debug)]
pub(super) struct Legend {
    /// A sign in a colour, where the words need one.
    pub(super) sign: Option<(Ink, String)>,
    pub(super) meaning: String,
}

impl Legend {
    /// A sign in a colour, and what it means.
    pub(super) fn sign(ink: Ink, sign: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self { sign: Some((ink, sign.into())), meaning: meaning.into() }
    }

    /// Words that need no sign.
    pub(super) fn words(meaning: impl Into<String>) -> Self {
        Self { sign: None, meaning: meaning.into() }
    }

    /// The entries for what occurs in a picture.
    pub(super) fn occurring(entries: impl IntoIterator<Item = (bool, Self)>) -> Vec<Self> {
        entries.into_iter().filter(|(occurs, _)| *occurs).map(|(_, entry)| entry).collect()
    }
}

/// Nodes on one height, with a caption beside them.
#[derive(Debug)]
pub(super) struct Rank {
    pub(super) caption: String,
    /// The ids of the nodes.
    pub(super) nodes: Vec<usize>,
}

/// Nodes in one box, or in none.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) zone: Option<Zone>,
    pub(super) nodes: Vec<Node>,
}

/// The box of a zone.
#[derive(Debug)]
pub(super) struct Zone {
    pub(super) id: usize,
    pub(super) name: String,
    /// What it is, for who points at it.
    pub(super) hint: String,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: usize,
    pub(super) name: String,
    /// Small words under the name.
    pub(super) words: Vec<String>,
    /// What it is, for who points at it.
    pub(super) hint: String,
    pub(super) kind: NodeKind,
    /// Of a store: whether it outlives its session.
    pub(super) persists: bool,
    pub(super) is_critical: bool,
    pub(super) role: Role,
    /// Whether every path passes it.
    pub(super) is_choke: bool,
    /// Whether a path that a change opens leads to it.
    pub(super) is_opened: bool,
}

impl Node {
    pub(super) fn new(spec: &Spec, id: NodeId, role: Role, words: Vec<String>) -> Self {
        let node = spec.node(id);
        Self {
            id: id.index(),
            name: spec.node_name(id).to_owned(),
            words,
            hint: node_words::description(spec, id),
            kind: node.kind,
            persists: node.persists,
            is_critical: node.critical,
            role,
            is_choke: false,
            is_opened: false,
        }
    }
}

/// What a node is in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// One of a topology.
    Plain,
    /// One of a topology, with strangers in control of what it says.
    Untrusted,
    /// The compromised start.
    Start,
    /// Tainted after so many hops, from 1.
    Hop(usize),
    /// Tainted if guards fail.
    Guarded,
    /// An attacker holds it.
    Held,
    /// To be kept from the attacker.
    Kept,
    /// Between what is held and what is to be kept.
    Between,
    /// A change adds it.
    New,
    /// A change takes it away.
    Gone,
    /// A change declares it otherwise.
    Changed,
    /// It is part of a path that a change opens.
    Gaining,
    /// It is as before.
    Unchanged,
}

#[derive(Debug)]
pub(super) struct Line {
    /// The id of the node that content comes from.
    pub(super) from: usize,
    /// The id of the node that it goes to.
    pub(super) to: usize,
    pub(super) role: LineRole,
    pub(super) stroke: Stroke,
    /// What is done to it, before the words; may be empty.
    pub(super) sign: &'static str,
    /// Line by line what flows; nothing where the line itself says it.
    pub(super) label: Vec<LabelLine>,
    /// The sentences of its edges, for who points at it.
    pub(super) hint: String,
    /// The arrowhead; nothing for a plain one.
    pub(super) head: Option<Arrow>,
    /// What is at the other end.
    pub(super) tail: Option<Arrow>,
    pub(super) pull: Pull,
}

/// How a line arranges its two ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pull {
    /// How strongly it pulls them together.
    pub(super) weight: u32,
    /// Whether it says which is above the other.
    pub(super) ranks: bool,
    /// Whether it leads against the direction of the ranks.
    pub(super) is_upwards: bool,
}

impl Default for Pull {
    fn default() -> Self {
        Self { weight: 1, ranks: true, is_upwards: false }
    }
}

/// A line of a label.
#[derive(Debug, Default)]
pub(super) struct LabelLine {
    /// Words as large as a label is; may be empty.
    pub(super) words: String,
    /// Small ones behind them, name by name.
    pub(super) small: Vec<String>,
}

impl LabelLine {
    pub(super) fn new(words: impl Into<String>, small: Vec<String>) -> Self {
        Self { words: words.into(), small }
    }

    pub(super) fn small(words: impl Into<String>) -> Self {
        Self { words: String::new(), small: vec![words.into()] }
    }
}

/// What a line is in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineRole {
    /// A declared edge of a topology, with the verb that says most about who is in command.
    Verb(Verb),
    /// A derived edge of a topology.
    Derived,
    /// On a best path.
    Best,
    /// On a best path, once a guard has failed.
    Behind,
    /// There to complete the picture.
    Other,
    /// As before, on a path that a change opens; or left by a cut.
    Unchanged,
    /// A change brings it, and opens a path over it.
    Opening,
    /// A change brings it, and opens no path over it.
    Aside,
    /// A change takes it away.
    Removed,
    /// The cut that is shown first takes it away.
    Cut,
    /// The other cut takes it away.
    OtherCut,
    /// Every path passes it.
    Choke,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    Solid,
    Dashed,
    Dotted,
}

/// An end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) tip: Tip,
    /// How many guards stand before it.
    pub(super) guards: usize,
}

/// What an end of a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tip {
    /// Content is written or read.
    Content,
    /// Somebody is invoked, or answers.
    Command,
    /// Somebody may use something, and no content moves.
    Authority,
    /// Somebody is observed.
    Observation,
    /// A result comes back.
    Result,
}
