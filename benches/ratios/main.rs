//! Ratios against peers on the same flow graphs, as Markdown. docs/performance.md holds the last result.
//!
//! ```sh
//! cargo bench --bench ratios                                   # all rows
//! cargo bench --bench ratios -- closure-dense diff             # some
//! cargo bench --bench ratios -- --quick                        # a tenth of the size
//! cargo bench --bench ratios -- --write docs/performance.md    # all rows, into the page
//! cargo bench --bench ratios -- --list
//! cargo bench --bench ratios -- --plot docs/pictures         # cost against size: measured, kept as CSV, drawn
//! cargo bench --bench ratios -- --redraw docs/pictures       # drawn from the CSV
//! ```

mod memory;
mod page;
mod plot;
mod race;
mod rows;
#[path = "../support/mod.rs"]
mod support;
#[path = "../peer/mod.rs"]
mod yaml_peer;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use page::{Page, progress};
use rows::{ROWS, Row, Settings};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            progress(&format!("error: {problem}"));
            ExitCode::from(2)
        }
    }
}

fn run() -> std::io::Result<()> {
    // Cargo adds `--bench` to what the user says.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [first, task, arguments @ ..] = words.as_slice()
        && first == memory::CHILD
    {
        rows::child(task, arguments);
        return Ok(());
    }
    let asked = Asked::read(&words).map_err(std::io::Error::other)?;
    if asked.list {
        return ROWS.iter().try_for_each(|(name, _)| writeln!(std::io::stdout(), "{name}"));
    }
    if let Some(folder) = asked.redraw {
        return plot::draw(&folder);
    }
    if let Some(folder) = asked.plot {
        plot::measure(&folder, asked.settings.effort)?;
        return plot::draw(&folder);
    }
    let mut page = Page::begin();
    for (name, row) in asked.rows {
        progress(&format!("measuring {name}"));
        row(asked.settings, &mut page);
    }
    match asked.write {
        Some(path) => page.write(&path),
        None => std::io::stdout().write_all(page.markdown().as_bytes()),
    }
}

/// What the user asks for.
struct Asked {
    rows: Vec<Row>,
    settings: Settings,
    list: bool,
    write: Option<PathBuf>,
    plot: Option<PathBuf>,
    redraw: Option<PathBuf>,
}

impl Asked {
    fn read(words: &[String]) -> Result<Self, String> {
        let mut asked = Self {
            rows: Vec::new(),
            settings: Settings::USUAL,
            list: false,
            write: None,
            plot: None,
            redraw: None,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--quick" => asked.settings = Settings::QUICK,
                "--list" => asked.list = true,
                "--write" => asked.write = Some(words.next().ok_or("--write takes a page")?.into()),
                "--plot" => asked.plot = Some(words.next().ok_or("--plot takes a folder")?.into()),
                "--redraw" => asked.redraw = Some(words.next().ok_or("--redraw takes a folder")?.into()),
                name => {
                    let row = ROWS.iter().find(|(known, _)| *known == name);
                    asked.rows.push(*row.ok_or(format!("there is no row `{name}`; --list names them"))?);
                }
            }
        }
        if asked.write.is_some() && (!asked.rows.is_empty() || asked.settings.smaller > 1) {
            return Err("a page takes all rows at their full size".to_owned());
        }
        if asked.rows.is_empty() {
            asked.rows = ROWS.to_vec();
        }
        Ok(asked)
    }
}
