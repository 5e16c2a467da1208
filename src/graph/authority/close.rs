//! The fixpoint: what needs no flows first, then flows, secrets and grants together, then the edges in their order.

use super::budget::{Budget, Exceeded};
use super::derived::{Sources, append};
use super::exposure::Exposure;
use super::grants::Grants;
use super::guard_sets::GuardSets;
use super::keys::Keys;
use super::premises::Premises;
use crate::graph::edge::{Edge, Origin};
use crate::model::{Node, Returns, Spec, Verb};

/// The declared edges followed by all derived ones, each in its order, where no more than so many are derived.
pub(in crate::graph) fn close(spec: &Spec, declared: Vec<Edge>, most: usize) -> Result<Vec<Edge>, Exceeded> {
    if !spec.nodes.values().any(Node::is_authority) {
        return Ok(declared);
    }
    let mut budget = Budget::new(most);
    let mut sets = GuardSets::new(spec);
    let keys = Keys::new(spec);
    for credential in &keys.credentials {
        budget.edges(*credential, spec.node(*credential).opens.len())?;
    }
    let premises = Premises::close(spec, &declared, &mut sets, &mut budget)?;
    let derived = premises.derived().iter().map(|made| made.edge(&sets));
    let derived: Vec<Edge> = derived.chain(own_rows(spec, &keys)).collect();
    let exposure = Exposure::new(spec, &declared, &derived);
    let (grants, spread) = Grants::close(spec, &keys, &premises, &exposure, &mut sets, &budget)?;
    let mut edges = declared;
    let sources =
        Sources { spec, keys: &keys, sets: &sets, premises: &premises, grants: &grants, spread: &spread };
    append(&mut edges, &sources, &budget)?;
    Ok(edges)
}

/// Rule 2: a credential's own row.
fn own_rows<'a>(spec: &'a Spec, keys: &'a Keys) -> impl Iterator<Item = Edge> + 'a {
    keys.credentials.iter().flat_map(|credential| {
        spec.node(*credential).opens.iter().map(|target| Edge {
            from: *credential,
            verb: Verb::Invoke,
            to: *target,
            guards: Vec::new(),
            returns: Returns::Content(Vec::new()),
            extra: 0,
            origin: Origin::Key,
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::graph::{Origin, close_authority};
    use crate::model::Spec;

    #[test]
    fn a_secret_that_a_guard_lets_through_opens_what_it_opens_behind_that_guard() {
        let text = "
version: 1
guards: {redact: {stops: [exposure]}}
credentials: {key: {opens: [db]}}
agents:
  keeper: {read: [key], write: [wiki]}
  helper: {read: [{target: wiki, guards: [redact]}], invoke: [sql]}
stores: {wiki: {}}
tools: {sql: {general: true}, db: {}}
";
        let spec = Spec::from_text("rules.yaml", text).expect("a valid spec");
        let node = |name| spec.node_id(name).expect("a node");
        let edges = close_authority(&spec).split_off(spec.edges.len());
        let mut derived: Vec<(&str, Origin, u32)> =
            edges.iter().map(|edge| (spec.node_name(edge.from), edge.origin, edge.extra)).collect();
        derived.sort_unstable();
        assert!(edges.iter().all(|edge| edge.to == node("db")));
        let (credential, through) = (node("key"), node("sql"));
        let wanted = [
            ("helper", Origin::Insider { credential, through }, 1),
            ("keeper", Origin::Holder(credential), 0),
            ("key", Origin::Key, 0),
            ("sql", Origin::Insider { credential, through }, 1),
        ];
        assert_eq!(derived, wanted);
    }
}
