//! What each rule finds, with a change that it finds and one that it does not: what `crabwalk explain`, code scanning and the pages
//! of `docs/findings/` are made of. One file for each theme.

mod acceptances;
mod paths;
mod protection;

use super::rule::Rule;

/// All that there is to say about a rule: Markdown that reads well as plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RulePage {
    /// What a finding says, in a sentence or two.
    pub means: &'static str,
    /// How somebody makes use of it, where somebody can.
    pub attack: Option<&'static str>,
    /// How it is computed.
    pub computed: &'static str,
    /// How it is fixed, or cleared.
    pub fix: &'static str,
    /// A change that is found, and one that is not.
    pub example: Example,
    /// Where to read on.
    pub references: &'static [&'static str],
    /// How severe a finding is out of 10; nothing for a rule that finds no weakness.
    pub severity: Option<&'static str>,
}

/// Three whole specs: one, and what two changes make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Before either change.
    pub before: &'static str,
    /// After the change that is found.
    pub found: &'static str,
    /// After the one that is not.
    pub right: &'static str,
}

impl Rule {
    /// Its page.
    #[must_use]
    pub const fn page(self) -> &'static RulePage {
        match self {
            Self::NewPathUp => &paths::NEW_PATH_UP,
            Self::FewerGuardsUp => &paths::FEWER_GUARDS_UP,
            Self::NearerPathUp => &paths::NEARER_PATH_UP,
            Self::GuardWeakened => &protection::GUARD_WEAKENED,
            Self::NewPath => &paths::NEW_PATH,
            Self::NewLoop => &paths::NEW_LOOP,
            Self::NewWayOut => &paths::NEW_WAY_OUT,
            Self::ProtectionLowered => &protection::PROTECTION_LOWERED,
            Self::ClosedPath => &paths::CLOSED_PATH,
            Self::AcceptanceNew => &acceptances::ACCEPTANCE_NEW,
            Self::AcceptanceUnused => &acceptances::ACCEPTANCE_UNUSED,
            Self::AcceptanceExpired => &acceptances::ACCEPTANCE_EXPIRED,
        }
    }
}
