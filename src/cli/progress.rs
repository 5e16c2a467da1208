//! A bar on the terminal while work is long. Nothing of it reaches a file or a pipe, and nothing of it stays.

use std::io::IsTerminal as _;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::global::GlobalArgs;
use super::interrupt;
use crate::analysis::Progress;

/// Work that is done sooner shows nothing.
const SILENT: Duration = Duration::from_millis(500);
/// How often the bar moves by itself.
const TICK: Duration = Duration::from_millis(200);

/// A bar that lives as long as the work.
pub(super) struct Bar {
    /// Nothing where nobody would see it.
    shown: Option<Shown>,
}

struct Shown {
    bar: ProgressBar,
    over: Arc<Over>,
    /// Waits until the work has become long, and moves the bar then.
    timer: Option<JoinHandle<()>>,
}

/// Whether the work is over, for the timer to wait on.
#[derive(Default)]
struct Over {
    flag: Mutex<bool>,
    changed: Condvar,
}

impl Bar {
    /// Begins work that is called `what`. It shows when it takes longer than half a second: on a terminal, unless `--quiet`.
    pub(super) fn start(global: &GlobalArgs, what: &'static str) -> Self {
        Self { shown: (!global.quiet && std::io::stderr().is_terminal()).then(|| Shown::start(what)) }
    }

    /// As [`Self::start`], for work that writes as it goes: a terminal would get both mixed.
    pub(super) fn start_beside(global: &GlobalArgs, what: &'static str, to_stdout: bool) -> Self {
        if to_stdout && std::io::stdout().is_terminal() {
            Self { shown: None }
        } else {
            Self::start(global, what)
        }
    }
}

impl Progress for Bar {
    fn advance(&self, done: usize, of: usize) {
        if let Some(Shown { bar, .. }) = &self.shown {
            if bar.length().is_none() {
                style(bar, "{spinner} {msg}  {wide_bar}  {percent}%  {elapsed}");
            }
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }
    }
}

impl Shown {
    fn start(what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        style(&bar, "{spinner} {msg}  {elapsed}");
        bar.set_message(what);
        let over = Arc::new(Over::default());
        let (shown, ends) = (bar.clone(), Arc::clone(&over));
        // Where no thread can be had there is no bar.
        let timer = thread::Builder::new().spawn(move || show(&shown, &ends)).ok();
        Self { bar, over, timer }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.over.tell();
        // Once the timer is gone nothing can show the bar again.
        drop(self.timer.take().map(JoinHandle::join));
        interrupt::forget_bar();
        self.bar.finish_and_clear();
    }
}

impl Over {
    fn tell(&self) {
        *self.flag.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    fn comes_within(&self, time: Duration) -> bool {
        let flag = self.flag.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(flag, time, |over| !*over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Shows the bar when the work has become long, and moves it until it is over.
fn show(bar: &ProgressBar, over: &Over) {
    if over.comes_within(SILENT) {
        return;
    }
    interrupt::know_bar(bar.clone());
    bar.set_draw_target(ProgressDrawTarget::stderr());
    while !over.comes_within(TICK) {
        bar.tick();
    }
}

fn style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}
