//! The one table of the kinds of node: the section that each stands in, what a reader is told of it, and which `kind:` it can declare.

use super::vocabulary::{NodeKind, Vocabulary, words};

/// A kind of node.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The key of its section.
    pub section: &'static str,
    /// It with its article.
    pub with_article: &'static str,
    /// Whether its nodes act: declare verbs of their own.
    pub acts: bool,
    /// What its section holds.
    pub section_doc: &'static str,
    /// What one of its nodes is, at the head of its body.
    pub doc: &'static str,
    /// What it can declare under `kind`.
    pub declared: Option<Vocabulary>,
    /// The declared kind of a node that declares none.
    pub default: Option<&'static str>,
}

static AGENT: Kind = Kind {
    section: "agents",
    with_article: "an agent",
    acts: true,
    section_doc: "Models with a context: workers, coordinators, advisors, graders.",
    doc: "A model with a context.",
    declared: None,
    default: None,
};

static PRINCIPAL: Kind = Kind {
    section: "principals",
    with_article: "a principal",
    acts: true,
    section_doc: "Who stands outside the agents: people, roles, keys, services.",
    doc: "Someone or something outside the agents.",
    declared: Some(words!(
        "PrincipalKind", "What a principal is. Needed to invoke it.":
        "human" = "A person: reads results, gives orders, answers when asked.",
        "iam-role" = "A role that others assume; whoever invokes it may do what it may do.",
        "api-key" = "A key that others use; whoever invokes it may do what it may do.",
        "service" = "A program outside the topology. It relays what comes in.",
    )),
    default: None,
};

static TOOL: Kind = Kind {
    section: "tools",
    with_article: "a tool",
    acts: true,
    section_doc: "Functions, APIs, MCP servers.",
    doc: "A function, an API, an MCP server.",
    declared: None,
    default: None,
};

static STORE: Kind = Kind {
    section: "stores",
    with_article: "a store",
    acts: false,
    section_doc: "What holds content: memories, files, databases, queues, repositories, sandboxes.",
    doc: "Something that holds content.",
    declared: Some(words!(
        "StoreKind", "What a store is. Default: memory.":
        "memory" = "Memory of agents. The default.",
        "file" = "A file.",
        "database" = "A database.",
        "queue" = "A queue of messages.",
        "repository" = "A repository of code or documents.",
        "sandbox" = "Scratch space that does not outlive its session, unless it says so.",
    )),
    default: Some("memory"),
};

static SESSION: Kind = Kind {
    section: "sessions",
    with_article: "a session",
    acts: false,
    section_doc: "State that its members share: each writes it and reads it.",
    doc: "State that its members share.",
    declared: None,
    default: None,
};

static SOURCE: Kind = Kind {
    section: "sources",
    with_article: "a source",
    acts: false,
    section_doc: "Content that arrives without being asked for: mails, webhooks, uploads.",
    doc: "Content that arrives without being asked for.",
    declared: Some(words!(
        "SourceKind", "How the content of a source arrives.":
        "email" = "Mails.",
        "webhook" = "Calls from other systems.",
        "upload" = "Files that someone uploads.",
        "chat" = "Messages in a chat.",
        "feed" = "A feed.",
        "web" = "Pages of the web that are pushed. What fetches pages is a tool.",
    )),
    default: None,
};

static SINK: Kind = Kind {
    section: "sinks",
    with_article: "a sink",
    acts: false,
    section_doc: "Where content leaves to the outside.",
    doc: "Where content leaves to the outside.",
    declared: None,
    default: None,
};

static CREDENTIAL: Kind = Kind {
    section: "credentials",
    with_article: "a credential",
    acts: false,
    section_doc: "Secrets, and what they give access to.",
    doc: "A secret.",
    declared: Some(words!(
        "CredentialKind", "What a credential is.":
        "mcp_oauth" = "OAuth to an MCP server.",
        "static_bearer" = "A bearer token that does not change.",
        "environment_variable" = "A secret in an environment variable.",
        "api_key" = "An API key.",
        "iam_role" = "The credentials of a role.",
    )),
    default: None,
};

impl NodeKind {
    /// Its row.
    pub(crate) const fn row(self) -> &'static Kind {
        match self {
            Self::Agent => &AGENT,
            Self::Principal => &PRINCIPAL,
            Self::Tool => &TOOL,
            Self::Store => &STORE,
            Self::Session => &SESSION,
            Self::Source => &SOURCE,
            Self::Sink => &SINK,
            Self::Credential => &CREDENTIAL,
        }
    }

    /// The key of this kind's section in a spec.
    #[must_use]
    pub const fn section(self) -> &'static str {
        self.row().section
    }

    /// The kind with its article, for sentences: `an agent`.
    #[must_use]
    pub fn with_article(self) -> &'static str {
        self.row().with_article
    }

    /// The kind whose section has this key.
    #[must_use]
    pub fn from_section(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.section() == key)
    }

    /// Whether nodes of this kind act: declare verbs of their own.
    #[must_use]
    pub fn acts(self) -> bool {
        self.row().acts
    }

    /// The values that `kind:` can take in this kind's section.
    #[must_use]
    pub fn declared_kinds(self) -> &'static [&'static str] {
        self.row().declared.as_ref().map_or(&[], |declared| declared.words)
    }

    /// The declared kind of a node that declares none.
    #[must_use]
    pub fn default_declared_kind(self) -> Option<&'static str> {
        self.row().default
    }
}
