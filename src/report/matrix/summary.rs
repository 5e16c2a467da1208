//! A fleet that is too large for a matrix, in a page: how zones reach one another, the widest blast radii, who is most exposed.

use anstyle::Style;

use crate::analysis::{Exposed, FleetSummary, Widest, ZonePair};
use crate::graph::CapabilityGraph;
use crate::model::{NodeId, Spec, ZoneId};
use crate::report::columns::{Glyphs, Painted, pad, pad_left, shorten, trim_lines, width, wrap};
use crate::report::counts::{counted, size_of, thousands};
use crate::report::name::visible;
use crate::report::style::{DIM, ESCALATION, STRONG, ZONE, paint};
use crate::report::what_if::closing_text;

/// A name in a ranking takes at most this many columns.
const NAME: usize = 28;
/// And at least as many as this where it is shortened.
const LEAST_NAME: usize = 12;
/// A zone's name in a table takes at most this many.
const ZONE_NAME: usize = 14;
/// Members of the largest loop that are named.
const MEMBERS: usize = 3;
/// Where there is no limit, tables are broken at this width.
const PAGE: usize = 100;

/// The summary as a page of its own. `width` is how many columns there is room for.
#[must_use]
pub fn fleet_summary(
    graph: &CapabilityGraph,
    summary: &FleetSummary,
    width: Option<usize>,
    ascii: bool,
) -> String {
    let body = summary_lines(graph, summary, width, ascii);
    trim_lines(&format!("{body}{}\n", closing_text(graph.spec())))
}

/// All of the summary but the last line.
pub(super) fn summary_lines(
    graph: &CapabilityGraph,
    summary: &FleetSummary,
    width: Option<usize>,
    ascii: bool,
) -> String {
    let page = Page { graph, summary, width: width.unwrap_or(PAGE), glyphs: Glyphs::choose(ascii) };
    let parts = [page.head(), page.zones(), page.widest(), page.exposed(), page.loops(), page.narrower()];
    let mut text = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        text += &part;
        text.push('\n');
    }
    text.pop();
    text
}

struct Page<'p> {
    graph: &'p CapabilityGraph,
    summary: &'p FleetSummary,
    width: usize,
    glyphs: Glyphs,
}

impl Page<'_> {
    fn spec(&self) -> &Spec {
        self.graph.spec()
    }

    fn head(&self) -> String {
        let summary = self.summary;
        let mut line = format!(
            "{} of {} open ({}), {} more behind a guard",
            thousands(summary.open),
            counted(summary.pairs, "pair"),
            share(summary.open, summary.pairs),
            thousands(summary.any - summary.open)
        );
        if !self.spec().zones.is_empty() {
            line += &format!(", {} open into a more trusted zone", thousands(summary.escalations));
        }
        let line = wrap(Style::new(), &line, self.width);
        format!("{}: {}\n{line}", paint(STRONG, &visible(&self.spec().name)), size_of(self.graph))
    }

    /// Zones over zones. More zones than fit go into a table of their own below.
    fn zones(&self) -> String {
        let groups: Vec<usize> =
            (0..=self.spec().zones.len()).filter(|group| self.is_reached(*group)).collect();
        if self.spec().zones.is_empty() || groups.is_empty() {
            return String::new();
        }
        let label = self.zone_names().map(|name| width(&name)).max().unwrap_or(0).max("from".len());
        let cell = groups.iter().map(|group| width(&self.group_name(*group))).max().unwrap_or(0).max(10);
        let room = self.width.saturating_sub(label + 9) / (cell + 2);
        let mut text = format!("{}\n\n", paint(STRONG, "Zone to zone: share of pairs open (fewest hops)"));
        for (place, part) in groups.chunks(room.max(1)).enumerate() {
            if place > 0 {
                text.push('\n');
            }
            text += &self.zone_table(part, label, cell);
        }
        text
    }

    fn zone_table(&self, groups: &[usize], label: usize, cell: usize) -> String {
        let heads = groups.iter().map(|group| format!("  {}", pad_left(&self.group_name(*group), cell)));
        let head = format!("{}    nodes{}", pad("from", label), heads.collect::<String>());
        let mut text = format!("{}\n", paint(ZONE, &head));
        for (zone, count, pairs) in self.summary.zones.iter().filter(|(_, count, _)| *count > 0) {
            let from = zone.map_or(self.spec().zones.len(), ZoneId::index);
            let cells = groups.iter().map(|to| self.zone_cell(from, *to, pairs[*to], cell));
            let name = pad(&self.group_name(from), label);
            text += &format!("{name}{}{}\n", pad_left(&thousands(*count), 9), cells.collect::<String>());
        }
        text
    }

    fn zone_cell(&self, from: usize, to: usize, pair: ZonePair, cell: usize) -> String {
        if pair.open == 0 {
            let mark = if pair.pairs == 0 { "" } else { self.glyphs.nothing };
            return format!("  {}", paint(DIM, &pad_left(mark, cell)));
        }
        let text = format!("{} ({})", share(pair.open, pair.pairs), pair.fewest_hops);
        let text = format!("  {}", pad_left(&text, cell));
        let zones = &self.spec().zones;
        let trust = |group: usize| zones.get_index(group).map(|(_, zone)| zone.trust);
        let escalation = matches!((trust(from), trust(to)), (Some(low), Some(high)) if high > low);
        if escalation { paint(ESCALATION, &text) } else { text }
    }

    /// Whether anybody asked about reaching a zone.
    fn is_reached(&self, group: usize) -> bool {
        self.summary.zones.iter().any(|(_, _, pairs)| pairs[group].pairs > 0)
    }

    fn group_name(&self, group: usize) -> String {
        let name = self
            .spec()
            .zones
            .get_index(group)
            .map_or_else(|| "no zone".to_owned(), |(name, _)| visible(name));
        shorten(&name, ZONE_NAME, self.glyphs.cut)
    }

    fn zone_names(&self) -> impl Iterator<Item = String> + '_ {
        (0..=self.spec().zones.len()).map(|group| self.group_name(group))
    }

    fn widest(&self) -> String {
        let ranking = &self.summary.widest;
        let title = format!("Widest blast radius (top {})", ranking.len());
        let hop =
            ranking.iter().flat_map(|entry| entry.by_hop).max().unwrap_or(0).to_string().len().max(4) + 1;
        let figures = 17 + 8 + 5 * hop;
        let Some(names) = Names::of(self, ranking.iter().map(|entry| entry.node), &title, figures) else {
            return String::new();
        };
        let hops = row_of(["1", "2", "3", "4", "5+"], hop);
        let head = format!("  reaches  escal.  at hop{hops}");
        let mut text = format!("{}{}\n", paint(STRONG, &pad(&title, names.width())), paint(DIM, &head));
        for entry in ranking {
            text += &format!("{}{}\n", names.line(self, entry.node), widest_figures(entry, hop));
        }
        text
    }

    fn exposed(&self) -> String {
        let ranking = &self.summary.exposed;
        let zone = ranking.first().and_then(|entry| self.spec().node(entry.node).zone);
        let zone = zone.map_or_else(String::new, |zone| format!(" in {}", self.group_name(zone.index())));
        let title = format!("Most exposed{zone} (top {})", ranking.len());
        // The nearest node's name has the rest of the line.
        let Some(names) = Names::of(self, ranking.iter().map(|entry| entry.node), &title, 50) else {
            return String::new();
        };
        let nearest = if self.spec().zones.is_empty() { "" } else { "  nearest less trusted node" };
        let head = format!("  reached by{nearest}");
        let mut text = format!("{}{}\n", paint(STRONG, &pad(&title, names.width())), paint(DIM, &head));
        for entry in ranking {
            let count = pad_left(&thousands(entry.reached_by), 12);
            let room = self.width.saturating_sub(names.width() + 14);
            text += &format!("{}{count}  {}\n", names.line(self, entry.node), self.nearest(entry, room));
        }
        text
    }

    fn nearest(&self, entry: &Exposed, room: usize) -> String {
        let Some((node, hops)) = entry.nearest else { return String::new() };
        let zone = self.spec().node(node).zone.map_or(self.spec().zones.len(), ZoneId::index);
        let rest = format!(" ({}), {}", self.group_name(zone), counted(hops as usize, "hop"));
        let room = room.saturating_sub(width(&rest)).clamp(LEAST_NAME, NAME);
        format!("{}{rest}", self.name(node, room))
    }

    fn name(&self, node: NodeId, limit: usize) -> String {
        shorten(&visible(self.spec().node_name(node)), limit, self.glyphs.cut)
    }

    fn loops(&self) -> String {
        let Some(largest) = self.summary.loops.first() else { return String::new() };
        let named: Vec<String> = largest.iter().take(MEMBERS).map(|node| self.name(*node, NAME)).collect();
        let more = if largest.len() > MEMBERS { ", ..." } else { "" };
        let line = format!(
            "{}, largest {}: {}{more}",
            thousands(self.summary.loops.len()),
            counted(largest.len(), "node"),
            named.join(", ")
        );
        wrap(Style::new(), &format!("Loops (taint one, taint all): {line}"), self.width)
    }

    fn narrower(&self) -> String {
        let zone = if self.spec().zones.is_empty() { "" } else { "--zone ZONE, " };
        format!("Narrow it: {zone}--from NODE, --to NODE\nor write a file: -f csv -o pairs.csv\n")
    }
}

/// The two columns of names in a ranking.
struct Names {
    name: usize,
    zone: usize,
    title: usize,
}

impl Names {
    /// How wide they are beside `figures` columns; nothing if the ranking is empty.
    fn of(
        page: &Page<'_>,
        nodes: impl Iterator<Item = NodeId> + Clone,
        title: &str,
        figures: usize,
    ) -> Option<Self> {
        let zone = nodes.clone().map(|node| width(&zone_of(page, node))).max()?;
        let room = page.width.saturating_sub(figures + 4 + zone).clamp(LEAST_NAME, NAME);
        let name = nodes.map(|node| width(&page.name(node, room))).max()?;
        Some(Self { name, zone, title: width(title) })
    }

    fn width(&self) -> usize {
        self.title.max(2 + self.name + 2 + self.zone)
    }

    fn line(&self, page: &Page<'_>, node: NodeId) -> String {
        let mut piece = Painted::plain(&format!("  {}  ", pad(&page.name(node, self.name), self.name)));
        piece.push(&Painted::styled(ZONE, &zone_of(page, node)));
        piece.padded(self.width()).painted
    }
}

fn zone_of(page: &Page<'_>, node: NodeId) -> String {
    page.spec().node(node).zone.map_or_else(String::new, |zone| page.group_name(zone.index()))
}

fn widest_figures(entry: &Widest, hop: usize) -> String {
    let hops = row_of(entry.by_hop.map(|count| count.to_string()), hop);
    let escalations = pad_left(&thousands(entry.escalations), 8);
    let escalations = if entry.escalations > 0 { paint(ESCALATION, &escalations) } else { escalations };
    format!("{}{escalations}        {hops}", pad_left(&thousands(entry.reaches), 9))
}

/// Five figures, right-aligned in columns of this width.
fn row_of<T: AsRef<str>>(figures: [T; 5], column: usize) -> String {
    figures.iter().map(|figure| pad_left(figure.as_ref(), column)).collect()
}

/// A share in per cent that is 0% and 100% only if it is nothing and all.
fn share(part: usize, of: usize) -> String {
    let percent = if of == 0 { 0 } else { (part * 200 + of) / (of * 2) };
    match percent {
        0 if part > 0 => "<1%".to_owned(),
        100 if part < of => "99%".to_owned(),
        _ => format!("{percent}%"),
    }
}
