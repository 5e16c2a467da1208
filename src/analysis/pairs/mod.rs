//! Which ordered pairs of nodes are connected, in some of the ways that the matrix asks for and behind so many guards at most:
//! the gravest of them, and how many there are. Exact for pairs by the thousand million, because none is asked one by one.
//!
//! A worked example (the test in `gravest.rs`). Three teams, a class each: `red` 00, `blue` 01, `green` 10. `red` writes to `blue`,
//! and `blue` to `green` behind a guard. Which pairs of different teams are connected?
//!
//! ```text
//! the gravest: two classes that differ differ in a bit, so four searches ask for all pairs, each from all of its rows at once
//!   bit 0    from {red, green} to {blue}: (red, blue), no guard      from {blue} to {red, green}: (blue, green), one guard
//!   bit 1    from {red, blue} to {green}: (blue, green), one guard   from {green} to {red, blue}: none
//! their number: the columns are a bit each, carried against the arrows
//!   no guard     blue has {blue}, red {red, blue}, green {green}     pairs, each node by itself left out: 1
//!   one guard    blue has {blue, green}, red all three               pairs: 3
//! ```

mod count;
pub(super) mod ends;
mod gravest;
mod members;

pub use count::RowCount;
pub use gravest::Connection;
pub use members::{Apart, Member, Pairs};
