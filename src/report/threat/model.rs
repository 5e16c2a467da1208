//! The threat model of a topology as one Markdown page: summary, matrix, findings, surfaces, worst nodes, hardening, accepted risks,
//! method.

use super::paragraphs::{evidence_lines, references_line};
use super::words::{Words, page_words, verdict};
use crate::analysis::{BlastRadius, Matrix};
use crate::findings::{Finding, ThreatModel};
use crate::hardening::Hardening;
use crate::model::{Level, NodeId, NodeKind};
use crate::report::command_line::CommandLine;
use crate::report::counts::size_of;
use crate::report::document::Block;
use crate::report::matrix::{MatrixOptions, View, matrix_blocks};
use crate::report::page::{Page, PageStyle};
use crate::report::pages;
use crate::report::pages::blast::figures;
use crate::report::pages::features::surface;

/// An answer of `harden`, with the command that gives it.
pub type Answer<'g> = (Hardening<'g>, String);

const STYLE: PageStyle = PageStyle::Markdown;

/// The threat model as Markdown. `hardening` has answers of `harden`; nothing where that was left out.
#[must_use]
pub fn threat_model_markdown(model: &ThreatModel<'_, '_>, hardening: Option<&[Answer<'_>]>) -> String {
    let spec = model.assessment.graph.spec();
    let words = page_words(spec, STYLE);
    let mut page = Page::new(STYLE);
    page.heading(1, &format!("Threat model of {}", (words.name)(&spec.name)));
    if let Some(description) = &spec.description {
        page.paragraph(&(words.quoted)(description));
    }
    summary(&mut page, model, &words);
    matrix(&mut page, model);
    findings(&mut page, model, &words);
    agents(&mut page, model, &words);
    page.heading(2, "Surfaces");
    for adopted in &model.surfaces {
        page.blocks(spec, &surface(model.assessment, adopted, 3));
    }
    worst(&mut page, model, &words);
    harden(&mut page, hardening);
    accepted(&mut page, model, &words);
    method(&mut page);
    page.closing(spec, None);
    page.finish()
}

fn summary(page: &mut Page, model: &ThreatModel<'_, '_>, words: &Words<'_>) {
    let assessment = model.assessment;
    page.heading(2, "Summary");
    page.paragraph(&format!("{}. Findings: {}.", size_of(assessment.graph), verdict(assessment)));
    let untrusted: Vec<NodeId> = nodes(model, crate::model::Node::is_stranger);
    let critical: Vec<NodeId> = nodes(model, |node| node.critical);
    let private: Vec<NodeId> = nodes(model, crate::model::Node::is_private);
    let rows = [("untrusted", untrusted), ("critical", critical), ("private", private)];
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|(what, nodes)| vec![(*what).to_owned(), nodes.len().to_string(), words.listed(nodes)])
        .collect();
    page.table(&["nodes", "count", "which"], &rows);
}

fn nodes(model: &ThreatModel<'_, '_>, is_it: impl Fn(&crate::model::Node) -> bool) -> Vec<NodeId> {
    let spec = model.assessment.graph.spec();
    spec.node_ids().filter(|id| is_it(spec.node(*id))).collect()
}

/// What each agent is, in the words of its platform.
fn agents(page: &mut Page, model: &ThreatModel<'_, '_>, words: &Words<'_>) {
    let spec = model.assessment.graph.spec();
    let row = |id: NodeId| {
        let node = spec.node(id);
        let text = |key: &str| node.declared.text(key).map(words.quoted).unwrap_or_default();
        let copies = if node.spawns_copies() { "copies of itself" } else { "" };
        vec![
            (words.name)(spec.node_name(id)),
            node.zone.map(|zone| (words.name)(spec.zone_name(zone))).unwrap_or_default(),
            node.isolation.as_str().to_owned(),
            text("model"),
            text("platform"),
            copies.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> =
        spec.node_ids().filter(|id| spec.node(*id).kind == NodeKind::Agent).map(row).collect();
    if !rows.is_empty() {
        page.heading(2, "Agents");
        page.table(&["agent", "zone", "context", "model", "platform", "starts"], &rows);
    }
}

/// The matrix with a heading of its own; that of a large fleet is summed up.
fn matrix(page: &mut Page, model: &ThreatModel<'_, '_>) {
    let graph = model.assessment.graph;
    let matrix = Matrix::new(graph);
    let all: Vec<NodeId> = graph.spec().node_ids().collect();
    let options = MatrixOptions { view: View::Verbs, width: None, ascii: false };
    page.heading(2, "Lateral-movement matrix");
    page.blocks(graph.spec(), &matrix_blocks(&matrix, &all, &all, options));
}

fn findings(page: &mut Page, model: &ThreatModel<'_, '_>, words: &Words<'_>) {
    page.heading(2, "Findings");
    let mut open = model.assessment.open().peekable();
    if open.peek().is_none() {
        page.paragraph("None.");
    }
    for finding in open {
        let level = finding.level.as_str();
        page.heading(3, &format!("{level} {}: {}", finding.rule.id(), words.title(finding)));
        one(page, model, words, finding);
    }
}

fn one(page: &mut Page, model: &ThreatModel<'_, '_>, words: &Words<'_>, finding: &Finding) {
    let spec = model.assessment.graph.spec();
    let mut lines: Vec<String> = Vec::new();
    lines.extend(finding.place.map(|place| format!("at {}", (words.code)(&spec.location(place)))));
    lines.extend(evidence_lines(model.assessment, words, finding));
    lines.extend(finding.details().iter().map(|detail| words.phrase(detail)));
    let fix = words.fix(finding);
    if !fix.is_empty() {
        lines.push(format!("**fix**: {fix}"));
    }
    lines.extend(references_line(finding.rule));
    lines.push(format!("id {}", (words.code)(&finding.id())));
    page.list(lines);
}

fn worst(page: &mut Page, model: &ThreatModel<'_, '_>, words: &Words<'_>) {
    page.heading(2, "Worst nodes");
    page.paragraph("The widest blast radii, with no guard failing.");
    for (node, _) in &model.worst {
        let blast = BlastRadius::compute(model.assessment.graph, &[*node], 0);
        let name = (words.name)(model.assessment.graph.spec().node_name(*node));
        let mut lines: Vec<String> =
            figures(&blast).iter().map(|figure| STYLE.text(blast.graph.spec(), figure)).collect();
        let critical: Vec<NodeId> = blast
            .influenced
            .iter()
            .map(|found| found.node)
            .filter(|node| blast.graph.spec().node(*node).critical)
            .collect();
        if !critical.is_empty() {
            lines.push(format!("steers what is critical: {}", words.listed(&critical)));
        }
        page.heading(3, &name);
        page.list(lines);
    }
}

/// What to change first, each question as `harden` answers it.
fn harden(page: &mut Page, hardening: Option<&[Answer<'_>]>) {
    page.heading(2, "What to change first");
    let Some(hardening) = hardening else {
        page.paragraph(
            "Left out at this size, where trying each change takes long: `crabwalk harden` does it.",
        );
        return;
    };
    if hardening.is_empty() {
        page.paragraph("Nothing is untrusted, or nothing is critical, private or of the most trusted zone.");
    }
    for (answer, command) in hardening {
        let mut part = pages::harden::page(answer, &CommandLine::from(command.as_str()));
        // Its small print is that of this page.
        part.blocks.retain(|block| !matches!(block, Block::Small(_)));
        page.paragraph(STYLE.write(&part).trim_end());
    }
}

fn accepted(page: &mut Page, model: &ThreatModel<'_, '_>, words: &Words<'_>) {
    page.heading(2, "Accepted risks");
    let spec = model.assessment.graph.spec();
    let rows: Vec<Vec<String>> = model
        .assessment
        .accepted()
        .filter_map(|finding| {
            let entry = spec.accept.get(finding.accepted?.position)?;
            let optional = |text: &Option<String>| text.as_deref().map(words.quoted).unwrap_or_default();
            Some(vec![
                format!("{} {}", finding.rule.id(), words.title(finding)),
                (words.quoted)(&entry.reason),
                optional(&entry.owner),
                optional(&entry.ticket),
                entry.expires.map_or_else(|| "no date".to_owned(), |date| date.to_string()),
            ])
        })
        .collect();
    if rows.is_empty() {
        page.paragraph("None.");
    } else {
        page.table(&["finding", "reason", "owner", "ticket", "until"], &rows);
    }
}

fn method(page: &mut Page) {
    page.heading(2, "Method and limits");
    page.paragraph(
        "Every declared verb is a capability: it says what can happen, and not what usually does. Content carries an attacker's \
         influence forwards and a victim's information back; what reaches what is the transitive closure of these flows, computed \
         exactly, with no cap on hops. A path costs the guards that have to fail on it, then sessions, then hops.",
    );
    let levels = [Level::Error, Level::Warning, Level::Note].map(Level::as_str).join(", ");
    page.list([
        format!("Levels are {levels}; each guard that has to fail makes a finding a step milder, and three make it nothing."),
        "Only what is declared is analysed: nothing is checked against a deployment, and there are no probabilities.".to_owned(),
        "The same control met twice counts twice: that one person may stand behind two guards is not seen.".to_owned(),
        "The worst nodes are those that steer most others; what they hold is not weighed.".to_owned(),
    ]);
}
