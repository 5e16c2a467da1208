//! A judged topology → its findings as formats for machines tell them.

use serde_json::Value;

use super::place::{Spot, place_of_edge, spot_in};
use super::sheet::{Flow, FlowStep, Item, Judged, Related, Sheet, Topic};
use crate::analysis::Hop;
use crate::compare::AcceptanceId;
use crate::findings::{Assessment, Evidence, Finding, Gate};
use crate::graph::EdgeId;
use crate::model::{Acceptance, Level, Place, Rule, Spec, Text};
use crate::report::name::visible;
use crate::report::sentence::{hop_words, proof_line};
use crate::report::write::{self, Plain};

/// How a judgement of a topology was asked for.
#[derive(Debug, Clone)]
pub struct AssessmentContext {
    /// The command: `check` or `report`.
    pub command: &'static str,
    /// The command that gives the same answer again.
    pub again: String,
    /// The level at which the gate fails; nothing where it never does.
    pub fail_on: Option<Level>,
}

/// The findings as a SARIF log with one run.
#[must_use]
pub fn assessment_sarif(assessment: &Assessment<'_>, context: &AssessmentContext) -> Value {
    super::sarif::sarif(&sheet(assessment, context, true))
}

/// The findings as workflow commands of GitHub Actions, one a line, gravest first.
#[must_use]
pub fn assessment_github(assessment: &Assessment<'_>, context: &AssessmentContext) -> String {
    super::github::github(&sheet(assessment, context, false))
}

/// The findings that count as a GitLab code quality report, gravest first.
#[must_use]
pub fn assessment_gitlab(assessment: &Assessment<'_>, context: &AssessmentContext) -> Value {
    super::gitlab::gitlab(&sheet(assessment, context, false))
}

/// The findings as JUnit XML.
#[must_use]
pub fn assessment_junit(assessment: &Assessment<'_>, context: &AssessmentContext) -> String {
    super::junit::junit(&sheet(assessment, context, false))
}

fn sheet<'a>(assessment: &'a Assessment<'a>, context: &AssessmentContext, with_flows: bool) -> Sheet<'a> {
    let judged = JudgedTopology { assessment };
    let spec = assessment.graph.spec();
    // What is about acceptances is found in a topology too.
    let own = [Rule::AcceptanceUnused, Rule::AcceptanceExpired];
    let rules: Vec<Rule> = own.into_iter().chain(Rule::of_topologies()).collect();
    Sheet {
        command: context.command,
        subject: spec.name.clone(),
        again: visible(&context.again),
        gate: Gate(context.fail_on),
        asked: rules.iter().copied().filter(|rule| spec.review.level(*rule) > Level::Off).collect(),
        rules: rules.into_iter().map(Topic::Rule).collect(),
        has_run: true,
        items: judged.findings().iter().map(|finding| Item::of(&judged, finding, with_flows)).collect(),
    }
}

struct JudgedTopology<'a> {
    assessment: &'a Assessment<'a>,
}

impl<'a> Judged<'a> for JudgedTopology<'a> {
    fn findings(&self) -> &'a [Finding] {
        &self.assessment.findings
    }

    fn spec(&self) -> &'a Spec {
        self.assessment.graph.spec()
    }

    fn title(&self, finding: &Finding) -> String {
        finding.said().map(|said| write::text(&Plain, self.spec(), &said.title)).unwrap_or_default()
    }

    fn message(&self, finding: &Finding) -> String {
        message(self.assessment, finding)
    }

    fn clear(&self, finding: &Finding) -> String {
        clear(self.spec(), finding)
    }

    fn acceptance(&self, entry: AcceptanceId) -> Option<&'a Acceptance> {
        self.spec().accept.get(entry.position)
    }

    fn related(&self, finding: &Finding) -> Vec<Related<'a>> {
        related(self.spec(), finding)
    }

    fn flows(&self, finding: &Finding) -> Vec<Flow<'a>> {
        finding.evidence().iter().map(|one| flow(self.assessment, one)).collect()
    }

    fn is_gone(&self, _: Place) -> bool {
        false
    }

    fn instead(&self) -> Option<Spot<'a>> {
        None
    }

    fn is_new(&self, _: &Finding) -> Option<bool> {
        None
    }
}

/// The finding in sentences, a line each.
fn message(assessment: &Assessment<'_>, finding: &Finding) -> String {
    let sentence = |text: &Text| write::begun(&Plain, assessment.graph.spec(), text);
    let paths = finding
        .evidence()
        .iter()
        .map(|one| format!("{}: {}", sentence(&one.label), proof_line(assessment.graph, one)));
    let details = finding.details().iter().map(sentence);
    let title = finding.said().map(|said| sentence(&said.title)).into_iter();
    title.chain(details).map(|line| format!("{line}.")).chain(paths).collect::<Vec<_>>().join("\n")
}

fn clear(spec: &Spec, finding: &Finding) -> String {
    let fix = finding.said().map(|said| write::text(&Plain, spec, &said.fix)).unwrap_or_default();
    let accept = format!("crabwalk accept {} --reason \"...\"", finding.id());
    match finding.rule.is_of_change() {
        true => fix,
        false if fix.is_empty() => accept,
        false => format!("{fix}, or: {accept}"),
    }
}

/// Where the other nodes of a finding are declared.
fn related<'a>(spec: &'a Spec, finding: &Finding) -> Vec<Related<'a>> {
    /// Places that are told of.
    const MOST: usize = 20;
    let mut seen = Vec::new();
    let nodes = finding.nodes().iter().filter(|node| {
        let is_new = !seen.contains(*node) && Some(spec.node(**node).place) != finding.place;
        seen.push(**node);
        is_new
    });
    let told = nodes.take(MOST).map(|node| Related {
        spot: spot_in(spec, spec.node(*node).place),
        text: visible(spec.node_name(*node)),
    });
    told.collect()
}

fn flow<'a>(assessment: &'a Assessment<'a>, one: &Evidence) -> Flow<'a> {
    let spec = assessment.graph.spec();
    let from = one.path.from;
    let start = FlowStep {
        spot: spot_in(spec, spec.node(from).place),
        text: format!("{}: it begins here", visible(spec.node_name(from))),
        is_essential: false,
    };
    let mut steps = vec![start];
    steps.extend(one.path.hops.iter().map(|hop| step(assessment, one, hop)));
    steps.extend(one.act.map(|edge| act(assessment, edge)));
    let text = format!("{} ({})", write::begun(&Plain, spec, &one.label), cost(one));
    Flow { text, steps }
}

fn cost(one: &Evidence) -> String {
    use crate::report::counts::counted;
    let cost = one.path.cost;
    let parts = [(cost.guards, "guard"), (cost.sessions, "session")];
    let parts =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count as usize, noun));
    let hops = std::iter::once(counted(cost.hops as usize, "hop"));
    parts.chain(hops).collect::<Vec<_>>().join(", ")
}

fn step<'a>(assessment: &'a Assessment<'a>, one: &Evidence, hop: &Hop) -> FlowStep<'a> {
    let graph = assessment.graph;
    FlowStep {
        spot: spot_in(graph.spec(), place_of_edge(graph, graph.edge(hop.edge))),
        text: write::text(&Plain, graph.spec(), &hop_words(graph, hop, one.path.plane)),
        is_essential: false,
    }
}

/// What the last node of a path does then.
fn act<'a>(assessment: &'a Assessment<'a>, edge: EdgeId) -> FlowStep<'a> {
    let graph = assessment.graph;
    let spec = graph.spec();
    let edge = graph.edge(edge);
    let (actor, target) = (visible(spec.node_name(edge.from)), visible(spec.node_name(edge.to)));
    FlowStep {
        spot: spot_in(spec, place_of_edge(graph, edge)),
        text: format!("then {actor} {} {target}", edge.verb.third_person()),
        is_essential: true,
    }
}
