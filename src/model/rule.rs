//! The rules by which a topology and a change of it are judged: their ids, names and levels. Ids are stable: programs filter by them.

/// What a rule judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Family {
    /// What a change does.
    Change,
    /// A topology as it stands.
    Topology,
    /// Whether a rule of the spec's own is broken: in a topology and by a change alike.
    Contract,
}

/// How grave a finding is. A larger one is stricter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It is not reported.
    Off,
    /// Worth knowing.
    Note,
    /// Worth a second look.
    Warning,
    /// It must not land unseen.
    Error,
}

impl Level {
    /// All levels, from the mildest.
    pub const ALL: &'static [Self] = &[Self::Off, Self::Note, Self::Warning, Self::Error];

    /// The word in a spec and in outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level with this word.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.as_str() == text)
    }

    /// The level so many steps milder, down to what is not reported: for what guards stand before, a step for each of them.
    #[must_use]
    pub fn milder(self, steps: u32) -> Self {
        (0..steps.min(3)).fold(self, |level, _| match level {
            Self::Error => Self::Warning,
            Self::Warning => Self::Note,
            Self::Note | Self::Off => Self::Off,
        })
    }
}

/// Declares the rules, by what they judge, with id, name, level and a sentence, in the order of the documentation.
macro_rules! rules {
    ($($family:ident { $($variant:ident = $id:literal, $name:literal, $level:ident, $summary:literal;)+ })+) => {
        /// What a topology, or a change of one, can be found to have.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule { $($(#[doc = $summary] $variant),+),+ }

        impl Rule {
            /// All rules, in the order of their ids.
            pub const ALL: &'static [Self] = &[$($(Self::$variant),+),+];

            /// What it judges.
            #[must_use]
            pub(crate) const fn family(self) -> Family {
                match self { $($(Self::$variant)|+ => Family::$family),+ }
            }

            /// The stable id: `CW001` and so on.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $($(Self::$variant => $id),+),+ }
            }

            /// A short name in kebab case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name),+),+ }
            }

            /// The level where no spec says another.
            #[must_use]
            pub const fn default_level(self) -> Level {
                match self { $($(Self::$variant => Level::$level),+),+ }
            }

            /// What the rule finds, in one sentence.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self { $($(Self::$variant => $summary),+),+ }
            }
        }
    };
}

rules! {
    Change {
        NewPathUp = "CW001", "new-path-up", Error, "A new path into a more trusted zone or to a critical node.";
        FewerGuardsUp = "CW002", "fewer-guards-up", Error, "A path into a more trusted zone or to a critical node now passes fewer guards.";
        NearerPathUp = "CW003", "nearer-path-up", Warning, "A path into a more trusted zone or to a critical node now takes fewer sessions or hops.";
        GuardWeakened = "CW004", "guard-weakened", Warning, "A guard is taken off or stops less than before.";
        NewPath = "CW005", "new-path", Warning, "A new path elsewhere.";
        NewLoop = "CW006", "new-loop", Warning, "Nodes that can now all steer each other.";
        NewWayOut = "CW007", "new-way-out", Error, "Private content has a new way out, or one past fewer guards.";
        ProtectionLowered = "CW008", "protection-lowered", Error, "A zone, its trust, a level of review or another protective attribute is lowered.";
        ClosedPath = "CW009", "closed-path", Note, "A path is closed.";
        AcceptanceNew = "CW010", "acceptance-new", Warning, "The change itself accepts a finding.";
        AcceptanceUnused = "CW011", "acceptance-unused", Warning, "An acceptance speaks of nothing that is there.";
        AcceptanceExpired = "CW012", "acceptance-expired", Error, "An acceptance is past its date.";
        SpecGone = "CW013", "spec-gone", Error, "The spec is gone, or declares no nodes any more.";
        MarkedNodeGone = "CW014", "marked-node-gone", Error, "A critical, private or zoned node is gone, and a new one has some of its edges.";
    }
    Topology {
        ToxicFlow = "CW101", "toxic-flow", Error, "Untrusted content and private content meet where a way out is within reach.";
        RuleOfTwo = "CW102", "rule-of-two", Warning, "A session takes in untrusted content, learns private content, and can change or send something.";
        WebAsSource = "CW103", "web-as-source", Warning, "The open web stands as a source, so that what leaks by the address asked for is not seen.";
        OpenToUntrusted = "CW104", "open-to-untrusted", Error, "Untrusted content steers a critical node with nothing in between.";
        SingleGuard = "CW105", "single-guard", Warning, "One guard alone stands between untrusted content and a critical node.";
        DecorativeGuard = "CW106", "decorative-guard", Warning, "A guard holds nothing back: the same content comes another way.";
        SteeredGeneral = "CW107", "steered-general", Error, "Untrusted content steers a tool that can be made to do anything.";
        DisarmedGuard = "CW108", "disarmed-guard", Error, "A guard can be switched off by what it guards: its configuration lies where untrusted content comes to.";
        PoisonedMemory = "CW111", "poisoned-memory", Error, "Untrusted content is kept in a store that somebody more trusted reads in a later session.";
        UnpurgeableStore = "CW112", "unpurgeable-store", Warning, "Untrusted content is kept in a store, and nothing says how it is found and removed.";
        MemoryAcrossZones = "CW113", "memory-across-zones", Warning, "A store hands content on from one trust zone to another.";
        EditableDefinition = "CW114", "editable-definition", Error, "An agent's definition can be steered by somebody less trusted.";
        MixedSession = "CW121", "mixed-session", Warning, "Members of different trust zones share a session or a sandbox.";
        IsolationUndone = "CW122", "isolation-undone", Warning, "A node that starts afresh for each caller keeps what one of them sent for the others.";
        UnloggedAdvice = "CW131", "unlogged-advice", Warning, "Advice is not logged, so that an attack through it cannot be reconstructed.";
        FedAdvisor = "CW132", "fed-advisor", Warning, "An advisor is fed untrusted content, and its advice is followed unchecked.";
        SteeredGrader = "CW141", "steered-grader", Warning, "A grader is steered by what it grades, so that its verdict is no control.";
        GraderLoop = "CW142", "grader-loop", Warning, "A grader's free text goes back to the agent that it grades.";
        WebhookControls = "CW151", "webhook-controls", Warning, "A webhook lacks controls.";
        UnsignedWebhook = "CW152", "unsigned-webhook", Error, "Anybody can post to a webhook: it has no signature.";
        UnrevocableRefresh = "CW161", "unrevocable-refresh", Error, "A credential that renews itself has no procedure to revoke it, and untrusted content can have it used.";
        SpreadingSecret = "CW162", "spreading-secret", Error, "A raw secret comes to nodes that do not read it themselves.";
        BroadCredential = "CW163", "broad-credential", Warning, "A credential opens more than its holders use.";
        SharedScope = "CW171", "shared-scope", Warning, "The scope of a role or key cannot tell two agents apart.";
        WildcardActions = "CW172", "wildcard-actions", Warning, "A role or key may do whatever matches a wildcard.";
        ReadOnlyMemory = "CW173", "read-only-memory", Warning, "A role that cannot change anything can read memory.";
        Loop = "CW181", "loop", Warning, "Agents that steer one another in a circle, where an injection that copies itself can live.";
        OrphanStore = "CW182", "orphan-store", Note, "A store is read and never written, or written and never read.";
        UnusedNode = "CW183", "unused-node", Note, "Nothing flows into a node, and it reads nothing.";
        UndeclaredIsolation = "CW184", "undeclared-isolation", Note, "An agent has several callers and does not say whether they share its context.";
        NoNodes = "CW185", "no-nodes", Warning, "The spec declares no nodes, so that there is nothing to find.";
        EgressUnsaid = "CW186", "egress-unsaid", Note, "An untrusted tool does not say whether it lets out what it is given.";
        UncalledTool = "CW187", "uncalled-tool", Note, "A tool that only answers reads and sends, but nobody calls it.";
        UnusedDeclaration = "CW188", "unused-declaration", Note, "Something is declared and plays no part.";
    }
    Contract {
        DenyBroken = "CW201", "deny", Error, "A way is open that a rule of the spec denies.";
        OnlyThroughBroken = "CW202", "only-through", Error, "A path avoids what a rule of the spec says every path passes.";
        IndependentBroken = "CW203", "independent", Error, "Groups influence each other that a rule of the spec keeps apart.";
        LayersBroken = "CW204", "layers", Error, "Content flows against the layers of the spec.";
        ExpectBroken = "CW205", "expect", Error, "The matrix is not the one that the spec expects.";
        LimitBroken = "CW206", "limit", Error, "A blast radius is larger than the spec allows.";
    }
}

impl Rule {
    /// The rules by which a change of a topology is judged, in the order of their ids.
    pub fn of_changes() -> impl Iterator<Item = Self> + Clone {
        Self::ALL.iter().copied().filter(|rule| rule.is_of_change())
    }

    /// The rules by which a topology is judged as it stands, in the order of their ids.
    pub fn of_topologies() -> impl Iterator<Item = Self> + Clone {
        Self::ALL.iter().copied().filter(|rule| !rule.is_of_change())
    }

    /// Whether it judges what a change does; the others judge what is there.
    #[must_use]
    pub fn is_of_change(self) -> bool {
        self.family() == Family::Change
    }

    /// Whether it finds a rule of the spec's own broken: then it judges topologies and changes alike.
    #[must_use]
    pub fn is_contract(self) -> bool {
        self.family() == Family::Contract
    }

    /// The rule with this id, in either case, or with this name.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id().eq_ignore_ascii_case(text) || rule.name() == text)
    }
}
