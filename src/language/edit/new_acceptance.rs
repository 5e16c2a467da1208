//! What is entered under `accept`.

use jiff::civil::Date;

use crate::model::Accepted;

/// An acceptance to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAcceptance {
    /// What is accepted.
    pub what: Accepted,
    /// Why. Blanks around it are left out.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it was discussed.
    pub ticket: Option<String>,
    /// The last day on which it holds.
    pub expires: Option<Date>,
}
