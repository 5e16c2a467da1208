//! Positions in a spec.

/// Declares one index newtype over `u32`: a position in the order of the document, cheap to copy, impossible to mix up.
macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The index for a position.
            ///
            /// # Panics
            /// If the position does not fit 32 bits: a spec has fewer nodes than that by far.
            #[must_use]
            pub fn new(position: usize) -> Self {
                Self(u32::try_from(position).expect("fewer than 2^32 items"))
            }

            /// The position that this index names.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

pub(crate) use index_type;

index_type! {
    /// A node, by its position in [`Spec::nodes`](super::Spec::nodes).
    NodeId
}
index_type! {
    /// A trust zone, by its position in [`Spec::zones`](super::Spec::zones): a larger id is a more trusted zone.
    ZoneId
}
index_type! {
    /// A guard, by its position in [`Spec::guards`](super::Spec::guards).
    GuardId
}
