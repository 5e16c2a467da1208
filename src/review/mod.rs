//! Two topologies → what the change between them opens and closes, which line did it, and whether it may land.

mod acceptance;
mod attribute;
mod cause;
mod change;
mod change_index;
mod closure;
mod comparison;
mod counts;
mod delta;
mod finding;
mod fingerprint;
mod gained;
mod gate;
mod hybrid;
mod joint;
mod labels;
mod landed;
mod rename;
mod route;
mod weakened;

pub use acceptance::{AcceptFrom, Entry, Standing};
pub use attribute::Attribute;
pub use cause::{Cause, CauseId};
pub use change::{Change, ChangeId, Effect, What};
pub use closure::Question;
pub use comparison::{Comparison, NewLoop, Refusal};
pub use counts::Count;
pub use delta::{Delta, Kind, Reach};
pub use finding::{About, Finding, Pair};
pub use fingerprint::edge_fingerprint;
pub use gained::Gained;
pub use gate::{Policy, Review};
pub use joint::{Joint, Presence, Side};
pub use labels::Labels;
pub use route::{BareRoute, Route, RouteHop, Routes};
