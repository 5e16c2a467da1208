//! A few numbers → a made-up fleet of any size, as a spec in memory or as YAML. What benches and trials run on.

mod build;
mod draft;
mod mix;
mod order;
mod org;
mod plan;
mod random;
mod secrets;
mod shapes;
mod yaml;

pub use order::Fleet;
pub use plan::{FleetPlan, PlanError, Secrets, Shape};
