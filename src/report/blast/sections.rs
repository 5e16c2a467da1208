//! A blast radius as headed sections of rows: what the text and the Markdown say in common, each with names in its own way.

use crate::analysis::{BlastRadius, Gain, Path, Reached, Secret, Tally};
use crate::graph::Cost;
use crate::model::NodeId;
use crate::report::counts::counted;
use crate::report::page::PageStyle;
use crate::report::sentence::{one_line, reason, verb_on};

/// A part of the report.
pub(super) struct Section {
    pub(super) title: &'static str,
    /// What to know before reading the rows.
    pub(super) note: Option<&'static str>,
    pub(super) rows: Vec<Row>,
}

/// One line: what, about it, and its best path.
pub(super) struct Row {
    /// `hop 2`, `1 guard`; empty where it does not matter.
    pub(super) at: String,
    /// A node's name, or a verb and a name.
    pub(super) what: String,
    /// Kind and zone, `▲` for a more trusted one, and what is special.
    pub(super) about: String,
    pub(super) path: String,
    pub(super) guarded: bool,
}

/// The figures: each a count of distinct nodes with its denominator, and split by kind.
pub(in crate::report) fn figures(blast: &BlastRadius<'_>) -> Vec<String> {
    let limit = match blast.max_guards {
        0 => "with no guard failing".to_owned(),
        1 => "with at most 1 guard failing".to_owned(),
        more => format!("with at most {more} guards failing"),
    };
    let mut figures = vec![
        format!(
            "influences {} {limit}{}",
            share(&blast.influenced_tally()),
            more(blast.influenced_guarded.len())
        ),
        format!("learns from {}{}", share(&blast.exposed_tally()), more(blast.exposed_guarded.len())),
    ];
    if !blast.footholds.is_empty() {
        let stores = counted(blast.footholds.len(), "persistent store");
        let infect = if blast.footholds.len() == 1 { "infects" } else { "infect" };
        figures.push(format!(
            "stays in {stores}, which {infect} {} again later",
            share(&blast.residual_tally())
        ));
    }
    figures
}

fn more(guarded: usize) -> String {
    if guarded == 0 { String::new() } else { format!("; {guarded} more behind guards") }
}

/// `5 of 9 nodes (2 of 4 agents, 3 of 5 tools)`.
fn share(tallies: &[Tally]) -> String {
    let (count, of) = tallies.iter().fold((0, 0), |(count, of), tally| (count + tally.count, of + tally.of));
    let kinds: Vec<String> = tallies
        .iter()
        .filter(|tally| tally.count > 0)
        .map(|tally| format!("{} of {}", tally.count, counted(tally.of, tally.kind.as_str())))
        .collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    format!("{count} of {}{kinds}", counted(of, "node"))
}

/// All sections that have something in them.
pub(super) fn sections(blast: &BlastRadius<'_>, style: PageStyle) -> Vec<Section> {
    let later = "After the compromised nodes are cleaned up, these keep the attack alive.";
    let steered =
        |found: &[Reached]| found.iter().map(|found| influenced(blast, style, found)).collect::<Vec<_>>();
    let learned =
        |found: &[Reached]| found.iter().map(|found| exposed(blast, style, found)).collect::<Vec<_>>();
    let gains = |found: &[Gain]| found.iter().map(|found| gain(blast, style, found)).collect::<Vec<_>>();
    let secrets = blast.secrets.iter().flat_map(|found| secret(blast, style, found));
    let again = blast.residual.iter().map(|found| residual(blast, style, found));
    let sections = [
        ("Influenced", None, steered(&blast.influenced)),
        ("Influenced if guards fail", None, steered(&blast.influenced_guarded)),
        ("Footholds", Some(later), steered(&blast.footholds)),
        ("Infected again from the footholds", None, again.collect()),
        ("Exposed to the attacker", None, learned(&blast.exposed)),
        ("Exposed if guards fail", None, learned(&blast.exposed_guarded)),
        ("Verbs gained", None, gains(&blast.gained)),
        ("Verbs gained if guards fail", None, gains(&blast.gained_guarded)),
        ("Credentials", None, secrets.collect()),
        ("Sinks", None, steered(&blast.sinks)),
    ];
    let section = |(title, note, rows)| Section { title, note, rows };
    sections.into_iter().map(section).filter(|section| !section.rows.is_empty()).collect()
}

/// A node that is influenced: content goes no further where it does not relay.
fn influenced(blast: &BlastRadius<'_>, style: PageStyle, found: &Reached) -> Row {
    let row = node(blast, style, found, blast.influence_path(found.node));
    let ends = if blast.graph.spec().node(found.node).relays { "" } else { ", ends here" };
    Row { about: row.about + ends, ..row }
}

/// A node whose content comes to the attacker.
fn exposed(blast: &BlastRadius<'_>, style: PageStyle, found: &Reached) -> Row {
    node(blast, style, found, blast.exposure_path(found.node))
}

/// A node that is influenced again, from a foothold.
fn residual(blast: &BlastRadius<'_>, style: PageStyle, found: &Reached) -> Row {
    let row =
        Row { path: line(blast, style, blast.residual_path(found.node)), ..influenced(blast, style, found) };
    let before = if blast.is_start(found.node) { ", compromised before" } else { "" };
    Row { about: row.about + before, ..row }
}

fn node(blast: &BlastRadius<'_>, style: PageStyle, found: &Reached, path: Option<Path>) -> Row {
    Row {
        at: at(found.cost),
        what: style.name(blast.graph.spec().node_name(found.node)),
        about: about(blast, style, found.node),
        path: line(blast, style, path),
        guarded: found.cost.guards > 0,
    }
}

/// A path on one line; nothing where there is none.
fn line(blast: &BlastRadius<'_>, style: PageStyle, path: Option<Path>) -> String {
    path.map(|path| style.path(&one_line(blast.graph, &path))).unwrap_or_default()
}

fn at(cost: Cost) -> String {
    match cost.guards {
        0 => format!("hop {}", cost.hops),
        guards => format!("hop {}, {}", cost.hops, counted(guards as usize, "guard")),
    }
}

/// Kind, zone, and what a reader has to know of a node.
fn about(blast: &BlastRadius<'_>, style: PageStyle, id: NodeId) -> String {
    let spec = blast.graph.spec();
    let node = spec.node(id);
    let mut words = vec![node.declared_kind.unwrap_or(node.kind.as_str()).to_owned()];
    if let Some(zone) = node.zone {
        let up = blast.is_escalation(id);
        words.push(format!("{}{}", style.name(spec.zone_name(zone)), if up { " ▲" } else { "" }));
    }
    if node.critical {
        words.push("critical".to_owned());
    }
    words.join(", ")
}

fn gain(blast: &BlastRadius<'_>, style: PageStyle, gain: &Gain) -> Row {
    let spec = blast.graph.spec();
    let edge = blast.graph.edge(gain.edge);
    let by = style.name(spec.node_name(edge.from));
    let because = reason(spec, edge, style).map(|reason| format!(", {reason}")).unwrap_or_default();
    Row {
        at: if gain.cost.guards > 0 { counted(gain.cost.guards as usize, "guard") } else { String::new() },
        what: verb_on(gain.verb, spec.node_name(gain.to), style),
        about: format!("by {by}{because}"),
        path: line(blast, style, blast.influence_path(edge.from)),
        guarded: gain.cost.guards > 0,
    }
}

/// One row for how a credential is learned, one for how it is used.
fn secret(blast: &BlastRadius<'_>, style: PageStyle, secret: &Secret) -> Vec<Row> {
    let spec = blast.graph.spec();
    let name = style.name(spec.node_name(secret.node));
    let opens = spec.node(secret.node).opens.iter().map(|id| style.name(spec.node_name(*id)));
    let opens = opens.collect::<Vec<_>>().join(", ");
    let learned = secret.learn.map(|cost| Row {
        at: at(cost),
        what: format!("{name} is learned"),
        about: format!("opens {opens}"),
        path: line(blast, style, blast.exposure_path(secret.node)),
        guarded: cost.guards > 0,
    });
    let used = secret.used.map(|found| Row { what: format!("{name} is used"), ..gain(blast, style, &found) });
    learned.into_iter().chain(used).collect()
}
