//! The sentences of findings are texts as all others are. `Phrase` is what they were called before there was one type.

pub(super) use crate::model::text::{count, phrase};
pub(super) use crate::model::{Piece, Text, Text as Phrase};
