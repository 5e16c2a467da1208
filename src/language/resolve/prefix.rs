//! How selectors begin.

use crate::model::quoted;

/// What a selector goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Prefix {
    Zone,
    Tag,
    Kind,
    Type,
}

impl Prefix {
    const ALL: [Self; 4] = [Self::Zone, Self::Tag, Self::Kind, Self::Type];

    /// The spelling, with the colon.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Zone => "zone:",
            Self::Tag => "tag:",
            Self::Kind => "kind:",
            Self::Type => "type:",
        }
    }
}

/// The prefixes as they are written.
pub(super) const PREFIXES: &[&str] =
    &[Prefix::Zone.as_str(), Prefix::Tag.as_str(), Prefix::Kind.as_str(), Prefix::Type.as_str()];

/// The prefix of a text that is a selector.
pub(super) fn prefix_of(text: &str) -> Option<Prefix> {
    Prefix::ALL.into_iter().find(|prefix| text.starts_with(prefix.as_str()))
}

/// What a text may have meant that is almost a selector: `tags:x`, `Zone:core`, `kind: agent`.
pub(super) fn looks_like_selector(text: &str) -> Option<String> {
    let (word, rest) = text.split_once(':')?;
    let word = word.trim().to_lowercase();
    let near = |prefix: &Prefix| {
        let name = prefix.as_str().trim_end_matches(':');
        strsim::osa_distance(&word, name) <= 1 || (word.len() < 2 * name.len() && word.starts_with(name))
    };
    let short = word.len() <= 8;
    let prefix = Prefix::ALL.into_iter().find(|prefix| short && near(prefix))?;
    Some(format!("{}{}", prefix.as_str(), quoted(rest.trim())))
}
