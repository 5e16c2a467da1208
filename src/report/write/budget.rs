//! Parts of a page, those that matter most first → a page that is short enough as Markdown. How long a part is, its writer is asked.

use super::markdown::length;
use crate::model::Text;
use crate::report::document::{Block, Document};

/// A page that grows as long as there is room. It counts bytes, and so never too few characters.
pub(in crate::report) struct Budget<'s> {
    page: Document<'s>,
    used: usize,
}

impl<'s> Budget<'s> {
    /// A page as it stands.
    pub(in crate::report) fn of(page: Document<'s>) -> Self {
        let used = length(&page);
        Self { page, used }
    }

    /// How long the page is so far.
    pub(in crate::report) fn used(&self) -> usize {
        self.used
    }

    /// How long some blocks are.
    pub(in crate::report) fn measured(&self, blocks: Vec<Block>) -> (usize, Vec<Block>) {
        let part = Document::new(self.page.names, self.page.level, Text::default());
        let part = Document { blocks, ..part };
        (length(&part), part.blocks)
    }

    /// Puts blocks on the page, whatever there is room for.
    pub(in crate::report) fn put(&mut self, blocks: Vec<Block>) {
        let (length, blocks) = self.measured(blocks);
        self.used += length;
        self.page.blocks.extend(blocks);
    }

    /// Puts the first of some versions on the page with which it is at most so long, and says whether there is one. A later part may
    /// fit where this one does not.
    pub(in crate::report) fn put_within(
        &mut self,
        most: usize,
        versions: impl IntoIterator<Item = Vec<Block>>,
    ) -> bool {
        for blocks in versions {
            let (length, blocks) = self.measured(blocks);
            if self.used + length <= most {
                self.used += length;
                self.page.blocks.extend(blocks);
                return true;
            }
        }
        false
    }

    /// The page.
    pub(in crate::report) fn page(self) -> Document<'s> {
        self.page
    }
}
