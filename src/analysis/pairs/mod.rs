//! Which ordered pairs of nodes are connected, in some of the ways that the matrix asks for and behind so many guards at most:
//! the gravest of them, and how many there are. Exact for pairs by the thousand million, because none is asked one by one.

mod count;
pub(super) mod ends;
mod gravest;
mod members;

pub use count::RowCount;
pub use gravest::Connection;
pub use members::{Apart, Member, Pairs};
