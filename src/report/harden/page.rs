//! What to change first as a page of headed sections: what the text and the Markdown say in common, each with names in its own
//! way.

use super::cuts;
use super::singles;
use crate::analysis::Path;
use crate::graph::{CapabilityGraph, Origin};
use crate::hardening::{By, Hardening};
use crate::model::{NodeId, Plane, Spec};
use crate::report::counts::{counted, thousands};
use crate::report::page::PageStyle;
use crate::report::sentence::{ARROWS, location, one_line};
use crate::report::what_if::closing;

/// Places of a path.
const MOST: usize = 12;

/// Names in a title.
const NAMES: usize = 4;

/// What is said of the method.
const EXACT: &str =
    "exact: smallest cuts by maximum flow, as the derived edges stand; every proposal is recomputed";
const LABELS: &str =
    "the fewest credentials to revoke would be a label cut, which is NP-hard: they are tried one by one";

/// A page. What is in it is markup already, of the style that it was made for.
pub(in crate::report) struct Page {
    pub(in crate::report) title: String,
    /// Sentences under the title.
    pub(in crate::report) figures: Vec<String>,
    pub(in crate::report) sections: Vec<Section>,
    /// What the marks mean, and what was computed how.
    pub(in crate::report) legend: Vec<String>,
}

/// A part of a page.
#[derive(Default)]
pub(in crate::report) struct Section {
    pub(in crate::report) title: String,
    /// What to know before reading the rows.
    pub(in crate::report) notes: Vec<String>,
    /// Heads of the columns, where there are columns.
    pub(in crate::report) heads: Vec<&'static str>,
    pub(in crate::report) rows: Vec<Row>,
    /// Whether its rows are there to be read, and not to be done.
    pub(in crate::report) is_read: bool,
    /// What comes of it.
    pub(in crate::report) after: Vec<String>,
    /// A command to try.
    pub(in crate::report) command: Option<String>,
}

/// One row, and lines that belong to it.
pub(in crate::report) struct Row {
    pub(in crate::report) cells: Vec<String>,
    pub(in crate::report) under: Vec<String>,
}

impl Row {
    pub(in crate::report) fn of(cells: impl IntoIterator<Item = String>) -> Self {
        Self { cells: cells.into_iter().collect(), under: Vec::new() }
    }
}

/// All that there is to say. `again` is the command as it was typed.
pub(super) fn page(hardening: &Hardening<'_>, again: &str, style: PageStyle) -> Page {
    let mut sections = cuts::sections(hardening, again, style);
    sections.extend(singles::chokes(hardening, style));
    sections.extend(singles::effects(hardening, style));
    let (title, figures) = (title(hardening, style), figures(hardening, style));
    Page { title, figures, sections, legend: legend(hardening, style) }
}

/// What is asked.
pub(in crate::report) fn title(hardening: &Hardening<'_>, style: PageStyle) -> String {
    let spec = hardening.graph.spec();
    let (from, to) =
        (group(spec, &hardening.question.from, style), group(spec, &hardening.question.to, style));
    match hardening.question.plane {
        Plane::Influence => format!("Keep {from} from steering {to}"),
        Plane::Exposure => format!("Keep content of {to} from {from}"),
    }
}

/// Some nodes by name; of many the first, and how many more.
pub(in crate::report) fn group(spec: &Spec, nodes: &[NodeId], style: PageStyle) -> String {
    let name = |id: &NodeId| style.name(spec.node_name(*id));
    match nodes {
        [] => "nothing".to_owned(),
        [one] => name(one),
        [all @ .., last] if nodes.len() <= NAMES => {
            format!("{} and {}", all.iter().map(name).collect::<Vec<_>>().join(", "), name(last))
        }
        _ => {
            let first: Vec<String> = nodes.iter().take(NAMES - 1).map(name).collect();
            format!("{} and {} more", first.join(", "), thousands(nodes.len() - first.len()))
        }
    }
}

/// How many pairs are connected, and the best path.
pub(in crate::report) fn figures(hardening: &Hardening<'_>, style: PageStyle) -> Vec<String> {
    let question = &hardening.question;
    let pairs = counted(question.possible(), "pair");
    let open = match hardening.open {
        0 => "none of them open".to_owned(),
        open => format!("{} of them open (no guard has to fail)", thousands(open)),
    };
    let connected = match hardening.connected {
        0 => format!("none of {pairs} connected"),
        connected => format!("{} of {pairs} connected, {open}", thousands(connected)),
    };
    let mut figures = vec![connected];
    if let Some(path) = &hardening.best {
        figures.push(format!(
            "best path: {} ({})",
            style.path(&one_line(hardening.graph, path)),
            locations(hardening.graph, path, style)
        ));
    }
    if !question.both.is_empty() {
        let both = group(hardening.graph.spec(), &question.both, style);
        let counts = if question.both.len() == 1 { "counts" } else { "count" };
        figures.push(format!(
            "named on both sides: {both}; nothing parts a node from itself, so that {} {counts} as held alone",
            if question.both.len() == 1 { "it" } else { "they" }
        ));
    }
    figures
}

/// Where the edges of a path stand: a file's name once for the lines in it that follow one another.
pub(in crate::report) fn locations(graph: &CapabilityGraph, path: &Path, style: PageStyle) -> String {
    let mut file = String::new();
    let mut places: Vec<String> = Vec::new();
    let mut all: Vec<String> = path.hops.iter().map(|hop| location(graph, hop, PageStyle::Text)).collect();
    all.dedup();
    for place in all {
        match place.rsplit_once(':') {
            Some((same, line)) if same == file => places.push(format!(":{line}")),
            Some((other, _)) => {
                file = other.to_owned();
                places.push(place);
            }
            None => places.push(place),
        }
    }
    let more = places.len().saturating_sub(MOST);
    places.truncate(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", style.path(&places.join(" ")))
}

fn legend(hardening: &Hardening<'_>, style: PageStyle) -> Vec<String> {
    let spec = hardening.graph.spec();
    let mut lines: Vec<String> = Vec::new();
    if hardening.pairs() > 0 {
        lines.extend(ARROWS.lines().map(|line| style.ours(line)));
        lines.push(EXACT.to_owned());
        if hardening.graph.edges().iter().any(|edge| is_of_credential(edge.origin)) {
            lines.push(LABELS.to_owned());
        }
    }
    lines.extend(closing(spec, style));
    lines
}

fn is_of_credential(origin: Origin) -> bool {
    matches!(origin, Origin::Key | Origin::Holder(_) | Origin::Outsider(_) | Origin::Insider { .. })
}

/// What is counted: pairs that are connected, or open ones.
pub(super) fn pairs(hardening: &Hardening<'_>, left: usize) -> String {
    let kind = match hardening.question.by {
        By::Edges => "connected",
        By::Guards => "open",
    };
    format!("{} of {} {kind} pairs left", thousands(left), thousands(hardening.pairs()))
}
