//! Work with a bounded stack and a bounded peak of memory, in a process of its own.

/// Runs work on a thread with a 2 MB stack, and what it spawns on threads with as much.
fn on_a_small_stack(work: impl FnOnce() + Send) {
    const STACK: usize = 2 << 20;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(STACK).build().expect("threads");
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        let thread = builder.spawn_scoped(scope, || pool.install(work)).expect("a thread");
        thread.join().expect("the work holds");
    });
}

/// Runs the work of the test with this name on small stacks and asserts its peak of memory, where the system tells one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn in_megabytes(_most: u64, _test: &str, work: impl FnOnce() + Send) {
    on_a_small_stack(work);
}

/// Runs the work of the test with this name on small stacks, in a process of its own, and asserts its peak of memory.
///
/// The process is this same test once more: it finds its name in the environment, does the work and says what it took.
#[cfg(target_os = "linux")]
#[expect(
    clippy::print_stdout,
    reason = "the process that does the work answers so; the figure is for whoever asks for it"
)]
pub(crate) fn in_megabytes(most: u64, test: &str, work: impl FnOnce() + Send) {
    const NAME: &str = "CRABWALK_BOUNDED_TEST";
    if std::env::var(NAME).is_ok_and(|name| name == test) {
        on_a_small_stack(work);
        println!("peak {} kB", peak());
        return;
    }
    let output = std::process::Command::new(std::env::current_exe().expect("a test is a program"))
        .args([test, "--exact", "--nocapture", "--include-ignored"])
        .env(NAME, test)
        .output()
        .expect("the program starts");
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{test}: {}\n{said}\n{complained}", output.status);
    let line = said.lines().find_map(|line| line.strip_prefix("peak ")?.strip_suffix(" kB"));
    let megabytes = line.and_then(|peak| peak.parse::<u64>().ok()).expect("it says its peak") / 1024;
    println!("{test}: {megabytes} MB of {most}");
    assert!(megabytes <= most, "{test} took {megabytes} MB, and {most} should do");
}

/// The most memory that this process has had, in kilobytes, as the kernel counts it.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("every process has one");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("with its peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
