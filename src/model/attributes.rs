//! The one table of what the body of a node may hold. From a row come: what the loader and a saved matrix take, the JSON Schema, the
//! reference page, the typed field of [`Node`] with its default, and how a comparison judges a change of it.
//!
//! A row is all that an attribute needs which is text. One that decides something has a field of [`Node`] besides.

use std::sync::LazyLock;

use super::node::{Declared, DeclaredValue, Node};
use super::source::Place;
use super::stranger::is_untrusted_by_default;
use super::vocabulary::{Isolation, NodeKind, Sensitivity, Verb, Vocabulary, words};

/// A key of a node's body.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// The key.
    pub key: &'static str,
    /// The kinds of node that have it.
    pub on: &'static [NodeKind],
    /// What stands under it.
    pub shape: Shape,
    /// What it is, in a sentence or more: for editors and for the reference page.
    pub doc: &'static str,
    /// Kinds on which it is something else.
    pub doc_of: &'static [(NodeKind, &'static str)],
    /// What the reference page says besides, in Markdown.
    pub more: &'static str,
    /// What holds where it is not declared, in words.
    pub default: Unsaid,
    /// How a comparison tells that it has changed.
    pub compared: Compared,
}

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// One text.
    Text,
    /// A list of texts, or one.
    Texts,
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Choice(&'static Vocabulary),
    /// The checks on a source.
    Controls,
    /// The declared kind.
    Kind,
    /// The name of a zone.
    Zone,
    /// The name that a node had before.
    FormerName,
    /// The targets of a verb.
    Verb(Verb),
    /// What a credential opens.
    Opens,
    /// The members of a session.
    Members,
}

/// What holds where an attribute is not declared, in words for readers. Words of the language stand in backticks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unsaid {
    /// Nothing.
    Nothing,
    /// This, whatever the kind.
    Always(&'static str),
    /// This, by kind; nothing on the others.
    By(&'static [(NodeKind, &'static str)]),
    /// The first on this kind, and the second on all others.
    Except(NodeKind, &'static str, &'static str),
}

/// How a comparison of two versions tells that an attribute has changed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Compared {
    /// It does not: the attribute is for readers, or told as a change of its own.
    Not,
    /// By code of its own, because it names other things: the kind, the zone, what is opened, members and verbs.
    Apart,
    /// As it is declared. If it protects, then having less of it declared lowers the node's protection.
    Declared {
        /// Whether it is a protection where it is declared.
        protects: bool,
    },
    /// By what it comes to, its default included.
    Typed(Field),
}

/// A field of [`Node`] that an attribute fills. Its value is the position of the attribute's word: `false` before `true`, or the order
/// of the vocabulary.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// What the node has.
    pub get: fn(&Node) -> usize,
    /// Gives it to the node.
    pub set: fn(&mut Node, usize),
    /// What a node has that does not declare it. The kind and whatever is declared are there already.
    pub default: fn(&Node) -> usize,
    /// The direction in which the node is less protected.
    pub weaker: Toward,
    /// The direction in which paths open, if it decides about any: the other one closes them.
    pub opens: Option<Toward>,
}

/// A direction among the words of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toward {
    /// To earlier words; to `false`.
    First,
    /// To later words; to `true`.
    Last,
}

const ALL: &[NodeKind] = NodeKind::ALL;
const ACTING: &[NodeKind] = &[NodeKind::Agent, NodeKind::Principal, NodeKind::Tool];

/// A field that is `true` or `false`.
macro_rules! flag {
    ($field:ident, weaker: $weaker:expr, opens: $opens:expr, default: $default:expr) => {
        Compared::Typed(Field {
            get: |node| usize::from(node.$field),
            set: |node, value| node.$field = value == 1,
            default: |node| usize::from($default(node)),
            weaker: $weaker,
            opens: $opens,
        })
    };
}

/// A field that holds a word of a vocabulary.
macro_rules! word {
    ($field:ident: $words:ident, weaker: $weaker:expr, opens: $opens:expr, default: $default:expr) => {
        Compared::Typed(Field {
            get: |node| node.$field as usize,
            set: |node, value| node.$field = $words::ALL.get(value).copied().unwrap_or(node.$field),
            default: |node| $default(node) as usize,
            weaker: $weaker,
            opens: $opens,
        })
    };
}

const fn never(_: &Node) -> bool {
    false
}

/// A row of which nothing more is said than that it can be declared.
const fn row(key: &'static str, on: &'static [NodeKind], shape: Shape, doc: &'static str) -> Attribute {
    let compared = match shape {
        Shape::Kind | Shape::Zone | Shape::Verb(_) | Shape::Opens | Shape::Members => Compared::Apart,
        _ => Compared::Declared { protects: false },
    };
    Attribute { key, on, shape, doc, doc_of: &[], more: "", default: Unsaid::Nothing, compared }
}

impl Attribute {
    const fn of(mut self, doc_of: &'static [(NodeKind, &'static str)]) -> Self {
        self.doc_of = doc_of;
        self
    }

    const fn more(mut self, more: &'static str) -> Self {
        self.more = more;
        self
    }

    const fn default(mut self, default: Unsaid) -> Self {
        self.default = default;
        self
    }

    const fn compared(mut self, compared: Compared) -> Self {
        self.compared = compared;
        self
    }

    /// The words among which a field counts, where it has any.
    pub(crate) fn words(&self) -> &'static [&'static str] {
        match self.shape {
            Shape::Boolean => &["false", "true"],
            Shape::Choice(vocabulary) => vocabulary.words,
            _ => &[],
        }
    }
}

/// Every key of every body, in the order of the documentation.
pub(crate) static ATTRIBUTES: &[Attribute] = &[
    row(
        "kind",
        &[NodeKind::Principal, NodeKind::Store, NodeKind::Source, NodeKind::Credential],
        Shape::Kind,
        "What it is.",
    )
    .of(&[(NodeKind::Principal, "What it is. Needed to invoke it."), (NodeKind::Source, "How it arrives.")])
    .more("see [nodes](#nodes)")
    .default(Unsaid::By(&[(NodeKind::Store, "`memory`")])),
    row("description", ALL, Shape::Text, "What it is, in a sentence.").compared(Compared::Not),
    row("owner", ALL, Shape::Text, "Who answers for it.").compared(Compared::Not),
    row("tags", ALL, Shape::Texts, "Free words to select nodes by: `tag:` and a word.")
        .compared(Compared::Not),
    row("zone", ALL, Shape::Zone, "Its trust zone, one of zones. A node without one is not ranked."),
    row(
        "critical",
        ALL,
        Shape::Boolean,
        "Whether its compromise is what nobody wants. Reports put it first.",
    )
    .default(Unsaid::Always("`false`"))
    .compared(flag!(critical, weaker: Toward::First, opens: None, default: never)),
    row(
        "was",
        ALL,
        Shape::FormerName,
        "Its name before it was renamed, so that a comparison of two versions takes the two for one.",
    )
    .more("see [renaming](#renaming)")
    .compared(Compared::Not),
    row("sensitivity", ALL, Shape::Choice(&Sensitivity::VOCABULARY), "How private its content is.")
        .more("the last two count as private, and so does every credential")
        .default(Unsaid::Always("`internal`"))
        .compared(word!(
            sensitivity: Sensitivity,
            weaker: Toward::First,
            opens: None,
            default: |_| Sensitivity::Internal
        )),
    row(
        "isolation",
        &[NodeKind::Agent, NodeKind::Tool],
        Shape::Choice(&Isolation::VOCABULARY),
        "Whether its callers meet in one context.",
    )
    .default(Unsaid::By(&[
        (NodeKind::Agent, "`shared`"),
        (NodeKind::Tool, "`per-call`; `shared` for a general tool"),
    ]))
    .compared(word!(
        isolation: Isolation,
        weaker: Toward::First,
        opens: Some(Toward::First),
        default: default_isolation
    )),
    row(
        "relays",
        &[NodeKind::Principal, NodeKind::Tool],
        Shape::Boolean,
        "Whether what comes in goes on into what it sends.",
    )
    .of(&[
        (NodeKind::Principal, "Whether what it learns goes on into its next order."),
        (
            NodeKind::Tool,
            "Whether what it reads goes on into what it sends, whoever calls it: a sync, a converter, a poller. One that does not is passive.",
        ),
    ])
    .default(Unsaid::By(&[
        (NodeKind::Principal, "`true` for a service, else `false`"),
        (NodeKind::Tool, "`true` for a general or shared tool, else `false`"),
    ]))
    .compared(flag!(
        relays,
        weaker: Toward::Last,
        opens: Some(Toward::Last),
        default: relays_by_default
    )),
    row(
        "persists",
        &[NodeKind::Store],
        Shape::Boolean,
        "Whether it keeps content after the session that wrote it.",
    )
    .default(Unsaid::Always("`true`, but `false` for a sandbox"))
    // What is kept can come back in a later session, which costs a way a step: so what is not kept has the nearer ways.
    .compared(flag!(
        persists,
        weaker: Toward::Last,
        opens: Some(Toward::First),
        default: |node: &Node| node.kind == NodeKind::Store && node.declared_kind != Some("sandbox")
    )),
    row(
        "partitioned",
        &[NodeKind::Store],
        Shape::Boolean,
        "Whether it keeps apart what each caller's calls wrote: memory by user, thread or session.",
    )
    .default(Unsaid::Always("`false`"))
    .compared(flag!(partitioned, weaker: Toward::First, opens: Some(Toward::First), default: never)),
    row(
        "untrusted",
        &[NodeKind::Source, NodeKind::Tool, NodeKind::Agent, NodeKind::Principal],
        Shape::Boolean,
        "Whether strangers control what it says.",
    )
    .more("those of a webhook without a signature do whatever it says here")
    .default(Unsaid::Except(NodeKind::Source, "`true`", "`false`"))
    // Findings go by it: without it nobody looks at what the node says.
    .compared(flag!(
        untrusted,
        weaker: Toward::First,
        opens: Some(Toward::Last),
        default: |node: &Node| is_untrusted_by_default(node.kind)
    )),
    row("egress", &[NodeKind::Tool], Shape::Boolean, "Whether it lets content out.")
        .default(Unsaid::Always("`false`"))
        .compared(flag!(egress, weaker: Toward::Last, opens: Some(Toward::Last), default: never)),
    row(
        "general",
        &[NodeKind::Tool],
        Shape::Boolean,
        "Whether it can be made to call anything: a shell, a browser, an HTTP client, a code interpreter.",
    )
    .default(Unsaid::Always("`false`"))
    .compared(flag!(general, weaker: Toward::Last, opens: Some(Toward::Last), default: never)),
    row(
        "opens",
        &[NodeKind::Credential],
        Shape::Opens,
        "The tools and agents that it gives access to, by name or selector.",
    ),
    row(
        "members",
        &[NodeKind::Session],
        Shape::Members,
        "Who writes and reads it: agents, principals and tools, by name or selector.",
    ),
    row("write", ACTING, Shape::Verb(Verb::Write), "Whom or what it sends content to."),
    row("read", ACTING, Shape::Verb(Verb::Read), "What it takes content from."),
    row(
        "invoke",
        ACTING,
        Shape::Verb(Verb::Invoke),
        "What it calls; a result comes back unless returns says otherwise.",
    ),
    row("observe", ACTING, Shape::Verb(Verb::Observe), "Whose transcript, trace or log it sees."),
    row("retention", &[NodeKind::Store], Shape::Text, "How long content is kept.")
        .more("see [memory](#what-findings-go-by)"),
    row("refresh", &[NodeKind::Credential], Shape::Choice(REFRESH), "How it is renewed.")
        .more("with `background` it stays valid until somebody revokes it"),
    row(
        "revocation",
        &[NodeKind::Store, NodeKind::Credential],
        Shape::Text,
        "How content or access is withdrawn.",
    )
    .of(&[(NodeKind::Credential, "How it is withdrawn.")])
    .more("of a store, how poisoned content is found and removed")
    .compared(Compared::Declared { protects: true }),
    row("versioned", &[NodeKind::Store], Shape::Boolean, "Whether earlier versions can be restored.")
        .compared(Compared::Declared { protects: true }),
    row("controls", &[NodeKind::Source], Shape::Controls, "What is checked when content arrives.")
        .more("`signature`, `replay_window`, `payload_limit`, `ssrf_defense`, `idempotency`, each a boolean, a number or a text")
        .compared(Compared::Declared { protects: true }),
    row("allowed_hosts", &[NodeKind::Credential], Shape::Texts, "The hosts that it is sent to."),
    row("lifetime", &[NodeKind::Credential], Shape::Text, "How long it is valid."),
    row("scope", &[NodeKind::Principal], Shape::Text, "How far its rights go.")
        .more("`workspace:NAME` is one authority for everything in it"),
    row(
        "actions",
        &[NodeKind::Principal],
        Shape::Texts,
        "What it is allowed to do, in the words of its platform.",
    ),
    row("model", &[NodeKind::Agent], Shape::Text, "The model behind it."),
    row("platform", &[NodeKind::Agent], Shape::Text, "Where it runs."),
    row("spawns", &[NodeKind::Agent], Shape::Choice(SPAWNS), "What agents that it starts get.")
        .more("with `inherit` it may start copies of itself, with all that it has, which stand in no file"),
    row("sandbox", &[NodeKind::Session], Shape::Boolean, "Whether it runs in a sandbox.")
        .more("its members share a file system then, which joins again what isolation keeps apart"),
];

const REFRESH: &Vocabulary = &words!(
    "Refresh", "How a credential is renewed.":
    "none" = "Not at all.",
    "background" = "By itself, in the background.",
);
const SPAWNS: &Vocabulary = &words!(
    "Spawns", "What agents that this one starts get.":
    "inherit" = "Whatever this one has.",
);

/// Tools start afresh for each caller, unless they are general: a shell or a browser keeps what was done in it.
fn default_isolation(node: &Node) -> Isolation {
    let is_general = node.declared.flag("general") == Some(true);
    if node.kind == NodeKind::Tool && !is_general { Isolation::PerCall } else { Isolation::Shared }
}

/// Content goes on through everything but secrets, principals that are not services, and tools that only answer. A tool with one
/// context for all, and one that can be made to do anything, always relays.
fn relays_by_default(node: &Node) -> bool {
    match node.kind {
        NodeKind::Principal => node.declared_kind == Some("service"),
        NodeKind::Tool => always_relays(&node.declared),
        NodeKind::Credential => false,
        NodeKind::Agent | NodeKind::Store | NodeKind::Session | NodeKind::Source | NodeKind::Sink => true,
    }
}

/// Whether a tool that declares this relays whatever it says: it has one context for all its callers, or is general.
pub(crate) fn always_relays(declared: &Declared) -> bool {
    declared.flag("general") == Some(true) || declared.text("isolation") == Some(Isolation::Shared.as_str())
}

/// The attribute with this key.
pub(crate) fn attribute(key: &str) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| attribute.key == key)
}

/// The attributes that a body of this kind may hold.
pub(crate) fn attributes_of(kind: NodeKind) -> impl Iterator<Item = &'static Attribute> + Clone {
    ATTRIBUTES.iter().filter(move |attribute| attribute.on.contains(&kind))
}

/// The typed fields with their attributes, in the order in which a comparison tells them: what is true or false comes first.
pub(crate) fn node_fields() -> &'static [(&'static Attribute, Field)] {
    static FIELDS: LazyLock<Vec<(&Attribute, Field)>> = LazyLock::new(|| {
        let typed = ATTRIBUTES.iter().filter_map(|attribute| match attribute.compared {
            Compared::Typed(field) => Some((attribute, field)),
            Compared::Not | Compared::Apart | Compared::Declared { .. } => None,
        });
        let mut fields: Vec<_> = typed.collect();
        fields.sort_by_key(|(attribute, _)| !matches!(attribute.shape, Shape::Boolean));
        fields
    });
    &FIELDS
}

impl Node {
    /// A node that declares this, with the default of whatever it does not; in no zone, and opening nothing.
    #[must_use]
    pub fn declaring(
        kind: NodeKind,
        declared_kind: Option<&'static str>,
        declared: Declared,
        place: Place,
    ) -> Self {
        let mut node = Self {
            kind,
            declared_kind: declared_kind.or(kind.default_declared_kind()),
            zone: None,
            critical: false,
            sensitivity: Sensitivity::Internal,
            isolation: Isolation::Shared,
            relays: false,
            persists: false,
            partitioned: false,
            untrusted: false,
            egress: false,
            general: false,
            opens: Vec::new(),
            declared,
            place,
        };
        fill(&mut node);
        node
    }
}

/// Fills the typed fields of a node from what it declares, and with their defaults.
fn fill(node: &mut Node) {
    for (attribute, field) in node_fields() {
        let position = |word: &str| attribute.words().iter().position(|known| *known == word);
        let declared = match node.declared.get(attribute.key) {
            Some(DeclaredValue::Boolean(flag)) => Some(usize::from(*flag)),
            Some(DeclaredValue::Word(word)) => position(word),
            Some(DeclaredValue::Text(word)) => position(word),
            Some(DeclaredValue::Texts(_) | DeclaredValue::Checks(_)) | None => None,
        };
        (field.set)(node, declared.unwrap_or_else(|| (field.default)(node)));
    }
}
