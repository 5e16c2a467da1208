//! Lines of the table → Markdown, printed or put between the marks of a page.

use std::fmt::Write as _;
use std::path::Path;

use crate::race::Ratio;
use crate::support::workload::Density;

/// A figure and what it has to reach.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) task: &'static str,
    pub(crate) workload: String,
    /// What was measured.
    pub(crate) measured: String,
    pub(crate) bar: String,
    /// The ratio or figure that is compared.
    pub(crate) figure: String,
    /// The same by processor time, if it is a ratio of times.
    by_processor: String,
    pub(crate) met: bool,
}

impl Line {
    /// A ratio that has to reach a bar.
    pub(crate) fn at_least(
        task: &'static str,
        workload: &str,
        measured: String,
        ratio: Ratio,
        bar: f64,
    ) -> Self {
        Self {
            task,
            workload: workload.to_owned(),
            measured,
            bar: format!("≥ {bar}×"),
            figure: format!("{}×", digits(ratio.wall)),
            by_processor: ratio.processor.map_or_else(String::new, |ratio| format!("{}×", digits(ratio))),
            met: ratio.wall >= bar,
        }
    }

    /// A ratio that must not pass a bar.
    pub(crate) fn at_most(
        task: &'static str,
        workload: &str,
        measured: String,
        ratio: Ratio,
        bar: f64,
    ) -> Self {
        Self {
            bar: format!("≤ {bar}×"),
            met: ratio.wall <= bar,
            ..Self::at_least(task, workload, measured, ratio, bar)
        }
    }

    /// Something that has to hold.
    pub(crate) fn holds(
        task: &'static str,
        workload: &str,
        measured: String,
        figure: String,
        bar: &str,
        met: bool,
    ) -> Self {
        Self {
            task,
            workload: workload.to_owned(),
            measured,
            bar: bar.to_owned(),
            figure,
            by_processor: String::new(),
            met,
        }
    }
}

/// Three digits, and no more.
fn digits(ratio: f64) -> String {
    match ratio {
        ratio if ratio >= 100.0 => format!("{ratio:.0}"),
        ratio if ratio >= 10.0 => format!("{ratio:.1}"),
        ratio => format!("{ratio:.2}"),
    }
}

/// What was measured so far.
#[derive(Debug)]
pub(crate) struct Page {
    /// How busy the machine was before.
    load: Option<f64>,
    lines: Vec<Line>,
    workloads: Vec<(String, Density)>,
}

impl Page {
    /// An empty page; notes how busy the machine is before anything is measured.
    pub(crate) fn begin() -> Self {
        Self { load: load(), lines: Vec::new(), workloads: Vec::new() }
    }

    pub(crate) fn add(&mut self, line: Line) {
        progress(&format!("{} | {}: {} (bar {})", line.task, line.workload, line.figure, line.bar));
        self.lines.push(line);
    }

    pub(crate) fn workload(&mut self, name: &str, density: Density) {
        if !self.workloads.iter().any(|(known, _)| known == name) {
            self.workloads.push((name.to_owned(), density));
        }
    }

    /// Both tables.
    pub(crate) fn markdown(&self) -> String {
        let mut text = format!("{}\n\n", machine(self.load));
        text += "| task | workload | measured | bar | reached | | by processor time |\n|---|---|---|---|---|---|---|\n";
        for line in &self.lines {
            let met = if line.met { "met" } else { "**not met**" };
            let Line { task, workload, measured, bar, figure, by_processor, .. } = line;
            let _ = writeln!(
                text,
                "| {task} | {workload} | {measured} | {bar} | {figure} | {met} | {by_processor} |"
            );
        }
        text +=
            "\nThe workloads, in the influence plane (reach: how many others a node reaches on average):\n\n";
        text += "| workload | nodes | edges | flow nodes | arcs | components | largest | pairs | reach |\n";
        text += "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";
        for (name, of) in &self.workloads {
            let columns = [of.nodes, of.edges, of.flow_nodes, of.arcs, of.components, of.largest];
            let columns: Vec<String> = columns.iter().map(|count| grouped(*count as u64)).collect();
            let (pairs, mean) = (grouped(of.pairs), grouped(of.mean()));
            let _ = writeln!(text, "| {name} | {} | {pairs} | {mean} |", columns.join(" | "));
        }
        text
    }

    /// Puts the tables between the marks of a page.
    pub(crate) fn write(&self, path: &Path) -> std::io::Result<()> {
        const MARKS: [&str; 2] = ["<!-- ratios: begin -->", "<!-- ratios: end -->"];
        let page = std::fs::read_to_string(path)?;
        let (before, rest) = page.split_once(MARKS[0]).ok_or_else(|| unmarked(MARKS[0]))?;
        let (_, after) = rest.split_once(MARKS[1]).ok_or_else(|| unmarked(MARKS[1]))?;
        std::fs::write(path, format!("{before}{}\n\n{}\n{}{after}", MARKS[0], self.markdown(), MARKS[1]))
    }
}

fn unmarked(mark: &str) -> std::io::Error {
    std::io::Error::other(format!("the page has no `{mark}`"))
}

/// Says on the standard error what goes on.
pub(crate) fn progress(text: &str) {
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{text}\n").as_bytes());
}

/// `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How busy the machine was before: what runs beside a measurement slows long runs down and short ones hardly.
fn load() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

/// On what it was measured.
fn machine(load: Option<f64>) -> String {
    let processor = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        line.split_once(": ").map(|(_, name)| name.to_owned())
    });
    let rustc = std::process::Command::new("rustc").arg("--version").output().ok();
    let rustc = rustc.and_then(|output| String::from_utf8(output.stdout).ok());
    let busy = load.filter(|load| *load > 0.5).map_or_else(String::new, |load| {
        format!(
            "; **measured on a busy machine (load {load}): ratios of long runs to short ones say little**"
        )
    });
    let threads = rayon::current_num_threads();
    format!(
        "{}, {threads} threads, {}/{}, {}{busy}",
        processor.as_deref().unwrap_or("unknown processor"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        rustc.as_deref().map_or("unknown rustc", str::trim),
    )
}
