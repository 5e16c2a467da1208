//! Two topologies → everything that differs between them, and which line did it.

mod attribute;
mod cause;
mod cause_sets;
mod change;
mod change_index;
mod closure;
mod comparison;
mod counts;
mod delta;
mod entries;
mod incremental;
mod joint;
mod new_targets;
mod overlay;
mod partial;
mod reached;
mod rebuild;
mod rename;
mod route;

pub use attribute::Attribute;
pub use cause::{Cause, CauseId};
pub(crate) use change::edge_of;
pub use change::{Change, ChangeId, Effect, What};
pub use comparison::{Comparison, NewLoop, Refusal};
pub use counts::Count;
pub use delta::{Delta, Kind, Reach};
pub use entries::{AcceptanceId, AcceptedDeletion, ContractId};
pub use joint::{Joint, Presence, Side};
pub use new_targets::Gained;
pub use overlay::Overlay;
pub use route::{BareRoute, Route, RouteHop, Routes};
