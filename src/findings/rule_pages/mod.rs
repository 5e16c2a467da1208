//! What each rule finds, with a spec or a change that it finds and one that it does not: what `crabwalk explain`, code scanning and
//! the pages of `docs/findings/` are made of. One file for each theme.

mod acceptances;
mod advisors;
mod contracts;
mod credentials;
mod flows;
mod gone;
mod memory;
mod paths;
mod principals;
mod protection;
mod sessions;
mod structure;
mod webhooks;

use crate::model::Rule;

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
    /// What is found, and what is not.
    pub example: Example,
    /// Where to read on.
    pub references: &'static [&'static str],
    /// How severe a finding is out of 10; nothing for a rule that finds no weakness.
    pub severity: Option<&'static str>,
}

/// Whole specs: one that is found and one that is not; of a rule about changes, what two changes make of a third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Before either change; nothing for a rule that judges a topology as it stands.
    pub before: Option<&'static str>,
    /// What is found.
    pub found: &'static str,
    /// What is not.
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
            Self::SpecGone => &gone::SPEC_GONE,
            Self::MarkedNodeGone => &gone::MARKED_NODE_GONE,
            Self::ToxicFlow => &flows::TOXIC_FLOW,
            Self::RuleOfTwo => &flows::RULE_OF_TWO,
            Self::WebAsSource => &flows::WEB_AS_SOURCE,
            Self::OpenToUntrusted => &flows::OPEN_TO_UNTRUSTED,
            Self::SingleGuard => &flows::SINGLE_GUARD,
            Self::DecorativeGuard => &flows::DECORATIVE_GUARD,
            Self::PoisonedMemory => &memory::POISONED_MEMORY,
            Self::UnpurgeableStore => &memory::UNPURGEABLE_STORE,
            Self::MemoryAcrossZones => &memory::MEMORY_ACROSS_ZONES,
            Self::EditableDefinition => &memory::EDITABLE_DEFINITION,
            Self::MixedSession => &sessions::MIXED_SESSION,
            Self::IsolationUndone => &sessions::ISOLATION_UNDONE,
            Self::UnloggedAdvice => &advisors::UNLOGGED_ADVICE,
            Self::FedAdvisor => &advisors::FED_ADVISOR,
            Self::SteeredGrader => &advisors::STEERED_GRADER,
            Self::GraderLoop => &advisors::GRADER_LOOP,
            Self::WebhookControls => &webhooks::WEBHOOK_CONTROLS,
            Self::UnsignedWebhook => &webhooks::UNSIGNED_WEBHOOK,
            Self::UnrevocableRefresh => &credentials::UNREVOCABLE_REFRESH,
            Self::SpreadingSecret => &credentials::SPREADING_SECRET,
            Self::BroadCredential => &credentials::BROAD_CREDENTIAL,
            Self::SharedScope => &principals::SHARED_SCOPE,
            Self::WildcardActions => &principals::WILDCARD_ACTIONS,
            Self::ReadOnlyMemory => &principals::READ_ONLY_MEMORY,
            Self::Loop => &structure::LOOP,
            Self::OrphanStore => &structure::ORPHAN_STORE,
            Self::UnusedNode => &structure::UNUSED_NODE,
            Self::UndeclaredIsolation => &structure::UNDECLARED_ISOLATION,
            Self::NoNodes => &structure::NO_NODES,
            Self::DenyBroken => &contracts::DENY_BROKEN,
            Self::OnlyThroughBroken => &contracts::ONLY_THROUGH_BROKEN,
            Self::IndependentBroken => &contracts::INDEPENDENT_BROKEN,
            Self::LayersBroken => &contracts::LAYERS_BROKEN,
            Self::ExpectBroken => &contracts::EXPECT_BROKEN,
            Self::LimitBroken => &contracts::LIMIT_BROKEN,
        }
    }
}
