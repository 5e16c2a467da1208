//! A judged change → its findings as formats for machines tell them, with the paths that they open hop by hop.

use serde_json::Value;

use super::place::{Spot, place_of_edge, spot_in};
use super::sheet::{Flow, FlowStep, Item, Judged, Related, Sheet, Topic};
use crate::analysis::Leg;
use crate::compare::{AcceptanceId, Comparison, Delta, Route, RouteHop, Routes, Side, What};
use crate::findings::{About, Finding, Gate, Pair, Review, Strictest};
use crate::model::text::phrase;
use crate::model::{Acceptance, Level, Place, Rule, Spec, Text, Way};
use crate::report::name::visible;
use crate::report::pages::diff::Context;
use crate::report::pages::diff::words::{self, Words};
use crate::report::what_if::what_if_sides;

/// Code flows of a finding: the cheapest paths.
const MOST_FLOWS: usize = 10;
/// Other changes of a finding that are told of.
const MOST_RELATED: usize = 100;

/// The review as a SARIF log with one run.
#[must_use]
pub fn sarif(review: &Review, context: &Context) -> Value {
    super::sarif::sarif(&sheet(review, context, true))
}

/// The review as workflow commands of GitHub Actions, one a line, gravest findings first.
#[must_use]
pub fn github(review: &Review, context: &Context) -> String {
    super::github::github(&sheet(review, context, false))
}

/// The findings that count as a GitLab code quality report, gravest first.
#[must_use]
pub fn gitlab(review: &Review, context: &Context) -> Value {
    super::gitlab::gitlab(&sheet(review, context, false))
}

/// The review as JUnit XML.
#[must_use]
pub fn junit(review: &Review, context: &Context) -> String {
    super::junit::junit(&sheet(review, context, false))
}

fn sheet<'a>(review: &'a Review, context: &Context, with_flows: bool) -> Sheet<'a> {
    let judged = JudgedChange { review };
    let strictest = Strictest::of(review.comparison.joint());
    let joint = review.comparison.joint();
    // Rules of the spec's own are asked where there are any.
    let has = |rule: &Rule| {
        [Side::Base, Side::Head]
            .iter()
            .any(|side| joint.spec(*side).rules.iter().any(|own| own.term.rule() == *rule))
    };
    let own = Rule::of_topologies().filter(|rule| rule.is_contract() && has(rule));
    let rules: Vec<Rule> = Rule::of_changes().chain(own).collect();
    Sheet {
        command: "diff",
        subject: std::iter::once(format!("{} against {}", context.head, context.base))
            .chain(what_if_sides(joint).map(|line| words::plain(&review.comparison, &line)))
            .collect::<Vec<_>>()
            .join("; "),
        again: visible(&context.command),
        gate: Gate(context.fail_on),
        asked: rules.iter().copied().filter(|rule| strictest.level(*rule) > Level::Off).collect(),
        rules: rules.into_iter().map(Topic::Rule).collect(),
        has_run: true,
        items: judged.findings().iter().map(|finding| Item::of(&judged, finding, with_flows)).collect(),
    }
}

struct JudgedChange<'a> {
    review: &'a Review,
}

impl<'a> Judged<'a> for JudgedChange<'a> {
    fn findings(&self) -> &'a [Finding] {
        &self.review.findings
    }

    fn spec(&self) -> &'a Spec {
        self.review.comparison.joint().spec(Side::Head)
    }

    fn title(&self, finding: &Finding) -> String {
        words::title(self.review, finding)
    }

    fn message(&self, finding: &Finding) -> String {
        words::message(self.review, finding)
    }

    fn clear(&self, finding: &Finding) -> String {
        words::clear(self.review, finding)
    }

    fn acceptance(&self, entry: AcceptanceId) -> Option<&'a Acceptance> {
        Some(self.review.comparison.joint().acceptance(entry))
    }

    fn related(&self, finding: &Finding) -> Vec<Related<'a>> {
        related(&self.review.comparison, finding)
    }

    fn flows(&self, finding: &Finding) -> Vec<Flow<'a>> {
        flows(self.review, finding)
    }

    fn is_gone(&self, place: Place) -> bool {
        is_gone(&self.review.comparison, place)
    }

    /// The first line of the head's first file.
    fn instead(&self) -> Option<Spot<'a>> {
        let first = self.review.comparison.joint().first_place(Side::Head)?;
        Some(Spot { line: 1, ..spot_in(self.spec(), first) })
    }

    fn is_new(&self, finding: &Finding) -> Option<bool> {
        Some(!is_old(&self.review.comparison, finding))
    }
}

/// What a place marks, in the files of both sides together.
fn spot(comparison: &Comparison, place: Place) -> Spot<'_> {
    spot_in(comparison.joint().spec(Side::Head), place)
}

/// Whether a place stands in a file of the base alone.
fn is_gone(comparison: &Comparison, place: Place) -> bool {
    comparison.joint().side_of(place) == Side::Base
}

/// The changes of a finding that the head still shows, but for the one that it stands on.
fn related<'a>(comparison: &'a Comparison, finding: &Finding) -> Vec<Related<'a>> {
    let changes = finding.changes(comparison).iter().map(|id| comparison.change(*id));
    let others =
        changes.filter(|change| Some(change.place) != finding.place && !is_gone(comparison, change.place));
    let told = others.take(MOST_RELATED).map(|change| Related {
        spot: spot(comparison, change.place),
        text: words::plain(comparison, &Words { comparison }.change(change)),
    });
    told.collect()
}

/// Whether it was so in the base already: an acceptance that stood there has expired, or matches nothing any more.
fn is_old(comparison: &Comparison, finding: &Finding) -> bool {
    let About::Acceptance(entry) = finding.about else { return false };
    let of = |side| &comparison.joint().spec(side).accept;
    let Some(own) = of(entry.side).get(entry.position) else { return false };
    finding.rule != Rule::AcceptanceNew && of(Side::Base).iter().any(|other| other.what == own.what)
}

/// The cheapest paths of a finding, each from its first node on.
fn flows<'r>(review: &'r Review, finding: &Finding) -> Vec<Flow<'r>> {
    if !matches!(finding.about, About::Paths { .. }) {
        return Vec::new();
    }
    let comparison = &review.comparison;
    let mut pairs: Vec<&Pair> = Words::told(finding).iter().collect();
    pairs.sort_by_key(|pair| words::lead(pair).after);
    pairs.truncate(MOST_FLOWS);
    let mut routes = Routes::new(comparison, Side::Head);
    let found = pairs.into_iter().filter_map(|pair| {
        let delta = words::lead(pair);
        let route = routes.find(delta.from, delta.question, delta.to)?;
        Some(flow(comparison, &delta, &route))
    });
    found.collect()
}

fn flow<'c>(comparison: &'c Comparison, delta: &Delta, route: &Route) -> Flow<'c> {
    let teller = Teller { comparison };
    let mut steps: Vec<FlowStep<'_>> = teller.start(delta, route).into_iter().collect();
    steps.extend(route.hops.iter().map(|hop| teller.hop(hop)));
    steps.extend(route.act.as_ref().map(|hop| teller.act(hop)));
    let text = phrase![about(delta), " (", words::cost(delta.before, delta.after), ")"];
    let text = words::plain(comparison, &text);
    Flow { text, steps }
}

/// What a path shows.
fn about(delta: &Delta) -> Text {
    let (from, to) = (delta.from, delta.to);
    match delta.question {
        Way::Influence => phrase![from, " steers ", to],
        Way::Exposure => phrase!["Content of ", to, " comes to ", from],
        Way::Write | Way::Read | Way::Invoke | Way::Observe => {
            phrase![from, " has ", delta.question.as_str(), " of ", to, " done"]
        }
    }
}

/// Tells a path hop by hop.
struct Teller<'c> {
    comparison: &'c Comparison,
}

impl<'c> Teller<'c> {
    fn start(&self, delta: &Delta, route: &Route) -> Option<FlowStep<'c>> {
        let node = route.hops.first().or(route.act.as_ref())?.hop.from;
        let spec = self.comparison.joint().spec(Side::Head);
        let text = match (delta.question, spec.node(node).zone) {
            (Way::Exposure, _) => phrase![node, " holds content"],
            (_, Some(zone)) => phrase![node, " (zone ", zone, ") is compromised"],
            (_, None) => phrase![node, " is compromised"],
        };
        Some(self.told(spec.node(node).place, &text, false))
    }

    fn hop(&self, hop: &RouteHop) -> FlowStep<'c> {
        let edge = self.comparison.graph(Side::Head).edge(hop.hop.edge);
        match hop.hop.leg {
            Leg::Request => self.edge(hop, ""),
            Leg::Result => self.said(hop, phrase![edge.to, " answers ", edge.from]),
        }
    }

    fn act(&self, hop: &RouteHop) -> FlowStep<'c> {
        self.edge(hop, "then ")
    }

    fn edge(&self, hop: &RouteHop, before: &'static str) -> FlowStep<'c> {
        let edge = self.comparison.graph(Side::Head).edge(hop.hop.edge);
        self.said(hop, phrase![before, edge.from, " ", edge.verb, " ", edge.to])
    }

    /// A hop in a sentence, with what it exists for and what the change did to it.
    fn said(&self, hop: &RouteHop, text: Text) -> FlowStep<'c> {
        let graph = self.comparison.graph(Side::Head);
        let edge = graph.edge(hop.hop.edge);
        let by = edge.because().map(|node| phrase![", by way of ", node, ", declared here"]);
        let text = phrase![text, by.unwrap_or_default(), self.change(hop)];
        self.told(place_of_edge(graph, edge), &text, hop.is_changed)
    }

    /// What the change did to a hop, behind its sentence.
    fn change(&self, hop: &RouteHop) -> Text {
        let change = hop.change.map(|id| self.comparison.change(id));
        match change.map(|change| (change, &change.what)) {
            Some((_, What::Edge { base: None, .. })) => phrase![" (added)"],
            Some((_, What::Edge { .. })) => phrase![" (changed)"],
            Some((change, _)) => {
                phrase![" (", Words { comparison: self.comparison }.change(change), ")"]
            }
            None if hop.is_changed => phrase![" (changed)"],
            None => Text::default(),
        }
    }

    fn told(&self, place: Place, text: &Text, is_changed: bool) -> FlowStep<'c> {
        let text = words::plain(self.comparison, text);
        FlowStep { spot: spot(self.comparison, place), text, is_essential: is_changed }
    }
}
