//! What to change first, in Mermaid: always within what Mermaid takes.

use super::harden_dot::{notes, sign};
use super::harden_focus::{Focus, Line, Mark};
use super::mermaid::{Chart, Detail, bordered, link_label};
use super::node;
use super::options::{DrawError, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES};
use super::palette::{Palette, Theme};
use super::topology::zones;
use crate::hardening::Hardening;
use crate::model::NodeId;
use crate::report::pages::harden::{cut_titles, title};
use crate::report::what_if::what_if_line;
use crate::report::write::{self, Plain};

/// Draws what lies between the two groups of a question, and the smallest cuts of it, in Mermaid. What is not drawn is counted.
///
/// # Errors
/// If nothing lies between them.
pub fn mermaid_harden(hardening: &Hardening<'_>) -> Result<String, DrawError> {
    let mut most = MAX_MERMAID_EDGES / 4;
    loop {
        let focus = Focus::of(hardening, most);
        if focus.lines.is_empty() {
            return Err(DrawError::NothingBetween);
        }
        let chart = draw(&focus);
        if most <= 1 || chart.chars().count() <= MAX_MERMAID_CHARACTERS {
            return Ok(chart);
        }
        most /= 2;
    }
}

fn draw(focus: &Focus<'_>) -> String {
    let (spec, nodes) = (focus.graph().spec(), focus.nodes());
    let palette = Theme::Light.palette();
    let mut chart = Chart::new("LR", &write::text(&Plain, spec, &title(focus.hardening)));
    for zone in zones(focus.graph(), &nodes) {
        if let Some(zone) = zone {
            chart.open_zone(zone.index(), spec.zone_name(zone), palette.faint);
        }
        for node in nodes.iter().filter(|node| spec.node(**node).zone == zone) {
            let words: Vec<String> = focus.words(*node).into_iter().map(str::to_owned).collect();
            chart.node(spec, *node, &words, Some(class(focus, *node)));
        }
        if zone.is_some() {
            chart.close_zone();
        }
    }
    for line in &focus.lines {
        draw_line(&mut chart, focus, line, palette);
    }
    for (name, style) in classes(palette) {
        chart.class(name, &style, nodes.iter().any(|node| class(focus, *node) == name));
    }
    let [first, other] = cut_titles(focus.hardening).map(|title| write::text(&Plain, spec, &title));
    for (mark, sign, words) in [(Mark::Cut, "dashed", first), (Mark::OtherCut, "dotted", other)] {
        if focus.has(mark) {
            chart.comment(&format!("{sign}: {words}"));
        }
    }
    for note in notes(focus) {
        chart.comment(&note);
    }
    if let Some(line) = what_if_line(spec) {
        chart.title(&line);
    }
    chart.text()
}

fn draw_line(chart: &mut Chart, focus: &Focus<'_>, line: &Line, palette: &Palette) {
    let words = link_label(focus.graph().spec(), &focus.link(line), Detail::Flow);
    let (arrow, style) = match line.mark {
        Mark::Cut => ("-.->", format!("stroke:{},stroke-width:4px,stroke-dasharray:8 5", palette.closed)),
        Mark::OtherCut => {
            ("-.->", format!("stroke:{},stroke-width:4px,stroke-dasharray:2 4", palette.closed))
        }
        Mark::Stays if line.is_choke => ("==>", format!("stroke:{},stroke-width:4px", palette.taint)),
        Mark::Stays => ("-->", format!("stroke:{},stroke-width:2px", palette.taint)),
    };
    let sign = sign(focus.hardening.question.by, line.mark);
    let label = if sign.is_empty() { words } else { format!("{sign} {words}") };
    chart.flow(&node::id(line.from), arrow, &label, &node::id(line.to), &style);
}

fn class(focus: &Focus<'_>, node: NodeId) -> &'static str {
    match (focus.is_held(node), focus.is_kept(node), focus.is_choke(node)) {
        (true, ..) => "held",
        (_, true, _) => "kept",
        (.., true) => "choke",
        _ => "between",
    }
}

fn classes(palette: &Palette) -> [(&'static str, String); 4] {
    [
        ("held", bordered(palette.start[0], palette.start[1], palette.taint, "2px")),
        ("kept", bordered(palette.page, palette.ink, palette.closed, "3px")),
        ("choke", bordered(palette.page, palette.ink, palette.line, "5px")),
        ("between", bordered(palette.page, palette.ink, palette.line, "1px")),
    ]
}
