//! What a change opens, in Mermaid: for the comment on a pull request, where the picture has to be small and fit either theme.

use super::focus::{Focus, Line, State};
use super::mermaid::{Chart, Detail, link_label};
use super::node;
use super::options::{MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES};
use super::palette::{Palette, Theme};
use super::topology::zones;
use crate::report::escape::mermaid;
use crate::report::review::Context;
use crate::report::review::words::verdict;
use crate::review::{Review, Side};
use crate::spec::NodeId;

/// Draws the paths that a change opens, in Mermaid: always within what Mermaid takes. Of paths that are too many the gravest are
/// kept, and the rest are counted.
#[must_use]
pub fn mermaid_review(review: &Review, context: &Context) -> String {
    let title = format!("{} → {}: {}", context.base, context.head, verdict(review));
    let mut most = MAX_MERMAID_EDGES;
    loop {
        let chart = draw(&Focus::of(review, most), &title);
        if most == 0 || chart.chars().count() <= MAX_MERMAID_CHARACTERS {
            return chart;
        }
        most /= 2;
    }
}

/// The picture of a comment with how many lines it has; nothing where there is nothing to draw, or too much for a comment.
pub(in crate::report) fn mermaid_comment(review: &Review, most_lines: usize) -> Option<String> {
    let focus = Focus::of(review, most_lines);
    let fits = !focus.lines.is_empty() && focus.left_out == 0;
    fits.then(|| draw(&focus, ""))
}

fn draw(focus: &Focus<'_>, title: &str) -> String {
    let spec = focus.comparison.joint().spec(Side::Head);
    let palette = Theme::Light.palette();
    let nodes = focus.nodes();
    let mut chart = Chart::new("LR", title);
    for zone in zones(focus.graph(Side::Head), &nodes) {
        if let Some(zone) = zone {
            chart.line(&format!("  subgraph z{}[\"{}\"]", zone.index(), mermaid(spec.zone_name(zone))));
            chart.styles.push(format!("style z{} fill:none,stroke:{}", zone.index(), palette.faint));
        }
        for &node in nodes.iter().filter(|node| spec.node(**node).zone == zone) {
            chart.node(spec, node, &focus.words(node), Some(class(focus, node)));
        }
        if zone.is_some() {
            chart.line("  end");
        }
    }
    for line in &focus.lines {
        draw_line(&mut chart, focus, line, palette);
    }
    for (name, style) in classes(palette) {
        chart.class(name, &style, nodes.iter().any(|node| class(focus, *node) == name));
    }
    for note in focus.not_drawn() {
        chart.comment(&note);
    }
    chart.text()
}

fn draw_line(chart: &mut Chart, focus: &Focus<'_>, line: &Line, palette: &Palette) {
    let spec = focus.comparison.joint().spec(Side::Head);
    let link = focus.link(line);
    let words = link_label(spec, &link, Detail::Flow);
    let (sign, arrow, width) = match line.state {
        State::Same if link.is_derived() => ("", "-.->", "2px"),
        State::Same => ("", "-->", "2px"),
        State::Added => ("+ ", "==>", "4px"),
        State::Changed => ("± ", "==>", "4px"),
        State::Removed => ("− ", "-.->", "2px"),
    };
    let style = format!("stroke:{},stroke-width:{width}", palette.taint);
    chart.flow(&node::id(line.from), arrow, &format!("{sign}{words}"), &node::id(line.to), &style);
}

fn class(focus: &Focus<'_>, node: NodeId) -> &'static str {
    match () {
        () if focus.opened.contains(&node) => "opened",
        () if focus.gaining.contains(&node) => "gains",
        () => "same",
    }
}

fn classes(palette: &Palette) -> [(&'static str, String); 3] {
    let of = |fill: &str, text: &str, stroke: &str, width: &str| {
        format!("fill:{fill},color:{text},stroke:{stroke},stroke-width:{width}")
    };
    [
        ("opened", of(palette.by_hop[2], palette.ink, palette.taint, "3px")),
        ("gains", of(palette.page, palette.ink, palette.taint, "2px")),
        ("same", of(palette.page, palette.line, palette.faint, "1px")),
    ]
}
