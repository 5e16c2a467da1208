//! The paths that a finding opens hop by hop, each with the sentence that it says.

use super::spots::spot;
use super::words;
use super::words::Words;
use crate::analysis::Leg;
use crate::compare::{Comparison, Delta, Route, RouteHop, Routes, Side, What};
use crate::findings::{About, Finding, Pair, Review};
use crate::model::Way;
use crate::model::{NodeId, Place};
use crate::report::machine::place::place_of_edge;
use crate::report::machine::{Flow, FlowStep};
use crate::report::name::visible;

/// Code flows of a finding: the cheapest paths.
const MOST_FLOWS: usize = 10;

/// The cheapest paths of a finding, each from its first node on.
pub(super) fn flows<'r>(review: &'r Review, finding: &Finding) -> Vec<Flow<'r>> {
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
    let text = format!("{} ({})", teller.about(delta), words::cost(delta.before, delta.after));
    Flow { text, steps }
}

/// Tells a path hop by hop.
struct Teller<'c> {
    comparison: &'c Comparison,
}

impl<'c> Teller<'c> {
    fn name(&self, node: NodeId) -> String {
        visible(self.comparison.joint().name(node))
    }

    fn about(&self, delta: &Delta) -> String {
        let (from, to) = (self.name(delta.from), self.name(delta.to));
        match delta.question {
            Way::Influence => format!("{from} steers {to}"),
            Way::Exposure => format!("Content of {to} comes to {from}"),
            Way::Write | Way::Read | Way::Invoke | Way::Observe => {
                format!("{from} has {} of {to} done", delta.question)
            }
        }
    }

    fn start(&self, delta: &Delta, route: &Route) -> Option<FlowStep<'c>> {
        let node = route.hops.first().or(route.act.as_ref())?.hop.from;
        let spec = self.comparison.joint().spec(Side::Head);
        let name = self.name(node);
        let text = match (delta.question, spec.node(node).zone) {
            (Way::Exposure, _) => format!("{name} holds content"),
            (_, Some(zone)) => format!("{name} (zone {}) is compromised", visible(spec.zone_name(zone))),
            (_, None) => format!("{name} is compromised"),
        };
        Some(self.told(spec.node(node).place, &text, false))
    }

    fn hop(&self, hop: &RouteHop) -> FlowStep<'c> {
        let edge = self.comparison.graph(Side::Head).edge(hop.hop.edge);
        match hop.hop.leg {
            Leg::Request => self.edge(hop, ""),
            Leg::Result => {
                let text = format!("{} answers {}", self.name(edge.to), self.name(edge.from));
                self.said(hop, &text)
            }
        }
    }

    fn act(&self, hop: &RouteHop) -> FlowStep<'c> {
        self.edge(hop, "then ")
    }

    fn edge(&self, hop: &RouteHop, before: &str) -> FlowStep<'c> {
        let edge = self.comparison.graph(Side::Head).edge(hop.hop.edge);
        let verb = edge.verb.third_person();
        self.said(hop, &format!("{before}{} {verb} {}", self.name(edge.from), self.name(edge.to)))
    }

    /// A hop in a sentence, with what it exists for and what the change did to it.
    fn said(&self, hop: &RouteHop, text: &str) -> FlowStep<'c> {
        let graph = self.comparison.graph(Side::Head);
        let edge = graph.edge(hop.hop.edge);
        let by = edge.because().map(|node| format!(", by way of {}, declared here", self.name(node)));
        let text = format!("{text}{}{}", by.unwrap_or_default(), self.change(hop));
        self.told(place_of_edge(graph, edge), &text, hop.is_changed)
    }

    /// What the change did to a hop, behind its sentence.
    fn change(&self, hop: &RouteHop) -> String {
        let change = hop.change.map(|id| self.comparison.change(id));
        match change.map(|change| (change, &change.what)) {
            Some((_, What::Edge { base: None, .. })) => " (added)".to_owned(),
            Some((_, What::Edge { .. })) => " (changed)".to_owned(),
            Some((change, _)) => format!(" ({})", words::change(self.comparison, change)),
            None if hop.is_changed => " (changed)".to_owned(),
            None => String::new(),
        }
    }

    fn told(&self, place: Place, text: &str, is_changed: bool) -> FlowStep<'c> {
        FlowStep { spot: spot(self.comparison, place), text: text.to_owned(), is_essential: is_changed }
    }
}
