//! The three questions about a store, for people: what flows in, who can read it back, and what becomes of it.

use super::words::{Words, page_words};
use crate::findings::{Passage, Recall};
use crate::model::before_time;
use crate::report::counts::counted;
use crate::report::page::{Page, PageStyle, sentences};
use crate::report::sentence::{ARROWS, one_line};

/// Rows of a table that are shown.
const SHOWN: usize = 20;

/// The answers about a store.
#[must_use]
pub fn recall_page(recall: &Recall<'_>, style: PageStyle) -> String {
    let spec = recall.graph.spec();
    let words = page_words(spec, style);
    let path = Page::path(style);
    let name = (words.name)(spec.node_name(recall.store));
    let mut page = Page::new(style);
    page.heading(1, &format!("What {name} remembers"));
    page.heading(2, "What flows in?");
    page.paragraph(&inflow(recall, &name));
    table(&mut page, recall, &words, path, &recall.planted);
    page.heading(2, "Who can read it back?");
    page.paragraph(&sentences([
        format!("Its content steers {}", counted(recall.steers.len(), "node")),
        format!("{} can learn what it holds", counted(recall.learns.len(), "node")),
    ]));
    page.paragraph("Whom it steers:");
    table(&mut page, recall, &words, path, &recall.steers);
    page.paragraph("Who can learn what it holds:");
    table(&mut page, recall, &words, path, &recall.learns);
    page.heading(2, "What becomes of it?");
    page.paragraph(&fate(recall, style));
    page.closing(spec, Some(ARROWS));
    page.finish()
}

fn inflow(recall: &Recall<'_>, name: &str) -> String {
    let spec = recall.graph.spec();
    let untrusted = recall.planted.iter().filter(|one| spec.node(one.node).is_stranger()).count();
    let open = recall.planted.iter().filter(|one| one.cost.is_open()).count();
    sentences([
        format!(
            "{} can plant content in {name}, {open} of them with nothing in between",
            counted(recall.planted.len(), "node")
        ),
        match untrusted {
            0 => "Nothing untrusted is among them".to_owned(),
            some => format!("{some} of them untrusted"),
        },
    ])
}

fn table(
    page: &mut Page,
    recall: &Recall<'_>,
    words: &Words<'_>,
    path: fn(&str) -> String,
    rows: &[Passage],
) {
    if rows.is_empty() {
        return;
    }
    let spec = recall.graph.spec();
    let mut cells: Vec<Vec<String>> = rows
        .iter()
        .take(SHOWN)
        .map(|one| {
            let node = spec.node(one.node);
            let about = if node.is_stranger() {
                "untrusted"
            } else if node.critical {
                "critical"
            } else if one.is_direct {
                "itself"
            } else {
                ""
            };
            let guards = match one.cost.guards {
                0 => "open".to_owned(),
                guards => counted(guards as usize, "guard"),
            };
            let path = path(&one_line(recall.graph, &one.path));
            vec![(words.name)(spec.node_name(one.node)), about.to_owned(), guards, path]
        })
        .collect();
    if rows.len() > SHOWN {
        cells.push(vec![
            format!("and {} more", rows.len() - SHOWN),
            String::new(),
            String::new(),
            String::new(),
        ]);
    }
    page.table(&["node", "", "", "best path"], &cells);
}

fn fate(recall: &Recall<'_>, style: PageStyle) -> String {
    let node = recall.graph.spec().node(recall.store);
    let quoted = Page::quoted(style);
    let persists = recall.graph.flows().is_persistent(recall.store);
    let keeps = match (persists, node.retention()) {
        (false, _) => "It ends with the session that wrote it".to_owned(),
        (true, Some(time)) => {
            format!("It outlives the session, and is kept {}{}", before_time(time), quoted(time))
        }
        (true, None) => "It outlives the session, and nothing says how long it is kept".to_owned(),
    };
    let versions = match (persists, node.is_versioned()) {
        (false, _) => String::new(),
        (true, true) => "It is versioned: there is something to go back to".to_owned(),
        (true, false) => "It is not versioned: what was there before is gone".to_owned(),
    };
    let revoked = match (persists, node.revocation()) {
        (false, _) => String::new(),
        (true, Some(how)) => format!("Poisoned content is found and removed so: {}", quoted(how)),
        (true, None) => {
            "Nothing says how poisoned content is found and removed: write it under revocation".to_owned()
        }
    };
    sentences([keeps, versions, revoked])
}
