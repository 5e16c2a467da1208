//! A place in the comment: `file:line`, linked where there is something to link to.

use super::Comment;
use crate::compare::Side;
use crate::model::text::phrase;
use crate::model::{Link, Piece, Place, Text};

impl Comment<'_> {
    pub(super) fn link(&self, place: Place) -> Text {
        let joint = self.review.comparison.joint();
        let head = joint.spec(Side::Head);
        let text = head.location(place);
        if joint.side_of(place) == Side::Base {
            return phrase![Piece::Code(text), " in the base"];
        }
        let Some(site) = self.context.link.clone() else { return phrase![Piece::Code(text)] };
        let file = head.files.get(place.file as usize);
        let line_of = |file: &crate::model::SourceFile| file.line_column(place.start as usize).0;
        let (name, line) = file.map(|file| (file.name(), line_of(file))).unwrap_or_default();
        phrase![Piece::Link(Link { text, site, path: name.trim_start_matches("./").to_owned(), line })]
    }
}
