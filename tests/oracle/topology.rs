//! The oracle's own reading of one valid spec: text in, plain numbered lists out.
//!
//! Nodes, guards and declared edges stand in the order of the document, because the tie rule of the best path
//! (`docs/semantics.md`, section 5) counts on it. An invalid spec panics: diagnostics are the tool's
//! business.

use serde_json::{Map, Value};

use super::declared;

/// The eight kinds of node (section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Agent,
    Principal,
    Tool,
    Store,
    Session,
    Source,
    Sink,
    Credential,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::Agent,
        Kind::Principal,
        Kind::Tool,
        Kind::Store,
        Kind::Session,
        Kind::Source,
        Kind::Sink,
        Kind::Credential,
    ];

    /// What `kind:` selects; its section is the plural.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Agent => "agent",
            Kind::Principal => "principal",
            Kind::Tool => "tool",
            Kind::Store => "store",
            Kind::Session => "session",
            Kind::Source => "source",
            Kind::Sink => "sink",
            Kind::Credential => "credential",
        }
    }

    /// Column "acts" of section 2.
    pub fn acts(self) -> bool {
        matches!(self, Kind::Agent | Kind::Principal | Kind::Tool)
    }
}

/// The four verbs, in the order in which the output names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    Write,
    Read,
    Invoke,
    Observe,
}

impl Verb {
    pub const ALL: [Verb; 4] = [Verb::Write, Verb::Read, Verb::Invoke, Verb::Observe];

    pub fn name(self) -> &'static str {
        match self {
            Verb::Write => "write",
            Verb::Read => "read",
            Verb::Invoke => "invoke",
            Verb::Observe => "observe",
        }
    }

    /// Column "on" of section 3: may anybody do this to such a node? `declared` is its declared kind.
    pub fn possible_on(self, kind: Kind, declared: Option<&str>) -> bool {
        use Kind::*;
        match self {
            Verb::Write => matches!(kind, Agent | Principal | Store | Session | Source | Sink),
            Verb::Read => matches!(kind, Agent | Tool | Store | Session | Source | Credential),
            Verb::Observe => matches!(kind, Agent | Principal | Tool | Store | Session | Source),
            // Content or authority: which of the two, a principal has to say.
            Verb::Invoke => {
                matches!(kind, Agent | Tool | Credential) || kind == Principal && declared.is_some()
            }
        }
    }
}

/// Influence runs with integrity, exposure with confidentiality; a guard can stop either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plane {
    Influence,
    Exposure,
}

/// A guard and what it stops (section 4). Its number is its place in [`Topology::guards`].
#[derive(Clone, Debug)]
pub struct Guard {
    pub name: String,
    pub influence: bool,
    pub exposure: bool,
    /// One that is only asked for in words never counts.
    pub enforced: bool,
    /// The store in which its configuration lies.
    pub kept_in: Option<usize>,
}

/// A node with what its flows depend on. Its number is its place in [`Topology::nodes`].
#[derive(Clone, Debug)]
pub struct Node {
    pub name: String,
    pub kind: Kind,
    pub declared: Option<String>,
    pub zone: Option<String>,
    pub tags: Vec<String>,
    pub per_call: bool,
    pub relays: bool,
    pub critical: bool,
    pub persists: bool,
    pub partitioned: bool,
    pub untrusted: bool,
    pub egress: bool,
    /// Does it say `egress: false`?
    pub never_egress: bool,
    pub general: bool,
    /// Does it say that it is confidential or secret?
    pub sensitive: bool,
    /// Does it say that what arrives is signed?
    pub signed: bool,
    /// The tools and agents that a credential opens.
    pub opens: Vec<usize>,
}

impl Node {
    /// A role is assumed: to invoke it gives authority and moves no content (section 3).
    pub fn is_role(&self) -> bool {
        self.kind == Kind::Principal && matches!(self.declared.as_deref(), Some("iam-role" | "api-key"))
    }

    /// It answers with what it reads and sends on what it is given, but never the one as the other (section 2).
    pub fn is_passive(&self) -> bool {
        self.kind == Kind::Tool && !self.relays
    }

    /// It uses the credentials that it reads, and nobody who calls it is told (section 2).
    pub fn keeps(&self) -> bool {
        self.kind == Kind::Tool && !self.general
    }

    /// What it has is private (section 2).
    pub fn is_private(&self) -> bool {
        self.sensitive || self.kind == Kind::Credential
    }

    /// Does an invoke of this node ask something and get an answer, rather than give authority?
    pub fn answers(&self) -> bool {
        self.kind != Kind::Credential && !self.is_role()
    }
}

/// An edge, declared or derived. The derived order of the fields is how derived edges are numbered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub from: usize,
    pub verb: Verb,
    pub to: usize,
    /// Numbers of the guards on the request, ascending.
    pub guards: Vec<usize>,
    /// Guards on the result; `None` where nothing returns.
    pub returns: Option<Vec<usize>>,
    /// An outsider's edge (rules 2 and 4) makes half of the flows and is no premise.
    pub outsider: bool,
    /// Guards on the way that the authority came; 0 on a declared edge.
    pub extra: u32,
}

/// One spec, read.
#[derive(Clone, Debug)]
pub struct Topology {
    pub nodes: Vec<Node>,
    pub guards: Vec<Guard>,
    /// The declared edges, selectors expanded, those of session members included.
    pub edges: Vec<Edge>,
}

impl Topology {
    /// The number of a node by name.
    pub fn node(&self, name: &str) -> usize {
        self.nodes.iter().position(|n| n.name == name).unwrap_or_else(|| panic!("no node named {name}"))
    }

    /// How many of these guards stop this plane?
    pub fn stopping(&self, guards: &[usize], plane: Plane) -> u32 {
        let stopping = guards.iter().filter(|guard| self.stops(**guard, plane));
        u32::try_from(stopping.count()).expect("fewer guards than 2^32")
    }

    /// Does this guard stop this plane?
    pub fn stops(&self, guard: usize, plane: Plane) -> bool {
        let guard = &self.guards[guard];
        let is_for = match plane {
            Plane::Influence => guard.influence,
            Plane::Exposure => guard.exposure,
        };
        guard.enforced && is_for
    }

    /// Is it a read whose reader uses what it reads, and tells nobody?
    pub fn is_kept(&self, edge: &Edge) -> bool {
        edge.verb == Verb::Read
            && self.nodes[edge.to].kind == Kind::Credential
            && self.nodes[edge.from].keeps()
    }
}

/// Reads a valid spec.
pub fn read(yaml: &str) -> Topology {
    // With its feature `preserve_order` the map keeps the order of the document: edges are numbered by it.
    let spec: Map<String, Value> =
        serde_yaml::from_str(yaml).unwrap_or_else(|e| panic!("not a spec: {e}\n{yaml}"));
    let bodies: Vec<(Node, Map<String, Value>)> = spec
        .iter()
        .filter_map(|(section, nodes)| Some((section_kind(section)?, nodes)))
        .flat_map(|(kind, nodes)| {
            mapping(nodes).into_iter().map(move |(name, body)| (kind, name, mapping(&body)))
        })
        .map(|(kind, name, body)| (read_node(kind, name, &body), body))
        .collect();
    let (nodes, bodies): (Vec<Node>, Vec<Map<String, Value>>) = bodies.into_iter().unzip();
    let guards = read_guards(spec.get("guards"), &nodes);
    let mut topology = Topology { nodes, guards, edges: Vec::new() };
    for (at, node) in topology.nodes.iter().enumerate() {
        assert!(topology.node(&node.name) == at, "{} is declared twice", node.name);
    }
    declared::resolve(&mut topology, &bodies);
    topology
}

fn section_kind(section: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| section.strip_suffix('s') == Some(kind.name()))
}

/// A mapping; what is left empty in the document is an empty one.
pub fn mapping(value: &Value) -> Map<String, Value> {
    match value {
        Value::Null => Map::new(),
        Value::Object(map) => map.clone(),
        other => panic!("expected a mapping, found {other}"),
    }
}

/// One or a list, as a list.
pub fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.clone(),
        Some(one) => vec![one.clone()],
    }
}

/// One name or a list of names, as a list.
pub fn names(value: Option<&Value>) -> Vec<String> {
    list(value).iter().map(text).collect()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("expected a text, found {value}")).to_owned()
}

/// The attributes of section 2 with their defaults.
fn read_node(kind: Kind, name: String, body: &Map<String, Value>) -> Node {
    let flag = |key: &str, default: bool| {
        body.get(key)
            .map_or(default, |v| v.as_bool().unwrap_or_else(|| panic!("{name}: {key} is no boolean")))
    };
    let word = |key: &str| body.get(key).map(text);
    let declared = word("kind").or((kind == Kind::Store).then(|| "memory".to_owned()));
    let is = |other: &str| declared.as_deref() == Some(other);
    let general = flag("general", false);
    let isolation = word("isolation");
    let per_call = match isolation.as_deref() {
        Some("per-call") => true,
        Some("shared") => false,
        Some(other) => panic!("{name}: unknown isolation {other}"),
        None => kind == Kind::Tool && !general,
    };
    // One context for all, or whatever it is made to do: what comes in goes on.
    let always = kind == Kind::Tool && (general || !per_call);
    let relays = match kind {
        Kind::Principal => flag("relays", is("service")),
        Kind::Tool => flag("relays", always),
        Kind::Credential => false,
        _ => true,
    };
    assert!(relays || !always, "{name}: a general or shared tool relays");
    let signature = body.get("controls").and_then(|controls| controls.get("signature"));
    Node {
        kind,
        per_call,
        relays,
        critical: flag("critical", false),
        persists: kind == Kind::Store && flag("persists", !is("sandbox")),
        partitioned: flag("partitioned", false),
        untrusted: flag("untrusted", kind == Kind::Source),
        egress: flag("egress", false),
        never_egress: !flag("egress", true),
        general,
        sensitive: matches!(word("sensitivity").as_deref(), Some("confidential" | "secret")),
        signed: signature.is_some_and(|said| *said == Value::Bool(true) || said.is_string()),
        zone: word("zone"),
        tags: names(body.get("tags")),
        opens: Vec::new(),
        declared,
        name,
    }
}

/// The guards of section 4: the built-in ones first, then the spec's own. A redefined one keeps its number, and what it does not
/// say.
fn read_guards(section: Option<&Value>, nodes: &[Node]) -> Vec<Guard> {
    let guard = |name: &str, influence, exposure| Guard {
        name: name.to_owned(),
        influence,
        exposure,
        enforced: true,
        kept_in: None,
    };
    let mut guards = vec![
        guard("human-approval", true, true),
        guard("quarantine", true, true),
        guard("typed-output", true, false),
        guard("redaction", false, true),
    ];
    for (name, body) in section.map(mapping).unwrap_or_default() {
        let at = guards.iter().position(|known| known.name == name).unwrap_or_else(|| {
            guards.push(guard(&name, true, true));
            guards.len() - 1
        });
        let (guard, body) = (&mut guards[at], mapping(&body));
        if body.contains_key("stops") {
            let stops = names(body.get("stops"));
            guard.influence = stops.iter().any(|plane| plane == "influence");
            guard.exposure = stops.iter().any(|plane| plane == "exposure");
        }
        if let Some(enforced) = body.get("enforced") {
            guard.enforced = enforced.as_bool().unwrap_or_else(|| panic!("{name}: enforced is no boolean"));
        }
        guard.kept_in = body.get("kept_in").map(|store| {
            let store = text(store);
            let found = nodes.iter().position(|node| node.kind == Kind::Store && node.name == store);
            found.unwrap_or_else(|| panic!("{name}: {store} is no store"))
        });
    }
    guards
}
