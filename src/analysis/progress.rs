//! How far a long analysis has come, told to whoever wants to show it. It never changes an answer.

/// Hears how far work has come. It is asked from many threads, so it must be cheap.
pub trait Progress: Sync {
    /// So many parts of so many are done. Neither order nor every part is promised.
    fn advance(&self, done: usize, of: usize);
}

/// Shows nothing.
impl Progress for () {
    fn advance(&self, _done: usize, _of: usize) {}
}
