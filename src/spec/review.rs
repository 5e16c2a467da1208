//! How changes of a spec are judged, as the spec says it: levels of rules and what has been accepted.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::rule::{Level, Rule};
use super::source::Place;
use super::vocabulary::Verb;

/// The `review` block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// The rules that are given another level.
    pub levels: IndexMap<Rule, Setting>,
}

/// A level with the place that gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The level.
    pub level: Level,
    /// Where it stands.
    pub place: Place,
}

impl Review {
    /// The level of a rule: the one that is given, else the rule's own.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Level {
        self.levels.get(&rule).map_or_else(|| rule.default_level(), |setting| setting.level)
    }
}

/// An entry of `accept`: somebody looked at a finding and takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// What is accepted.
    pub what: Accepted,
    /// Why. Never empty.
    pub reason: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it was discussed.
    pub ticket: Option<String>,
    /// The last day on which it holds.
    pub expires: Option<Date>,
    /// Where the entry stands.
    pub place: Place,
}

/// What an acceptance speaks of. Names are as written: what they name may be gone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Accepted {
    /// Everything between two nodes.
    Pair {
        /// What is compromised.
        from: String,
        /// What it reaches.
        to: String,
    },
    /// Everything that one edge causes.
    Edge {
        /// The actor.
        from: String,
        /// What it does.
        verb: Verb,
        /// To whom.
        to: String,
    },
    /// One finding, by its rule and fingerprint.
    Finding {
        /// The rule.
        rule: Rule,
        /// The fingerprint, in lower case.
        hash: String,
    },
}
