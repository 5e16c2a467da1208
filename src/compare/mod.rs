//! Two topologies → everything that differs between them, and which line did it.

mod attribute;
mod cause;
mod change;
mod closure;
mod comparison;
mod delta;
mod effect;
mod explain;
mod figures;
mod head_matrix;
mod incremental;
mod joint;
mod new_targets;
mod overlay;
mod partial;
mod reached;
mod rebuild;
mod route;
mod tally;

pub use attribute::Attribute;
pub use cause::{Cause, CauseId};
pub(crate) use change::edge_of;
pub use change::{Change, ChangeId, What};
pub use comparison::{Comparison, Count, NewLoop};
pub use delta::{Delta, Kind, Reach};
pub use effect::Effect;
pub use figures::Figures;
pub use joint::{AcceptanceId, AcceptedDeletion, ContractId, Joint, Presence, Side};
pub use new_targets::Gained;
pub use overlay::{Overlay, Refusal};
pub use route::{BareRoute, Route, RouteHop, Routes};
pub use tally::Tally;
