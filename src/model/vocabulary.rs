//! The closed vocabularies of the spec language: kinds, verbs and enumerated attributes, each with the one spelling that is
//! read and printed everywhere.

/// The words that can stand somewhere, each with what it means: what the loader reads by, and what editors show.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// Its name among the definitions of the JSON Schema.
    pub name: &'static str,
    /// What the words are about.
    pub doc: &'static str,
    /// The words.
    pub words: &'static [&'static str],
    /// What each of them means; a blank may stand before it.
    pub meanings: &'static [&'static str],
}

/// A [`Vocabulary`] whose words are no variants of an enum.
macro_rules! words {
    ($name:literal, $doc:literal: $($word:literal = $meaning:literal),+ $(,)?) => {
        $crate::model::Vocabulary {
            name: $name,
            doc: $doc,
            words: &[$($word),+],
            meanings: &[$($meaning),+],
        }
    };
}
pub(crate) use words;

/// Declares an enum with one spelling for each variant, in a fixed order. What a variant means is what editors show.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident: $about:literal { $($(#[doc = $meaning:literal])+ $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $meaning])+ $variant),+ }

        impl $name {
            /// All variants, in their fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spellings in that order, each with what it means.
            pub(crate) const VOCABULARY: Vocabulary = Vocabulary {
                name: stringify!($name),
                doc: $about,
                words: &[$($text),+],
                meanings: &[$(concat!($($meaning),+)),+],
            };

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
    NodeKind: "What a node is: one section of the spec for each." {
        /// A model with a context.
        Agent = "agent",
        /// Who stands outside the agents.
        Principal = "principal",
        /// A function, an API, an MCP server.
        Tool = "tool",
        /// What holds content.
        Store = "store",
        /// State that its members share.
        Session = "session",
        /// Content that arrives without being asked for.
        Source = "source",
        /// Where content leaves to the outside.
        Sink = "sink",
        /// A secret.
        Credential = "credential",
    }
}

vocabulary! {
    /// What an acting node may do to another. The order is that of every output: W R I O.
    Verb: "What an acting node does to another." {
        /// It sends content.
        Write = "write",
        /// It takes content.
        Read = "read",
        /// It calls.
        Invoke = "invoke",
        /// It sees what goes on inside.
        Observe = "observe",
    }
}

vocabulary! {
    /// One of the two planes in which content matters.
    Plane: "What a guard can stop." {
        /// An attacker's influence, which travels with content.
        Influence = "influence",
        /// A victim's information, which leaks with content.
        Exposure = "exposure",
    }
}

vocabulary! {
    /// What one node can get of another: the questions of the matrix, seen from its row.
    Way: "What one node can get of another." {
        /// Its content can steer or taint the other.
        Influence = "influence",
        /// The other's content can come to it.
        Exposure = "exposure",
        /// It can have the other written, by itself or by whom it steers.
        Write = "write",
        /// It can have the other read.
        Read = "read",
        /// It can have the other invoked.
        Invoke = "invoke",
        /// It can have the other observed.
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
    /// How private a node's content is, from the least.
    Sensitivity: "How private a node's content is. Default: internal." {
        /// Anyone may see it.
        Public = "public",
        /// Not for strangers, but no secret. The default.
        Internal = "internal",
        /// Private.
        Confidential = "confidential",
        /// Private, and the worst to lose.
        Secret = "secret",
    }
}

vocabulary! {
    /// Whether callers of a node meet in one context.
    Isolation: "Whether callers meet in one context." {
        /// One context: what came in can go out to anyone. The default of agents and general tools.
        Shared = "shared",
        /// A fresh context for each caller. The default of other tools.
        PerCall = "per-call",
    }
}

vocabulary! {
    /// Who decides at a guard. It changes no flow.
    Decider: "Who decides at a guard. It changes no flow." {
        /// Somebody looks.
        Person = "person",
        /// A program checks.
        Code = "code",
        /// A model judges, which may itself be talked round.
        Model = "model",
    }
}

vocabulary! {
    /// What the target of an edge is for its actor. It changes no flow.
    Role: "The role that an invoked node plays for its caller. It changes no flow." {
        /// Gives advice. Not logged unless the spec says so.
        Advisor = "advisor",
        /// Judges what the caller made.
        Grader = "grader",
        /// Takes the conversation over.
        Handoff = "handoff",
        /// Does a part of the work.
        Delegate = "delegate",
        /// Holds what the reader is told to be. Only under read.
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
