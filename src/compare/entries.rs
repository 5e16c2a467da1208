//! What a side declares beside its topology: its acceptances and its contracts, by where they stand.

use super::joint::Side;
use crate::model::{Acceptance, SourceFile};

/// An acceptance, by the side it stands on and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcceptanceId {
    /// The side.
    pub side: Side,
    /// The position among the side's acceptances.
    pub position: usize,
}

/// A contract, by the side it stands on and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContractId {
    /// The side.
    pub side: Side,
    /// The position among the side's contracts.
    pub position: usize,
}

/// An entry of `accept` by which a spec may be deleted, with the file that it stands in.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AcceptedDeletion {
    /// The entry. Its place is one of `file`, whatever the number in it.
    pub acceptance: Acceptance,
    /// The file that holds it.
    pub file: SourceFile,
}
