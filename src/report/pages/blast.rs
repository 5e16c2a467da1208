//! `blast`: a blast radius as headed sections of rows, each node with its best path.

use super::subject;
use crate::analysis::{BlastRadius, Gain, Leak, Leaving, Path, Reached, Secret, Tally};
use crate::graph::Cost;
use crate::model::text::{count, phrase};
use crate::model::{NodeId, NodeKind, Piece, Text, Tone};
use crate::report::document::{Block, Document, Form, Line, Row, Section, Shown, Small, Table};
use crate::report::sentence::{arrows, compromised, path_line, reason};
use crate::report::what_if::closing;
use crate::report::write::{markdown, terminal};

/// The blast radius for the terminal, one line a finding, its best path at the end.
#[must_use]
pub fn blast_text(blast: &BlastRadius<'_>) -> String {
    terminal(&page(blast))
}

/// The blast radius as Markdown: the same sections as tables.
#[must_use]
pub fn blast_markdown(blast: &BlastRadius<'_>) -> String {
    markdown(&page(blast))
}

fn page<'g>(blast: &BlastRadius<'g>) -> Document<'g> {
    let spec = blast.graph.spec();
    let mut page = Document::new(spec, 3, compromised(blast));
    page.beside = subject(spec);
    page.blocks.push(Block::list(figures(blast)));
    let sections = sections(blast);
    let mut legend = Small::default();
    // A terminal has no need of marks that do not occur.
    let arrows_on = if sections.is_empty() { Shown::OnPage } else { Shown::Everywhere };
    legend.lines.extend(arrows().map(|line| Line::shown(arrows_on, line)));
    if !sections.is_empty() {
        let up = phrase!["▲ more trusted than a compromised node"];
        legend.lines.push(Line::shown(Shown::OnTerminal, up));
    }
    legend.lines.extend(Small::of(closing(spec)).lines);
    page.blocks.extend(sections.into_iter().map(Block::Section));
    page.blocks.push(Block::Small(legend));
    page
}

/// The figures: each a count of distinct nodes with its denominator, and split by kind.
pub(in crate::report) fn figures(blast: &BlastRadius<'_>) -> Vec<Text> {
    let limit = match blast.max_guards {
        0 => phrase![" with no guard failing"],
        more => phrase![" with at most ", count(more as usize, "guard"), " failing"],
    };
    let leaving = blast.leaving();
    let is_private = |leak: &&Leak| blast.graph.spec().node(leak.content).is_private();
    let (leaks, private) = (leaving.leaks.len(), leaving.leaks.iter().filter(is_private).count());
    let nothing_private = if leaks > 0 { ", none of it private" } else { "" };
    let of_private = match private {
        0 => phrase![nothing_private],
        some => phrase![", ", Piece::Number(some), " of them private"],
    };
    let others = blast.graph.spec().nodes.len().saturating_sub(blast.starts.len());
    let mut figures = vec![
        phrase!["can have content of ", Piece::Number(leaks), " of ", count(others, "node"), " leave"]
            .then(of_private)
            .then(more(leaving.guarded.len())),
        phrase!["influences ", share(&blast.influenced_tally()), limit, more(blast.influenced_guarded.len())],
        phrase!["learns from ", share(&blast.exposed_tally()), more(blast.exposed_guarded.len())],
    ];
    if !blast.footholds.is_empty() {
        let infect = if blast.footholds.len() == 1 { "infects " } else { "infect " };
        figures.push(phrase![
            "stays in ",
            count(blast.footholds.len(), "persistent store"),
            ", which ",
            infect,
            share(&blast.residual_tally()),
            " again later"
        ]);
    }
    figures
}

fn more(guarded: usize) -> Text {
    match guarded {
        0 => Text::default(),
        some => phrase!["; ", Piece::Number(some), " more behind guards"],
    }
}

/// `5 of 9 nodes (2 of 4 agents, 3 of 5 tools)`.
fn share(tallies: &[Tally]) -> Text {
    let (reached, of) =
        tallies.iter().fold((0, 0), |(count, of), tally| (count + tally.count, of + tally.of));
    let share = |reached, of, noun| phrase![Piece::Number(reached), " of ", count(of, noun)];
    let kinds = tallies.iter().filter(|tally| tally.count > 0);
    let kinds: Vec<Text> = kinds.map(|tally| share(tally.count, tally.of, tally.kind.as_str())).collect();
    let all = share(reached, of, "node");
    if kinds.is_empty() { all } else { all.and(" (").and(Text::joined(kinds, ", ")).and(")") }
}

/// All sections that have something in them.
fn sections(blast: &BlastRadius<'_>) -> Vec<Section> {
    let later = "After the compromised nodes are cleaned up, these keep the attack alive.";
    let steered = |found: &[Reached]| found.iter().map(|found| influenced(blast, found)).collect::<Vec<_>>();
    let learned = |found: &[Reached]| found.iter().map(|found| exposed(blast, found)).collect::<Vec<_>>();
    let gains = |found: &[Gain]| found.iter().map(|found| gain(blast, found)).collect::<Vec<_>>();
    let secrets = blast.secrets.iter().flat_map(|found| secret(blast, found));
    let again = blast.residual.iter().map(|found| residual(blast, found));
    let Leaving { leaks, guarded, .. } = blast.leaving();
    let leaking = [
        ("Can leave", leaks.len(), leaks_of(blast, leaks)),
        ("Can leave if guards fail", guarded.len(), leaks_of(blast, guarded)),
    ];
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
    let leaking = leaking.map(|(title, count, rows)| (title, None, count, rows));
    let sections = sections.map(|(title, note, rows)| (title, note, rows.len(), rows));
    let section = |(title, note, count, rows): (_, Option<&'static str>, usize, Vec<Found>)| Section {
        title: phrase![title],
        count: Some(count),
        notes: note.into_iter().map(|note| phrase![note]).collect(),
        table: Table {
            form: Form::Unheaded,
            ..Table::new(["", "What", "About", "Best path"], rows.into_iter().map(Found::row).collect())
        },
        ..Section::default()
    };
    let all = leaking.into_iter().chain(sections);
    all.filter(|(.., rows)| !rows.is_empty()).map(section).collect()
}

/// One row: what, about it, and its best path.
struct Found {
    /// `hop 2`, `1 guard`; empty where it does not matter.
    at: Text,
    /// A node's name, or a verb and a name.
    what: Text,
    /// Kind and zone, `▲` for a more trusted one, and what is special.
    about: Text,
    path: Text,
    is_guarded: bool,
}

impl Found {
    fn row(self) -> Row {
        let what = if self.is_guarded { self.what.toned(Tone::Guarded) } else { self.what };
        Row::of([self.at.toned(Tone::Dim), what, self.about.toned(Tone::Dim), self.path])
    }
}

/// A node that is influenced: content goes no further where it does not relay.
fn influenced(blast: &BlastRadius<'_>, found: &Reached) -> Found {
    ending(blast, found, node(blast, found, blast.influence_path(found.node)))
}

fn ending(blast: &BlastRadius<'_>, found: &Reached, row: Found) -> Found {
    let node = blast.graph.spec().node(found.node);
    let end = match node.kind {
        NodeKind::Tool if node.is_passive() && !blast.is_steered(found.node) => ", answers with it",
        NodeKind::Tool => "",
        _ if !node.relays => ", ends here",
        _ => "",
    };
    Found { about: if end.is_empty() { row.about } else { row.about.and(end) }, ..row }
}

/// A row for each private content that leaves, and one for all the rest.
fn leaks_of(blast: &BlastRadius<'_>, leaks: &[Leak]) -> Vec<Found> {
    let is_private = |leak: &&Leak| blast.graph.spec().node(leak.content).is_private();
    let (private, others): (Vec<&Leak>, Vec<&Leak>) = leaks.iter().partition(is_private);
    let mut rows: Vec<Found> = private.into_iter().map(|leak| leaving(blast, leak)).collect();
    if !others.is_empty() {
        let nodes: Vec<NodeId> = others.iter().map(|leak| leak.content).collect();
        rows.push(Found {
            at: Text::default(),
            what: phrase![count(nodes.len(), if rows.is_empty() { "node" } else { "other node" })],
            about: phrase!["none private: ", &nodes],
            path: Text::default(),
            is_guarded: others.iter().all(|leak| leak.cost.guards > 0),
        });
    }
    rows
}

/// Private content that leaves.
fn leaving(blast: &BlastRadius<'_>, leak: &Leak) -> Found {
    let leaving = blast.leaving();
    let guards = leak.cost.guards as usize;
    let mut about = about(blast, leak.content);
    if let Some(place) = leaving.meets_in(leak).filter(|place| !blast.is_start(*place)) {
        about = about.and(phrase![", by way of ", place]);
    }
    let others = if leaving.are_few() { leaving.other_ways(leak) } else { 0 };
    if others > 0 {
        about = about.and(phrase![", and ", count(others, "other way"), " out"]);
    }
    Found {
        at: if guards > 0 { phrase![count(guards, "guard")] } else { Text::default() },
        what: phrase![leak.content, " by ", leak.by],
        about,
        path: if leaving.are_few() { line(blast, leaving.path(leak)) } else { Text::default() },
        is_guarded: guards > 0,
    }
}

/// A node whose content comes to the attacker.
fn exposed(blast: &BlastRadius<'_>, found: &Reached) -> Found {
    node(blast, found, blast.exposure_path(found.node))
}

/// A node that is influenced again, from a foothold.
fn residual(blast: &BlastRadius<'_>, found: &Reached) -> Found {
    let row = ending(blast, found, node(blast, found, blast.residual_path(found.node)));
    let was_one = blast.is_start(found.node);
    Found { about: if was_one { row.about.and(", compromised before") } else { row.about }, ..row }
}

fn node(blast: &BlastRadius<'_>, found: &Reached, path: Option<Path>) -> Found {
    Found {
        at: at(found.cost),
        what: phrase![found.node],
        about: about(blast, found.node),
        path: line(blast, path),
        is_guarded: found.cost.guards > 0,
    }
}

/// A path on one line; nothing where there is none.
fn line(blast: &BlastRadius<'_>, path: Option<Path>) -> Text {
    path.map(|path| path_line(blast.graph, &path)).unwrap_or_default()
}

fn at(cost: Cost) -> Text {
    let hop = phrase!["hop ", Piece::Number(cost.hops as usize)];
    match cost.guards {
        0 => hop,
        guards => hop.and(", ").and(count(guards as usize, "guard")),
    }
}

/// Kind, zone, and what a reader has to know of a node.
fn about(blast: &BlastRadius<'_>, id: NodeId) -> Text {
    let node = blast.graph.spec().node(id);
    let mut words = phrase![node.declared_kind.unwrap_or(node.kind.as_str())];
    if let Some(zone) = node.zone {
        words = words.and(", ").and(zone);
        if blast.is_escalation(id) {
            words.push(" ▲");
        }
    }
    if node.critical { words.and(", critical") } else { words }
}

fn gain(blast: &BlastRadius<'_>, gain: &Gain) -> Found {
    let edge = blast.graph.edge(gain.edge);
    let because = reason(edge).map(|reason| phrase![", ", reason]).unwrap_or_default();
    let guards = gain.cost.guards as usize;
    Found {
        at: if guards > 0 { phrase![count(guards, "guard")] } else { Text::default() },
        what: phrase![gain.verb.as_str(), " ", gain.to],
        about: phrase!["by ", edge.from, because],
        path: line(blast, blast.steering_path(edge.from)),
        is_guarded: guards > 0,
    }
}

/// One row for how a credential is learned, one for how it is used.
fn secret(blast: &BlastRadius<'_>, secret: &Secret) -> Vec<Found> {
    let opens = blast.graph.spec().node(secret.node).opens.iter().map(|id| phrase![*id]);
    let opens = Text::joined(opens, ", ");
    let learned = secret.learn.map(|cost| Found {
        at: at(cost),
        what: phrase![secret.node, " is learned"],
        about: phrase!["opens ", opens],
        path: line(blast, blast.exposure_path(secret.node)),
        is_guarded: cost.guards > 0,
    });
    let used =
        secret.used.map(|found| Found { what: phrase![secret.node, " is used"], ..gain(blast, &found) });
    learned.into_iter().chain(used).collect()
}
