//! `--jobs` → the threads that work goes to. The calling thread is one of them, and where the system gives fewer than were asked
//! for, work goes on with those there are: the answer is the same.

use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use super::error::CliError;
use super::global::GlobalArgs;

/// Sets the threads of the whole process up: as many as were asked for, or one a core.
pub(super) fn start(jobs: Option<u16>, global: &GlobalArgs) -> Result<(), CliError> {
    let wanted = jobs.map_or_else(one_a_core, usize::from);
    let helpers = helpers(wanted - 1, |work| thread::Builder::new().spawn(work).map(drop));
    let missing = wanted - 1 - helpers.len();
    if global.verbose && missing > 0 {
        global.note(&format!("threads that the system does not give: {missing}"));
    }
    pool(helpers.len()).spawn_handler(handing_to(helpers)).build_global().map_err(|problem| {
        CliError::usage(format!("cannot work in threads: {problem}"), "this is a fault of the program")
    })
}

/// Whether the system gives a thread at all.
pub(super) fn can_be_had() -> bool {
    thread::Builder::new().spawn(|| {}).is_ok_and(|thread| thread.join().is_ok())
}

/// What rayon takes where nothing is said.
fn one_a_core() -> usize {
    let said = std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok());
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    said.filter(|number| *number > 0).unwrap_or_else(cores)
}

/// Starts threads that wait for what they are to do, as many as can be had. Rayon's own pool of the process could not be asked for a
/// second time if one of its threads did not start.
fn helpers(
    wanted: usize,
    mut spawn: impl FnMut(Box<dyn FnOnce() + Send>) -> io::Result<()>,
) -> Vec<Sender<ThreadBuilder>> {
    let start = |_| {
        let (sender, receiver) = channel::<ThreadBuilder>();
        spawn(Box::new(move || receiver.into_iter().for_each(ThreadBuilder::run))).ok().map(|()| sender)
    };
    (0..wanted).map_while(start).collect()
}

/// A pool of so many threads and the calling one.
fn pool(helpers: usize) -> ThreadPoolBuilder {
    ThreadPoolBuilder::new().num_threads(helpers + 1).use_current_thread()
}

/// Gives each worker of a pool to a thread that waits.
fn handing_to(mut helpers: Vec<Sender<ThreadBuilder>>) -> impl FnMut(ThreadBuilder) -> io::Result<()> {
    move |worker| {
        let helper = helpers.pop().ok_or(io::ErrorKind::WouldBlock)?;
        helper.send(worker).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    /// With how many threads of four work is done where so many more can be had, and what comes out.
    fn with(available: usize) -> (usize, u64) {
        let work = move || {
            let mut left = available;
            let helpers = helpers(3, |work| {
                left = left.checked_sub(1).ok_or(io::ErrorKind::WouldBlock)?;
                thread::Builder::new().spawn(work).map(drop)
            });
            let pool = pool(helpers.len()).spawn_handler(handing_to(helpers)).build();
            let pool = pool.expect("the calling thread is there");
            let sum = pool.install(|| {
                let (one, other) = rayon::join(|| (0..1_000_u64).into_par_iter().sum::<u64>(), || 1);
                rayon::in_place_scope(|scope| scope.spawn(|_| {}));
                one + other
            });
            (pool.current_num_threads(), sum)
        };
        thread::spawn(work).join().expect("no panic")
    }

    #[test]
    fn work_is_done_with_the_threads_there_are() {
        for (available, threads) in [(0, 1), (1, 2), (3, 4), (9, 4)] {
            assert_eq!(with(available), (threads, 499_501), "{available}");
        }
    }
}
