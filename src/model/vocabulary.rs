//! The closed vocabularies of the spec language: kinds, verbs and enumerated attributes, each with the one spelling that is
//! read and printed everywhere.

/// Declares an enum with one spelling for each variant, in a fixed order.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// All variants, in their fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in specs and in every output.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The variant with this spelling.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}

vocabulary! {
    /// What a node is. One section of the spec for each.
    #[non_exhaustive]
    NodeKind {
        /// A model with a context: worker, coordinator, advisor, grader.
        Agent = "agent",
        /// Who stands outside the agents: a person, a role, a key, a service.
        Principal = "principal",
        /// A function, an API, an MCP server.
        Tool = "tool",
        /// Holds content: memory, file, database, queue, repository, sandbox.
        Store = "store",
        /// State that its members share.
        Session = "session",
        /// Content that arrives without being asked for.
        Source = "source",
        /// Where content leaves to the outside.
        Sink = "sink",
        /// A secret that gives access to what it opens.
        Credential = "credential",
    }
}

vocabulary! {
    /// What an acting node may do to another. The order is that of every output: W R I O.
    #[non_exhaustive]
    Verb {
        /// The actor pushes content.
        Write = "write",
        /// The actor pulls content.
        Read = "read",
        /// The actor calls; a result may come back.
        Invoke = "invoke",
        /// The actor watches what goes on inside.
        Observe = "observe",
    }
}

vocabulary! {
    /// One of the two planes in which content matters.
    Plane {
        /// Integrity: an attacker's influence, forwards.
        Influence = "influence",
        /// Confidentiality: a victim's information, backwards.
        Exposure = "exposure",
    }
}

vocabulary! {
    /// What one node can get of another: the questions of the matrix, seen from its row.
    #[non_exhaustive]
    Way {
        /// The row's content can steer or taint the column.
        Influence = "influence",
        /// The column's content can come to the row.
        Exposure = "exposure",
        /// The row can have the column written, by itself or by whom it steers.
        Write = "write",
        /// The row can have the column read.
        Read = "read",
        /// The row can have the column invoked.
        Invoke = "invoke",
        /// The row can have the column observed.
        Observe = "observe",
    }
}

impl Way {
    /// The plane whose flows it goes over: who is steered to act is influenced.
    #[must_use]
    pub fn plane(self) -> Plane {
        match self {
            Self::Exposure => Plane::Exposure,
            _ => Plane::Influence,
        }
    }

    /// To have this done.
    #[must_use]
    pub fn of_verb(verb: Verb) -> Self {
        match verb {
            Verb::Write => Self::Write,
            Verb::Read => Self::Read,
            Verb::Invoke => Self::Invoke,
            Verb::Observe => Self::Observe,
        }
    }

    /// What is had done at its end; nothing where content alone has to arrive.
    #[must_use]
    pub fn verb(self) -> Option<Verb> {
        match self {
            Self::Influence | Self::Exposure => None,
            Self::Write => Some(Verb::Write),
            Self::Read => Some(Verb::Read),
            Self::Invoke => Some(Verb::Invoke),
            Self::Observe => Some(Verb::Observe),
        }
    }
}

vocabulary! {
    /// How private a node's content is.
    Sensitivity {
        /// Anyone may see it.
        Public = "public",
        /// The default.
        Internal = "internal",
        /// Private.
        Confidential = "confidential",
        /// Private.
        Secret = "secret",
    }
}

vocabulary! {
    /// Whether callers of a node meet in one context.
    Isolation {
        /// One context for all callers.
        Shared = "shared",
        /// A fresh context for each caller.
        PerCall = "per-call",
    }
}

vocabulary! {
    /// What the target of an edge is for its actor. It changes no flow.
    #[non_exhaustive]
    Role {
        /// Gives advice to the caller.
        Advisor = "advisor",
        /// Judges what the caller made.
        Grader = "grader",
        /// Takes the conversation over.
        Handoff = "handoff",
        /// Does a part of the work.
        Delegate = "delegate",
        /// Holds what the reader is told to be: its system prompt, its skills, the descriptions of its tools.
        Definition = "definition",
    }
}

impl Role {
    /// The verb whose targets play it.
    #[must_use]
    pub fn verb(self) -> Verb {
        if self == Self::Definition { Verb::Read } else { Verb::Invoke }
    }
}

impl NodeKind {
    /// The key of this kind's section in a spec.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Self::Agent => "agents",
            Self::Principal => "principals",
            Self::Tool => "tools",
            Self::Store => "stores",
            Self::Session => "sessions",
            Self::Source => "sources",
            Self::Sink => "sinks",
            Self::Credential => "credentials",
        }
    }

    /// The kind with its article, for sentences: `an agent`.
    #[must_use]
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Agent => "an agent",
            Self::Principal => "a principal",
            Self::Tool => "a tool",
            Self::Store => "a store",
            Self::Session => "a session",
            Self::Source => "a source",
            Self::Sink => "a sink",
            Self::Credential => "a credential",
        }
    }

    /// The kind whose section has this key.
    #[must_use]
    pub fn from_section(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.section() == key)
    }

    /// Whether nodes of this kind act: declare verbs of their own.
    #[must_use]
    pub fn acts(self) -> bool {
        matches!(self, Self::Agent | Self::Principal | Self::Tool)
    }

    /// The values that `kind:` can take in this kind's section.
    #[must_use]
    pub fn declared_kinds(self) -> &'static [&'static str] {
        match self {
            Self::Principal => &["human", "iam-role", "api-key", "service"],
            Self::Store => &["memory", "file", "database", "queue", "repository", "sandbox"],
            Self::Source => &["email", "webhook", "upload", "chat", "feed", "web"],
            Self::Credential => {
                &["mcp_oauth", "static_bearer", "environment_variable", "api_key", "iam_role"]
            }
            Self::Agent | Self::Tool | Self::Session | Self::Sink => &[],
        }
    }
}

impl Verb {
    /// The letter in matrices and diagrams.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Write => 'W',
            Self::Read => 'R',
            Self::Invoke => 'I',
            Self::Observe => 'O',
        }
    }

    /// The plane whose guards stand on what the verb does to its target: what is pushed influences, what is pulled exposes.
    #[must_use]
    pub fn plane(self) -> Plane {
        match self {
            Self::Write | Self::Invoke => Plane::Influence,
            Self::Read | Self::Observe => Plane::Exposure,
        }
    }

    /// The verb in the third person, for sentences.
    #[must_use]
    pub fn third_person(self) -> &'static str {
        match self {
            Self::Write => "writes",
            Self::Read => "reads",
            Self::Invoke => "invokes",
            Self::Observe => "observes",
        }
    }

    /// Whether the verb is possible on nodes of this kind. A principal must say its `kind` to be invoked, which is not
    /// asked here.
    #[must_use]
    pub fn applies_to(self, kind: NodeKind) -> bool {
        use NodeKind::{Agent, Credential, Principal, Session, Sink, Source, Store, Tool};
        match self {
            Self::Write => matches!(kind, Agent | Principal | Store | Session | Source | Sink),
            Self::Read => matches!(kind, Agent | Tool | Store | Session | Source | Credential),
            Self::Invoke => matches!(kind, Agent | Principal | Tool | Credential),
            Self::Observe => matches!(kind, Agent | Principal | Tool | Store | Session | Source),
        }
    }

    /// The participle, for sentences: `written`.
    #[must_use]
    pub fn participle(self) -> &'static str {
        match self {
            Self::Write => "written",
            Self::Read => "read",
            Self::Invoke => "invoked",
            Self::Observe => "observed",
        }
    }
}
