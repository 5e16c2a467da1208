//! The surfaces that a topology uses, for people: where, which findings stand against each, and the paragraphs for a threat model.

use super::words::{Words, page_words};
use crate::findings::{Adopted, Assessment, Surface, surfaces};
use crate::report::counts::counted;
use crate::report::page::{Page, PageStyle, sentences};

/// The surfaces of a topology.
#[must_use]
pub fn surfaces_page(assessment: &Assessment<'_>, style: PageStyle) -> String {
    let words = page_words(assessment.graph.spec(), style);
    let adopted = surfaces(assessment);
    let mut page = Page::new(style);
    let name = (words.name)(&assessment.graph.spec().name);
    page.heading(1, &format!("Surfaces of {name}"));
    page.table(&["surface", "where", "findings"], &overview(assessment, &words, &adopted));
    for one in &adopted {
        write_surface(&mut page, assessment, &words, one, 2);
    }
    page.closing(assessment.graph.spec(), None);
    page.finish()
}

/// A line for each surface, those that are not used too.
fn overview(assessment: &Assessment<'_>, words: &Words<'_>, adopted: &[Adopted]) -> Vec<Vec<String>> {
    let line = |surface: &Surface| match adopted.iter().find(|one| one.surface == *surface) {
        None => vec![surface.title().to_owned(), "not used".to_owned(), String::new()],
        Some(one) => {
            let nodes: Vec<_> = one.places.iter().map(|place| place.node).collect();
            let open = one.findings.iter().filter(|at| assessment.findings[**at].is_open()).count();
            let findings = if open == 0 { "none".to_owned() } else { counted(open, "finding") };
            vec![surface.title().to_owned(), words.listed(&nodes), findings]
        }
    };
    Surface::ALL.iter().map(line).collect()
}

/// One surface: its paragraphs, then what was found.
pub(super) fn write_surface(
    page: &mut Page,
    assessment: &Assessment<'_>,
    words: &Words<'_>,
    adopted: &Adopted,
    level: usize,
) {
    page.heading(level, adopted.surface.title());
    for place in &adopted.places {
        page.paragraph(&sentences(place.sentences.iter().map(|sentence| words.sentence(sentence))));
    }
    let findings = adopted.findings.iter().map(|at| &assessment.findings[*at]);
    let open = findings.filter(|finding| finding.is_open());
    let lines: Vec<String> = open
        .map(|finding| {
            let title = words.title(finding);
            format!("{}[{}]: {title}", finding.level.as_str(), finding.rule.id())
        })
        .collect();
    if !lines.is_empty() {
        page.paragraph("Findings:");
        page.list(lines);
    }
}
