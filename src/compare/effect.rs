//! What a change can do to paths: nothing, open them, close them, or both.

/// What a change can do to paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// Nothing: no flow depends on it.
    None,
    /// It opens paths or makes them cheaper, and never the opposite.
    Opens,
    /// It closes paths or makes them dearer, and never the opposite.
    Closes,
    /// Either.
    Both,
}

impl Effect {
    /// Whether it can open paths or make them cheaper.
    #[must_use]
    pub fn opens(self) -> bool {
        matches!(self, Self::Opens | Self::Both)
    }

    /// Whether it can close paths or make them dearer.
    #[must_use]
    pub fn closes(self) -> bool {
        matches!(self, Self::Closes | Self::Both)
    }

    /// What it is to have more (or less, or other things) of what opens.
    pub(super) fn of(gains: bool, loses: bool) -> Self {
        match (gains, loses) {
            (false, false) => Self::None,
            (true, false) => Self::Opens,
            (false, true) => Self::Closes,
            (true, true) => Self::Both,
        }
    }
}
