//! The list of the rules. What belongs to a rule stands in one `.rs` (how it is found, what it falls under, what it watches, how
//! severe it is), and what is said about it in one `.md` beside that; both have the rule's name. A row of `model/rule.rs` without
//! them does not compile.

pub(super) mod change;
pub(super) mod contract;
mod page;

/// What judges a topology as it stands.
mod topology {
    mod proposed;
    pub(super) mod shared;
    mod steering;

    pub(super) mod broad_credential;
    pub(super) mod decorative_guard;
    pub(super) mod disarmed_guard;
    pub(super) mod editable_definition;
    pub(super) mod egress_unsaid;
    pub(super) mod fed_advisor;
    pub(super) mod grader_loop;
    pub(super) mod isolation_undone;
    pub(super) mod r#loop;
    pub(super) mod memory_across_zones;
    pub(super) mod mixed_session;
    pub(super) mod no_nodes;
    pub(super) mod open_to_untrusted;
    pub(super) mod orphan_store;
    pub(super) mod poisoned_memory;
    pub(super) mod read_only_memory;
    pub(super) mod rule_of_two;
    pub(super) mod shared_scope;
    pub(super) mod single_guard;
    pub(super) mod spreading_secret;
    pub(super) mod steered_general;
    pub(super) mod steered_grader;
    pub(super) mod toxic_flow;
    pub(super) mod uncalled_tool;
    pub(super) mod undeclared_isolation;
    pub(super) mod unlogged_advice;
    pub(super) mod unpurgeable_store;
    pub(super) mod unrevocable_refresh;
    pub(super) mod unsigned_webhook;
    pub(super) mod unused_declaration;
    pub(super) mod unused_node;
    pub(super) mod web_as_source;
    pub(super) mod webhook_controls;
    pub(super) mod wildcard_actions;
}

pub use page::{Example, NearMiss, Prose, RulePage};
pub(super) use topology::shared::{acting, callers, members, readers};

use super::context::RuleContext;
use super::finding::Draft;
use super::surface::Surface;
use super::taxonomy::Reference;
use crate::model::{Family, Rule};

/// What belongs to a rule, beside its row in `model/rule.rs`.
pub(super) struct Entry {
    /// What is said about it.
    page: RulePage,
    /// What it falls under, in the order of the taxonomies; empty for a rule that none of them has.
    references: &'static [Reference],
    /// The surface that it watches; `None` for rules about paths as a whole.
    surface: Option<Surface>,
    /// How severe a finding is out of 10; `None` for a rule that finds no weakness.
    severity: Option<&'static str>,
    /// Where its findings come from.
    finder: Finder,
}

/// Where the findings of a rule come from.
enum Finder {
    /// From a topology as it stands, in declared order.
    Topology(fn(&RuleContext<'_>) -> Vec<Draft>),
    /// From the comparison of two topologies, by the searches of `change/`.
    Change,
    /// From the contracts of a spec, by the searches of `contract/`.
    Contract,
}

/// The entry of a rule that shares its search with others, so that it has a page of its own and no file: one walk over what a change
/// opens finds new paths, shorter ones and new ways out alike, and what breaks one contract is asked as for the others.
macro_rules! entry {
    ($finder:ident, $rule:ident, $page:literal, $severity:expr) => {{
        static RULE: Entry = Entry {
            page: RulePage::read(Rule::$rule, include_str!($page)),
            references: &[],
            surface: None,
            severity: $severity,
            finder: Finder::$finder,
        };
        &RULE
    }};
}

/// What belongs to each rule, in the order of their ids.
const fn entry(rule: Rule) -> &'static Entry {
    match rule {
        Rule::NewPathUp => entry!(Change, NewPathUp, "change/new_path_up.md", Some("8.0")),
        Rule::FewerGuardsUp => entry!(Change, FewerGuardsUp, "change/fewer_guards_up.md", Some("7.5")),
        Rule::NearerPathUp => entry!(Change, NearerPathUp, "change/nearer_path_up.md", Some("5.5")),
        Rule::GuardWeakened => entry!(Change, GuardWeakened, "change/guard_weakened.md", Some("6.0")),
        Rule::NewPath => entry!(Change, NewPath, "change/new_path.md", Some("4.5")),
        Rule::NewLoop => entry!(Change, NewLoop, "change/new_loop.md", Some("4.0")),
        Rule::NewWayOut => entry!(Change, NewWayOut, "change/new_way_out.md", Some("8.0")),
        Rule::ProtectionLowered => {
            entry!(Change, ProtectionLowered, "change/protection_lowered.md", Some("7.0"))
        }
        Rule::ClosedPath => entry!(Change, ClosedPath, "change/closed_path.md", None),
        Rule::AcceptanceNew => entry!(Change, AcceptanceNew, "change/acceptance_new.md", None),
        Rule::AcceptanceUnused => entry!(Change, AcceptanceUnused, "change/acceptance_unused.md", None),
        Rule::AcceptanceExpired => entry!(Change, AcceptanceExpired, "change/acceptance_expired.md", None),
        Rule::SpecGone => entry!(Change, SpecGone, "change/spec_gone.md", Some("8.0")),
        Rule::MarkedNodeGone => entry!(Change, MarkedNodeGone, "change/marked_node_gone.md", Some("7.5")),
        Rule::ToxicFlow => &topology::toxic_flow::RULE,
        Rule::RuleOfTwo => &topology::rule_of_two::RULE,
        Rule::WebAsSource => &topology::web_as_source::RULE,
        Rule::OpenToUntrusted => &topology::open_to_untrusted::RULE,
        Rule::SingleGuard => &topology::single_guard::RULE,
        Rule::DecorativeGuard => &topology::decorative_guard::RULE,
        Rule::SteeredGeneral => &topology::steered_general::RULE,
        Rule::DisarmedGuard => &topology::disarmed_guard::RULE,
        Rule::PoisonedMemory => &topology::poisoned_memory::RULE,
        Rule::UnpurgeableStore => &topology::unpurgeable_store::RULE,
        Rule::MemoryAcrossZones => &topology::memory_across_zones::RULE,
        Rule::EditableDefinition => &topology::editable_definition::RULE,
        Rule::MixedSession => &topology::mixed_session::RULE,
        Rule::IsolationUndone => &topology::isolation_undone::RULE,
        Rule::UnloggedAdvice => &topology::unlogged_advice::RULE,
        Rule::FedAdvisor => &topology::fed_advisor::RULE,
        Rule::SteeredGrader => &topology::steered_grader::RULE,
        Rule::GraderLoop => &topology::grader_loop::RULE,
        Rule::WebhookControls => &topology::webhook_controls::RULE,
        Rule::UnsignedWebhook => &topology::unsigned_webhook::RULE,
        Rule::UnrevocableRefresh => &topology::unrevocable_refresh::RULE,
        Rule::SpreadingSecret => &topology::spreading_secret::RULE,
        Rule::BroadCredential => &topology::broad_credential::RULE,
        Rule::SharedScope => &topology::shared_scope::RULE,
        Rule::WildcardActions => &topology::wildcard_actions::RULE,
        Rule::ReadOnlyMemory => &topology::read_only_memory::RULE,
        Rule::Loop => &topology::r#loop::RULE,
        Rule::OrphanStore => &topology::orphan_store::RULE,
        Rule::UnusedNode => &topology::unused_node::RULE,
        Rule::UndeclaredIsolation => &topology::undeclared_isolation::RULE,
        Rule::NoNodes => &topology::no_nodes::RULE,
        Rule::EgressUnsaid => &topology::egress_unsaid::RULE,
        Rule::UncalledTool => &topology::uncalled_tool::RULE,
        Rule::UnusedDeclaration => &topology::unused_declaration::RULE,
        Rule::DenyBroken => entry!(Contract, DenyBroken, "contract/deny.md", Some("6.0")),
        Rule::OnlyThroughBroken => {
            entry!(Contract, OnlyThroughBroken, "contract/only_through.md", Some("6.0"))
        }
        Rule::IndependentBroken => {
            entry!(Contract, IndependentBroken, "contract/independent.md", Some("6.0"))
        }
        Rule::LayersBroken => entry!(Contract, LayersBroken, "contract/layers.md", Some("6.0")),
        Rule::ExpectBroken => entry!(Contract, ExpectBroken, "contract/expect.md", Some("5.0")),
        Rule::LimitBroken => entry!(Contract, LimitBroken, "contract/limit.md", Some("6.0")),
    }
}

/// Rows and entries go together, or this does not compile: a rule stands in `model/rule.rs` under what it judges, and who finds a
/// weakness says how it is attacked.
const _: () = {
    let mut at = 0;
    while at < Rule::ALL.len() {
        let (rule, entry) = (Rule::ALL[at], entry(Rule::ALL[at]));
        let fits = match entry.finder {
            Finder::Topology(_) => matches!(rule.family(), Family::Topology),
            Finder::Change => matches!(rule.family(), Family::Change),
            Finder::Contract => matches!(rule.family(), Family::Contract),
        };
        assert!(fits, "a rule judges what its row says");
        assert!(
            entry.severity.is_some() == entry.page.attack.is_some(),
            "a rule has a severity if its page says how it is attacked"
        );
        at += 1;
    }
};

/// What a rule finds in a topology as it stands.
pub(super) fn found(rule: Rule, context: &RuleContext<'_>) -> Vec<Draft> {
    match entry(rule).finder {
        Finder::Topology(find) => find(context),
        Finder::Change | Finder::Contract => Vec::new(),
    }
}

impl Rule {
    /// Its page.
    #[must_use]
    pub const fn page(self) -> &'static RulePage {
        &entry(self).page
    }

    /// The surface that it watches; `None` for rules about paths as a whole.
    #[must_use]
    pub const fn surface(self) -> Option<Surface> {
        entry(self).surface
    }

    /// How severe a finding is out of 10; `None` for a rule that finds no weakness.
    #[must_use]
    pub const fn severity(self) -> Option<&'static str> {
        entry(self).severity
    }
}

/// The entries of taxonomies that a rule falls under, by taxonomy; empty for a rule that none of them has.
#[must_use]
pub const fn references(rule: Rule) -> &'static [Reference] {
    entry(rule).references
}
