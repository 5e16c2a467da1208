//! Ctrl-C while a file is being written: the temporary file beside it is removed, and what was there before stays.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

/// The temporary file or directory that is being written. A process writes one at a time.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// What shells report for a process that Ctrl-C ended: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Keeps a temporary file or directory known for as long as it is being written.
pub(super) struct Unfinished;

impl Unfinished {
    /// Creates a file or directory that is removed if the user interrupts. There is no moment at which it is there and not
    /// known.
    pub(super) fn create<T: AsRef<Path>>(make: impl FnOnce() -> io::Result<T>) -> io::Result<(Self, T)> {
        static HANDLER: Once = Once::new();
        // Where no handler can be set, an interrupt ends the process as it always did.
        HANDLER.call_once(|| drop(ctrlc::set_handler(end)));
        let mut known = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        let made = make()?;
        *known = Some(made.as_ref().to_owned());
        Ok((Self, made))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[expect(clippy::exit, reason = "an interrupt ends the process, whatever its threads do")]
fn end() {
    if let Some(path) = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).take() {
        // It may have been moved into place this very moment; then it is whole.
        let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
    }
    std::process::exit(INTERRUPTED);
}
