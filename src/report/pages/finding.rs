//! A finding of a topology → a block of a page: what `check` and `report` have in common, and which of the two says what.

use crate::findings::{Assessment, Evidence, Finding, Taxonomy, references};
use crate::model::text::{count, phrase};
use crate::model::{Level, Piece, Rule, Text};
use crate::report::document::{Found, Line, Proof, Shown, Spot};
use crate::report::sentence::proof_line;

/// One finding. `has_excerpt` says whether a terminal shows the line on which it stands.
pub(super) fn found(assessment: &Assessment<'_>, finding: &Finding, has_excerpt: bool) -> Found {
    let said = finding.said();
    let proof = |one: &Evidence| Proof { label: one.label.clone(), path: proof_line(assessment.graph, one) };
    let spot = |place| Spot {
        place,
        has_column: true,
        beside: Text::default(),
        has_excerpt,
        label: Text::default(),
    };
    Found {
        level: finding.level,
        rule: finding.rule,
        title: said.map(|said| said.title.clone()).unwrap_or_default(),
        spot: finding.place.map(spot),
        causes: Vec::new(),
        routes: Vec::new(),
        proofs: finding.evidence().iter().map(proof).collect(),
        details: finding.details().to_vec(),
        fix: said.map(|said| said.fix.clone()).unwrap_or_default(),
        more: more(finding),
    }
}

/// A terminal says how to learn more and how to accept it; a page, what it falls under and what it is known by.
fn more(finding: &Finding) -> Vec<Line> {
    let explain = phrase!["help: crabwalk explain ", finding.rule.id()];
    let accept = phrase!["help: crabwalk accept ", Piece::Id(finding.id()), " --reason \"...\""];
    let mut more = vec![Line::shown(Shown::OnTerminal, explain)];
    more.extend((!finding.rule.is_of_change()).then(|| Line::shown(Shown::OnTerminal, accept)));
    more.extend(taxonomies(finding.rule).map(|line| Line::shown(Shown::OnPage, line)));
    more.push(Line::shown(Shown::OnPage, phrase!["id ", Piece::Code(finding.id())]));
    more
}

/// `OWASP Agentic 2026: ASI01, ASI02; CSA MAESTRO v1: L7`; nothing where a rule falls under none.
fn taxonomies(rule: Rule) -> Option<Text> {
    let all = references(rule);
    let line = |taxonomy: &Taxonomy| {
        let of = all.iter().filter(|entry| entry.taxonomy == *taxonomy);
        let ids: Vec<Text> = of.map(|entry| phrase![entry.id]).collect();
        (!ids.is_empty()).then(|| phrase![taxonomy.name(), ": ", Text::joined(ids, ", ")])
    };
    let parts: Vec<Text> = Taxonomy::ALL.iter().filter_map(line).collect();
    (!parts.is_empty()).then(|| Text::joined(parts, "; "))
}

/// How many findings there are: `2 errors, 1 note, 1 accepted`.
pub(super) fn verdict(assessment: &Assessment<'_>) -> Text {
    let levels = [Level::Error, Level::Warning, Level::Note];
    let counts = levels.map(|level| (assessment.count(level), level.as_str()));
    let some = counts.iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<Text> = some.map(|(number, level)| phrase![count(*number, level)]).collect();
    if parts.is_empty() {
        parts.push(phrase!["no findings"]);
    }
    let accepted = assessment.accepted().count();
    parts.extend((accepted > 0).then(|| phrase![Piece::Ordinal(accepted as u64), " accepted"]));
    Text::joined(parts, ", ")
}
