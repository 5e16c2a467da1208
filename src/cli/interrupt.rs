//! Ctrl-C: an unfinished file is removed, what was there before stays, and the terminal is left as it was found.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use indicatif::ProgressBar;

use super::threads;

/// The temporary file or directory that is being written. A process writes one at a time.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// The bar on the terminal. A process shows one at a time.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// What shells report for a process that Ctrl-C ended: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Keeps a temporary file or directory known for as long as it is being written.
pub(super) struct Unfinished;

impl Unfinished {
    /// Creates a file or directory that is removed if the user interrupts. There is no moment at which it is there and not
    /// known.
    pub(super) fn create<T: AsRef<Path>>(make: impl FnOnce() -> io::Result<T>) -> io::Result<(Self, T)> {
        listen();
        let mut known = lock(&UNFINISHED);
        let made = make()?;
        *known = Some(made.as_ref().to_owned());
        Ok((Self, made))
    }
}

/// Has an interrupt heard by a process that waits for others, and has nothing unfinished.
pub(super) fn hear() {
    listen();
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        *lock(&UNFINISHED) = None;
    }
}

/// Has a bar cleared if the user interrupts.
pub(super) fn know_bar(bar: ProgressBar) {
    listen();
    *lock(&BAR) = Some(bar);
}

/// The bar has been cleared.
pub(super) fn forget_bar() {
    *lock(&BAR) = None;
}

/// Hears interrupts from now on. Where no handler can be set, they end the process as they always did; where there is no thread
/// for it, it must not be set: interrupts would be heard by nobody.
fn listen() {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        if threads::can_be_had() {
            drop(ctrlc::set_handler(end));
        }
    });
}

#[expect(clippy::exit, reason = "an interrupt ends the process, whatever its threads do")]
fn end() {
    // Both locks are kept until the process is gone: nothing shows a bar again, and no other file is begun.
    let mut bar = lock(&BAR);
    let mut unfinished = lock(&UNFINISHED);
    if let Some(bar) = bar.take() {
        bar.finish_and_clear();
    }
    if let Some(path) = unfinished.take() {
        // It may have been moved into place this very moment; then it is whole.
        let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
    }
    std::process::exit(INTERRUPTED);
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
