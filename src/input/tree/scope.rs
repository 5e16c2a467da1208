//! How far specs are looked for.

/// How far around a directory its specs are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::input) enum Scope {
    /// In the directory itself: what is meant where nobody names anything.
    Siblings,
    /// In it and below it: what is meant where somebody names it.
    Below,
}
