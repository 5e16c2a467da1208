//! What a change opens, in Mermaid: for the comment on a pull request, where the picture has to be small and fit either theme.

use super::focus::{Fate, Focus, Line, Most, State};
use super::mermaid::{Chart, Detail, bordered, link_label};
use super::node;
use super::options::{MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES};
use super::palette::{Palette, Theme};
use crate::findings::Review;
use crate::model::NodeId;
use crate::report::name::visible;
use crate::report::review::Context;
use crate::report::review::words::verdict;
use crate::report::what_if::what_if_sides;

/// What changed beside the opening paths, in a picture by itself.
const CHANGES: usize = 40;

/// Draws the best of the paths that a change opens and what else it changes, in Mermaid: always within what Mermaid takes. Of paths
/// that are too many the gravest are kept, and the rest are counted.
#[must_use]
pub fn mermaid_review(review: &Review, context: &Context) -> String {
    let title = format!("{} → {}: {}", context.base, context.head, verdict(review));
    let what_if = what_if_sides(review.comparison.joint(), visible).join("; ");
    let mut most = Most { lines: MAX_MERMAID_EDGES - CHANGES, changes: CHANGES };
    loop {
        let chart = draw(&Focus::of(review, most), &title, &what_if);
        if most.lines == 0 || chart.chars().count() <= MAX_MERMAID_CHARACTERS {
            return chart;
        }
        most = Most { lines: most.lines / 2, changes: most.changes / 2 };
    }
}

/// The picture of a comment.
#[derive(Debug)]
pub(in crate::report) struct Drawn {
    /// The chart.
    pub(in crate::report) chart: String,
    /// What its signs mean, and what it leaves out; a phrase each.
    pub(in crate::report) caption: Vec<String>,
}

/// The opening paths as the picture of a comment, with so many lines at most; nothing where there is nothing to draw.
///
/// What is taken away is left to the other pictures: Mermaid turns a chart of several pieces around, and doubles its height.
pub(in crate::report) fn mermaid_comment(review: &Review, lines: usize) -> Option<Drawn> {
    let focus = Focus::of(review, Most { lines, changes: 0 });
    if focus.lines.is_empty() {
        return None;
    }
    let has = |state: State| focus.lines.iter().any(|line| line.state == state);
    let signs = [
        (has(State::Added), "**+** added"),
        (has(State::Changed), "**±** declared otherwise"),
        (has(State::Same), "thin: unchanged"),
        (!focus.opened.is_empty(), "filled: where a new path leads"),
    ];
    let caption = signs.into_iter().filter(|(occurs, _)| *occurs).map(|(_, sign)| sign.to_owned());
    let caption = caption.chain(focus.not_drawn()).collect();
    Some(Drawn { chart: draw(&focus, "", ""), caption })
}

/// `title` is a comment in the chart, and `what_if` is shown above it; either may be empty.
fn draw(focus: &Focus<'_>, title: &str, what_if: &str) -> String {
    let joint = focus.comparison.joint();
    let palette = Theme::Light.palette();
    let mut chart = Chart::new("LR", title);
    for (position, (zone, nodes)) in focus.zones().into_iter().enumerate() {
        if let Some((side, zone)) = zone {
            chart.open_zone(position, joint.spec(side).zone_name(zone), palette.faint);
        }
        for &node in &nodes {
            chart.node(joint.spec(focus.side(node)), node, &focus.words(node), Some(class(focus, node)));
        }
        if zone.is_some() {
            chart.close_zone();
        }
    }
    for line in focus.all_lines() {
        draw_line(&mut chart, focus, line, palette);
    }
    let nodes = focus.nodes();
    for (name, style) in classes(palette) {
        chart.class(name, &style, nodes.iter().any(|node| class(focus, *node) == name));
    }
    for note in focus.not_drawn() {
        chart.comment(&note);
    }
    if !what_if.is_empty() {
        chart.title(what_if);
    }
    chart.text()
}

fn draw_line(chart: &mut Chart, focus: &Focus<'_>, line: &Line, palette: &Palette) {
    let spec = focus.comparison.joint().spec(line.side());
    let link = focus.link(line);
    let words = link_label(spec, &link, Detail::Flow);
    let (sign, arrow, width) = match line.state {
        State::Same if link.is_derived() => ("", "-.->", "2px"),
        State::Same => ("", "-->", "2px"),
        State::Added => ("+ ", "==>", "4px"),
        State::Changed => ("± ", "==>", "4px"),
        State::Removed => ("− ", "-.->", "2px"),
    };
    let colour = match line.state {
        State::Removed => palette.closed,
        _ if line.is_on_path => palette.taint,
        _ => palette.faint,
    };
    let style = format!("stroke:{colour},stroke-width:{width}");
    chart.flow(&node::id(line.from), arrow, &format!("{sign}{words}"), &node::id(line.to), &style);
}

fn class(focus: &Focus<'_>, node: NodeId) -> &'static str {
    match focus.fate(node) {
        Fate::Gone => "gone",
        _ if focus.opened.contains(&node) => "opened",
        Fate::New => "new",
        Fate::Changed => "gains",
        Fate::Same if focus.gaining.contains(&node) => "gains",
        Fate::Same => "same",
    }
}

fn classes(palette: &Palette) -> [(&'static str, String); 5] {
    [
        ("opened", bordered(palette.by_hop[2], palette.ink, palette.taint, "3px")),
        ("new", bordered(palette.page, palette.ink, palette.taint, "4px")),
        ("gains", bordered(palette.page, palette.ink, palette.taint, "2px")),
        (
            "gone",
            bordered(palette.page, palette.closed_text, palette.closed, "2px") + ",stroke-dasharray:4 3",
        ),
        ("same", bordered(palette.page, palette.line, palette.faint, "1px")),
    ]
}
