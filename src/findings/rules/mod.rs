//! One file a surface; each function finds what one rule asks for.

mod advisors;
pub(super) mod change;
pub(super) mod contract;
mod credentials;
mod critical;
mod guards;
mod memory;
mod principals;
mod sessions;
mod structure;
mod trifecta;
mod webhooks;

pub(super) use memory::{acting, readers};
pub(super) use sessions::callers;
pub(super) use trifecta::members;

use super::context::RuleContext;
use super::finding::Draft;

/// Finds all that one rule asks for, in declared order.
pub(super) type Find = fn(&RuleContext<'_>) -> Vec<Draft>;

/// All rules, in the order of their ids.
pub(super) const ALL: &[Find] = &[
    trifecta::toxic_flow,
    trifecta::rule_of_two,
    trifecta::web_as_source,
    critical::open_to_untrusted,
    critical::single_guard,
    guards::decorative,
    memory::poisoned,
    memory::unpurgeable,
    memory::across_zones,
    memory::editable_definition,
    sessions::mixed,
    sessions::isolation_undone,
    advisors::unlogged_advice,
    advisors::fed_advisor,
    advisors::steered_grader,
    advisors::grader_loop,
    webhooks::controls,
    webhooks::unsigned,
    credentials::unrevocable_refresh,
    credentials::spreading,
    credentials::broad,
    principals::shared_scope,
    principals::wildcard,
    principals::read_only,
    structure::loops,
    structure::orphan_store,
    structure::unused,
    structure::undeclared_isolation,
    structure::no_nodes,
];
