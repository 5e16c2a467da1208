//! The rules by which a change is judged: their ids, names and levels. Ids are stable: programs filter by them.

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
}

/// Declares the rules with id, name, level and a sentence, in the order of the documentation.
macro_rules! rules {
    ($($variant:ident = $id:literal, $name:literal, $level:ident, $summary:literal;)+) => {
        /// What a change can be found to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $(#[doc = $summary] $variant),+ }

        impl Rule {
            /// All rules, in the order of their ids.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable id: `CW001` and so on.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// A short name in kebab case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The level where no spec says another.
            #[must_use]
            pub const fn default_level(self) -> Level {
                match self { $(Self::$variant => Level::$level),+ }
            }

            /// What the rule finds, in one sentence.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$variant => $summary),+ }
            }
        }
    };
}

rules! {
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
}

impl Rule {
    /// The rule with this id, in either case, or with this name.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id().eq_ignore_ascii_case(text) || rule.name() == text)
    }
}
