//! The nodes of a plan: kinds, names and attributes that are valid together, and which nodes a selector
//! takes.

use super::generate::{NodePlan, Plan, Shape};
use super::topology::Kind;

/// A node before it is written down.
#[derive(Clone, Debug)]
pub struct Draft {
    /// As YAML: quoted where it has to be.
    pub name: String,
    pub kind: Kind,
    pub declared: Option<&'static str>,
    pub zone: Option<String>,
    pub tags: Vec<&'static str>,
    pub general: bool,
    pub partitioned: bool,
    /// `key: value` lines.
    pub attributes: Vec<String>,
}

impl Draft {
    /// What `type:` selects it by: a store without a declared kind is a memory.
    fn selected_as(&self) -> Option<&'static str> {
        self.declared.or((self.kind == Kind::Store).then_some("memory"))
    }
}

/// Kinds by weight: credentials, roles and tools often, so that authority spreads.
const KINDS: [Kind; 20] = [
    Kind::Agent,
    Kind::Agent,
    Kind::Agent,
    Kind::Agent,
    Kind::Agent,
    Kind::Tool,
    Kind::Tool,
    Kind::Tool,
    Kind::Tool,
    Kind::Credential,
    Kind::Credential,
    Kind::Credential,
    Kind::Principal,
    Kind::Principal,
    Kind::Principal,
    Kind::Store,
    Kind::Store,
    Kind::Session,
    Kind::Source,
    Kind::Sink,
];

/// A shape is made of what content can run through.
const SHAPED: [Kind; 8] = [
    Kind::Agent,
    Kind::Store,
    Kind::Agent,
    Kind::Tool,
    Kind::Agent,
    Kind::Principal,
    Kind::Credential,
    Kind::Session,
];

/// A leak is a chain: a secret, who holds it, whom the holder calls, what that one can use, and whatever is
/// next.
const LEAK: [&[Kind]; 5] =
    [&[Kind::Credential], &[Kind::Agent], &[Kind::Agent, Kind::Tool], &[Kind::Tool], &KINDS];

/// Two sorts of callers of one memory, and tools that come to it for others.
const THREADS: [&[Kind]; 5] = [
    &[Kind::Principal, Kind::Agent, Kind::Source],
    &[Kind::Agent],
    &[Kind::Store],
    &[Kind::Agent, Kind::Tool],
    &KINDS,
];

/// Tools between what they read and what they write, and who calls them.
const TOOLS: [&[Kind]; 5] = [
    &[Kind::Source, Kind::Credential, Kind::Store],
    &[Kind::Tool],
    &[Kind::Store, Kind::Agent, Kind::Session],
    &[Kind::Tool],
    &KINDS,
];

const TAGS: [&str; 3] = ["brain", "public", "team a"];

/// The declared kinds of section 2; roles and services twice as often as people.
fn declared_kinds(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Principal => &["iam-role", "service", "human", "api-key", "iam-role"],
        Kind::Store => &["memory", "file", "database", "queue", "repository", "sandbox"],
        Kind::Source => &["email", "webhook", "upload", "chat", "feed", "web"],
        Kind::Credential => &["mcp_oauth", "static_bearer", "environment_variable", "api_key", "iam_role"],
        Kind::Agent | Kind::Tool | Kind::Session | Kind::Sink => &[],
    }
}

/// One of a list, or nothing of an empty one.
pub fn pick<T: Copy>(from: &[T], choice: u8) -> Option<T> {
    from.get(usize::from(choice).checked_rem(from.len())?).copied()
}

/// The zones that a plan declares.
pub fn zone_name(number: u8) -> String {
    format!("zone-{number}")
}

pub fn drafts(plan: &Plan) -> Vec<Draft> {
    plan.nodes.iter().enumerate().map(|(at, node)| draft(plan, at, node)).collect()
}

fn draft(plan: &Plan, at: usize, node: &NodePlan) -> Draft {
    let kinds: &[Kind] = match plan.shape {
        Shape::Free => &KINDS,
        Shape::Leak => LEAK[at % LEAK.len()],
        Shape::Threads => THREADS[at % THREADS.len()],
        Shape::Tools => TOOLS[at % TOOLS.len()],
        _ => &SHAPED,
    };
    let kind = pick(kinds, node.kind).expect("there are kinds");
    // One in seven leaves its declared kind out.
    let declared = pick(declared_kinds(kind), node.declared).filter(|_| node.declared % 7 != 6);
    let zone = (node.zone < plan.zones).then(|| zone_name(node.zone));
    let tags: Vec<&str> =
        TAGS.iter().enumerate().filter(|(bit, _)| node.tags >> bit & 1 == 1).map(|(_, tag)| *tag).collect();
    // Every third store; more often where it is about them.
    let most = if plan.shape == Shape::Threads { 2 } else { 1 };
    let mut draft = Draft {
        name: name(at, kind, node.name),
        kind,
        declared,
        zone,
        tags,
        general: kind == Kind::Tool && node.outside >> 4 & 1 == 1,
        partitioned: kind == Kind::Store && node.partitioned < most,
        attributes: Vec::new(),
    };
    draft.attributes = attributes(&draft, node);
    draft
}

/// Unique by its number; now and then a name that YAML has to quote.
fn name(at: usize, kind: Kind, style: u8) -> String {
    match style {
        5 => format!("\"{kind} {at}: the écrivain\"", kind = kind.name()),
        6 => format!("\"{at}\""),
        7 => format!("node_{at}"),
        _ => format!("{kind}-{at}", kind = kind.name()),
    }
}

fn attributes(draft: &Draft, plan: &NodePlan) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(draft.declared.map(|kind| format!("kind: {kind}")));
    lines.extend(draft.zone.as_ref().map(|zone| format!("zone: {zone}")));
    match draft.tags.as_slice() {
        [] => {}
        [one] if plan.layout & 1 == 0 => lines.push(format!("tags: {one}")),
        many => lines.push(format!("tags: [{}]", many.join(", "))),
    }
    lines.extend(flow_attributes(draft, plan));
    lines.extend(controls(draft, plan));
    if let Some(level) = ["public", "internal", "confidential", "secret"].get(usize::from(plan.carried)) {
        lines.push(format!("sensitivity: {level}"));
    }
    if plan.carried % 5 == 4 {
        lines.push("critical: true".to_owned());
    }
    if plan.carried % 8 == 7 {
        lines.push("description: \"What it is for: a test\"".to_owned());
    }
    lines
}

/// What is checked of a webhook: with a signature no stranger speaks through it.
fn controls(draft: &Draft, plan: &NodePlan) -> Option<String> {
    let checks = ["signature: true", "signature: hmac-sha256", "signature: false", "payload_limit: 1000"];
    let checks = checks.get(usize::from(plan.carried % 5)).filter(|_| draft.declared == Some("webhook"))?;
    Some(format!("controls: {{{checks}}}"))
}

/// The attributes that flows depend on, where the kind has them: left out, or one way or the other.
fn flow_attributes(draft: &Draft, plan: &NodePlan) -> Vec<String> {
    let on = |kinds: &[Kind]| kinds.contains(&draft.kind);
    let flag = |key: &str, bits: u8| match bits & 3 {
        1 => Some(format!("{key}: true")),
        2 => Some(format!("{key}: false")),
        _ => None,
    };
    // A tool with one context for all, or that can be made to do anything, always relays, and cannot say otherwise.
    let always = draft.kind == Kind::Tool && (draft.general || plan.isolation == 2);
    let relays = flag("relays", plan.relays).filter(|said| !(always && said.ends_with("false")));
    let partitioned = match (draft.partitioned, plan.relays) {
        (true, _) => Some("partitioned: true".to_owned()),
        (false, 0) => Some("partitioned: false".to_owned()),
        (false, _) => None,
    };
    let isolation = match plan.isolation {
        1 => Some("isolation: per-call".to_owned()),
        2 => Some("isolation: shared".to_owned()),
        _ => None,
    };
    // Every second tool: rule 5 needs one.
    let general =
        if draft.general { Some("general: true".to_owned()) } else { flag("general", plan.outside >> 4) };
    let strangers = [Kind::Source, Kind::Tool, Kind::Agent, Kind::Principal];
    let lines = [
        isolation.filter(|_| on(&[Kind::Agent, Kind::Tool])),
        relays.filter(|_| on(&[Kind::Principal, Kind::Tool])),
        partitioned.filter(|_| on(&[Kind::Store])),
        flag("persists", plan.persists).filter(|_| on(&[Kind::Store])),
        flag("untrusted", plan.outside).filter(|_| on(&strangers)),
        flag("egress", plan.outside >> 2).filter(|_| on(&[Kind::Tool])),
        general.filter(|_| on(&[Kind::Tool])),
    ];
    lines.into_iter().flatten().collect()
}

/// What an item of a verb, of `members` or of `opens` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Node(usize),
    Zone(String),
    Tag(&'static str),
    Kind(Kind),
    Declared(&'static str),
}

impl Wanted {
    /// A node by its name, or by a selector that it has the property for.
    pub fn new(drafts: &[Draft], node: usize, select: u8) -> Wanted {
        let draft = &drafts[node];
        let selector = match select {
            8 => draft.zone.clone().map(Wanted::Zone),
            9 => draft.tags.first().copied().map(Wanted::Tag),
            10 => Some(Wanted::Kind(draft.kind)),
            11 => draft.selected_as().map(Wanted::Declared),
            _ => None,
        };
        selector.unwrap_or(Wanted::Node(node))
    }

    fn selects(&self, draft: &Draft) -> bool {
        match self {
            Wanted::Node(_) => false,
            Wanted::Zone(zone) => draft.zone.as_ref() == Some(zone),
            Wanted::Tag(tag) => draft.tags.contains(tag),
            Wanted::Kind(kind) => draft.kind == *kind,
            Wanted::Declared(declared) => draft.selected_as() == Some(declared),
        }
    }

    pub fn text(&self, drafts: &[Draft]) -> String {
        match self {
            Wanted::Node(node) => drafts[*node].name.clone(),
            Wanted::Zone(zone) => format!("\"zone:{zone}\""),
            Wanted::Tag(tag) => format!("\"tag:{tag}\""),
            Wanted::Kind(kind) => format!("\"kind:{}\"", kind.name()),
            Wanted::Declared(declared) => format!("\"type:{declared}\""),
        }
    }
}

/// Of the items that an actor wants, those that are valid together: each with its place among them and its
/// nodes.
///
/// `possible` says what may be taken at all, `forbidden` what makes an item invalid that would take it.
pub fn settle(
    drafts: &[Draft],
    wanted: &[Wanted],
    possible: impl Fn(usize) -> bool,
    forbidden: impl Fn(usize) -> bool,
) -> Vec<(usize, Vec<usize>)> {
    // Names first, wherever they stand: a selector leaves them alone.
    let named: Vec<usize> = wanted
        .iter()
        .filter_map(|w| if let Wanted::Node(n) = w { Some(*n) } else { None })
        .filter(|n| possible(*n) && !forbidden(*n))
        .collect();
    let mut taken: Vec<usize> = Vec::new();
    let mut kept = Vec::new();
    for (place, item) in wanted.iter().enumerate() {
        let takes: Vec<usize> = (0..drafts.len())
            .filter(|n| possible(*n) && !taken.contains(n))
            .filter(|n| *item == Wanted::Node(*n) || item.selects(&drafts[*n]) && !named.contains(n))
            .collect();
        if !takes.is_empty() && !takes.iter().any(|n| forbidden(*n)) {
            taken.extend(&takes);
            kept.push((place, takes));
        }
    }
    kept
}
