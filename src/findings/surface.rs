//! The surfaces of agent platforms. Which rule watches which stands with the rule.

/// A surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Surface {
    /// Stores that outlive a session.
    Memory,
    /// State that agents of a session share, and sandboxes.
    Sessions,
    /// An advisor beside an executor.
    Advisor,
    /// A grader of outcomes.
    Grader,
    /// Webhooks.
    Webhooks,
    /// Credentials, with their refresh in the background.
    Credentials,
    /// Roles and keys of a cloud or a platform.
    Principals,
}

impl Surface {
    /// All surfaces, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Memory,
        Self::Sessions,
        Self::Advisor,
        Self::Grader,
        Self::Webhooks,
        Self::Credentials,
        Self::Principals,
    ];

    /// The word in outputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Sessions => "sessions",
            Self::Advisor => "advisor",
            Self::Grader => "grader",
            Self::Webhooks => "webhooks",
            Self::Credentials => "credentials",
            Self::Principals => "principals",
        }
    }

    /// The surface in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Memory => "Persistent memory",
            Self::Sessions => "Multi-agent sessions and sandboxes",
            Self::Advisor => "Advisor and executor",
            Self::Grader => "Outcome grader",
            Self::Webhooks => "Webhooks",
            Self::Credentials => "Vault credentials",
            Self::Principals => "Cloud roles and keys",
        }
    }
}
