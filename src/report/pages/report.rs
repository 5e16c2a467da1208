//! `report`: the threat model of a topology on one page. Summary, matrix, findings, agents, surfaces, worst nodes, hardening, accepted
//! risks, method.

use super::blast::figures;
use super::features::surface;
use super::finding::{found, verdict};
use super::harden;
use crate::findings::{Assessment, Finding, ThreatModel, WorstNode};
use crate::hardening::Hardening;
use crate::model::text::{name, phrase};
use crate::model::{Level, Node, NodeId, NodeKind, Piece, Text};
use crate::report::command_line::CommandLine;
use crate::report::counts::size;
use crate::report::document::{Block, Document, Part, Row, Small, Table};
use crate::report::matrix::{MatrixOptions, View, matrix_blocks};
use crate::report::what_if::closing;
use crate::report::write::markdown;

/// An answer of `harden`, with the command that gives it.
pub type Answer<'g> = (Hardening<'g>, String);

/// The threat model as Markdown. `hardening` has answers of `harden`; nothing where that was left out.
#[must_use]
pub fn threat_model_markdown(model: &ThreatModel<'_, '_>, hardening: Option<&[Answer<'_>]>) -> String {
    markdown(&page(model, hardening))
}

fn page<'g>(model: &ThreatModel<'_, 'g>, hardening: Option<&[Answer<'_>]>) -> Document<'g> {
    let assessment = model.assessment;
    let spec = assessment.graph.spec();
    let mut page = Document::new(spec, 1, phrase!["Threat model of ", name(spec.name.as_str())]);
    let description = spec.description.as_deref();
    page.blocks.extend(description.map(|words| Block::Paragraph(passage(words))));
    page.blocks.extend(summary(assessment));
    page.blocks.extend(matrix(model));
    page.blocks.extend(findings(assessment));
    page.blocks.extend(agents(assessment));
    page.blocks.push(heading("Surfaces"));
    page.blocks.extend(model.surfaces.iter().flat_map(|adopted| surface(assessment, adopted, 3)));
    page.blocks.extend(worst(model));
    page.blocks.extend(hardened(hardening));
    page.blocks.extend(accepted(assessment));
    page.blocks.extend(method());
    page.blocks.push(Block::Small(Small::of(closing(spec))));
    page
}

fn heading(title: &'static str) -> Block {
    Block::Heading(2, phrase![title])
}

fn paragraph(words: &'static str) -> Block {
    Block::Paragraph(phrase![words])
}

/// What somebody else wrote, by itself.
fn passage(words: &str) -> Text {
    phrase![Piece::Passage(words.to_owned())]
}

fn summary(assessment: &Assessment<'_>) -> [Block; 3] {
    let figures = phrase![size(assessment.graph), ". Findings: ", verdict(assessment), "."];
    let row = |what: &'static str, is_it: fn(&Node) -> bool| {
        let nodes = nodes(assessment, is_it);
        Row::of([phrase![what], phrase![Piece::Ordinal(nodes.len() as u64)], phrase![&nodes]])
    };
    let rows = vec![
        row("untrusted", Node::is_stranger),
        row("critical", |node| node.critical),
        row("private", Node::is_private),
    ];
    let table = Table::new(["nodes", "count", "which"], rows);
    [heading("Summary"), Block::Paragraph(figures), Block::Table(table)]
}

fn nodes(assessment: &Assessment<'_>, is_it: fn(&Node) -> bool) -> Vec<NodeId> {
    let spec = assessment.graph.spec();
    spec.node_ids().filter(|id| is_it(spec.node(*id))).collect()
}

/// What each agent is, in the words of its platform.
fn agents(assessment: &Assessment<'_>) -> Vec<Block> {
    let spec = assessment.graph.spec();
    let row = |id: NodeId| {
        let node = spec.node(id);
        let text = |key: &str| node.declared.text(key).map(passage).unwrap_or_default();
        Row::of([
            phrase![id],
            node.zone.map(Text::from).unwrap_or_default(),
            phrase![node.isolation.as_str()],
            text("model"),
            text("platform"),
            if node.spawns_copies() { phrase!["copies of itself"] } else { Text::default() },
        ])
    };
    let agents = spec.node_ids().filter(|id| spec.node(*id).kind == NodeKind::Agent);
    let rows: Vec<Row> = agents.map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table::new(["agent", "zone", "context", "model", "platform", "starts"], rows);
    vec![heading("Agents"), Block::Table(table)]
}

/// The matrix; that of a large fleet is summed up.
fn matrix(model: &ThreatModel<'_, '_>) -> Vec<Block> {
    let all: Vec<NodeId> = model.assessment.graph.spec().node_ids().collect();
    let options = MatrixOptions { view: View::Verbs, width: None, ascii: false };
    let mut blocks = vec![heading("Lateral-movement matrix")];
    blocks.extend(matrix_blocks(&model.matrix, &all, &all, options));
    blocks
}

fn findings(assessment: &Assessment<'_>) -> Vec<Block> {
    let mut blocks = vec![heading("Findings")];
    blocks.extend(assessment.open().map(|finding| Block::Found(found(assessment, finding, false))));
    if assessment.open().next().is_none() {
        blocks.push(paragraph("None."));
    }
    blocks
}

fn worst(model: &ThreatModel<'_, '_>) -> Vec<Block> {
    let graph = model.assessment.graph;
    let mut blocks =
        vec![heading("Worst nodes"), paragraph("The widest blast radii, with no guard failing.")];
    for WorstNode { node, blast, .. } in &model.worst {
        let influenced = blast.influenced.iter().map(|found| found.node);
        let critical: Vec<NodeId> = influenced.filter(|node| graph.spec().node(*node).critical).collect();
        let mut lines = figures(blast);
        if !critical.is_empty() {
            lines.push(phrase!["steers what is critical: ", &critical]);
        }
        blocks.extend([Block::Heading(3, phrase![*node]), Block::list(lines)]);
    }
    blocks
}

/// What to change first, each question as `harden` answers it.
fn hardened(hardening: Option<&[Answer<'_>]>) -> Vec<Block> {
    let mut blocks = vec![heading("What to change first")];
    match hardening {
        None => blocks.push(paragraph(
            "Left out at this size, where trying each change takes long: `crabwalk harden` does it.",
        )),
        Some([]) => blocks.push(paragraph(
            "Nothing is untrusted, or nothing is critical, private or of the most trusted zone.",
        )),
        Some(answers) => blocks.extend(answers.iter().map(|(answer, command)| {
            let Document { level, title, mut blocks, .. } =
                harden::page(answer, &CommandLine::from(command.as_str()));
            // Its small print is that of this page.
            blocks.retain(|block| !matches!(block, Block::Small(_)));
            Block::Part(Part { level, title, blocks })
        })),
    }
    blocks
}

fn accepted(assessment: &Assessment<'_>) -> [Block; 2] {
    let rows: Vec<Row> =
        assessment.accepted().filter_map(|finding| acceptance(assessment, finding)).collect();
    let risks = if rows.is_empty() {
        paragraph("None.")
    } else {
        Block::Table(Table::new(["finding", "reason", "owner", "ticket", "until"], rows))
    };
    [heading("Accepted risks"), risks]
}

fn acceptance(assessment: &Assessment<'_>, finding: &Finding) -> Option<Row> {
    let entry = assessment.graph.spec().accept.get(finding.accepted?.position)?;
    let title = finding.said().map(|said| said.title.clone()).unwrap_or_default();
    let optional = |words: &Option<String>| words.as_deref().map(passage).unwrap_or_default();
    Some(Row::of([
        phrase![finding.rule.id(), " ", title],
        passage(&entry.reason),
        optional(&entry.owner),
        optional(&entry.ticket),
        entry.expires.map_or_else(|| phrase!["no date"], |date| phrase![Piece::Day(date)]),
    ]))
}

fn method() -> [Block; 3] {
    let levels = [Level::Error, Level::Warning, Level::Note].map(|level| phrase![level.as_str()]);
    let limits = [
        phrase![
            "Levels are ",
            Text::joined(levels, ", "),
            "; each guard that has to fail makes a finding a step milder, and three make it nothing."
        ],
        phrase![
            "Only what is declared is analysed: nothing is checked against a deployment, and there are no probabilities."
        ],
        phrase![
            "The same control met twice counts twice: that one person may stand behind two guards is not seen."
        ],
        phrase!["The worst nodes are those that steer most others; what they hold is not weighed."],
    ];
    let method = "Every declared verb is a capability: it says what can happen, and not what usually does. Content carries an \
                  attacker's influence forwards and a victim's information back; what reaches what is the transitive closure of \
                  these flows, computed exactly, with no cap on hops. A path costs the guards that have to fail on it, then \
                  sessions, then hops.";
    [heading("Method and limits"), paragraph(method), Block::list(limits)]
}
