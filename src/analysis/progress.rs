//! How long work tells how far it has come.

/// Told by long work how far it has come, from whatever thread it runs on.
pub trait Progress: Sync {
    /// `done` of `of` steps are done. Steps are what the work counts in: blocks, rows, sources.
    fn advance(&self, done: usize, of: usize);
}

/// Nobody asks.
impl Progress for () {
    fn advance(&self, _done: usize, _of: usize) {}
}
