//! How changes of a spec are judged, as the spec says it: levels of rules and what has been accepted.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::fingerprint::DIGITS;
use super::rule::{Level, Rule};
use super::source::Place;
use super::vocabulary::Verb;

/// The `review` block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
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
    /// That a whole spec of the repository is deleted.
    Spec {
        /// Its path from the root of the repository, parts joined by `/`.
        path: String,
    },
}

/// Why a text names no finding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FindingError {
    /// It is not a rule, a colon and 16 hexadecimal digits.
    #[error("not a rule, a colon and 16 hexadecimal digits")]
    Shape,
    /// The rule is none.
    #[error("there is no rule `{0}`")]
    UnknownRule(String),
}

impl Accepted {
    /// The finding that a text such as `CW001:9f3c2e1a5b7d4c60` names, in letters of either case.
    ///
    /// # Errors
    /// If it has another shape, or no rule has this id or name.
    pub fn finding(text: &str) -> Result<Self, FindingError> {
        let (rule, hash) = text.split_once(':').ok_or(FindingError::Shape)?;
        if hash.len() != DIGITS || !hash.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(FindingError::Shape);
        }
        let rule = Rule::from_text(rule).ok_or_else(|| FindingError::UnknownRule(rule.to_owned()))?;
        Ok(Self::Finding { rule, hash: hash.to_ascii_lowercase() })
    }

    /// The spec that a path from the root of the repository names, a directory with or without a slash at its end. Nothing for a
    /// path that has another spelling: one that leads nowhere would accept nothing, and nobody would know.
    #[must_use]
    pub fn spec(path: &str) -> Option<Self> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let is_part = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('\\');
        path.split('/').all(is_part).then(|| Self::Spec { path: path.to_owned() })
    }
}

/// The day that a text names as YYYY-MM-DD, and in no other way.
#[must_use]
pub fn date_from_text(text: &str) -> Option<Date> {
    // ISO 8601 has more spellings of a day than a reader of a diff should have to know.
    text.parse().ok().filter(|date: &Date| text.len() == 10 && date.to_string() == text)
}
