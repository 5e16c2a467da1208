//! A topology → the credentials that renew themselves, that nothing says how to revoke, and that untrusted content can have used.

use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0055, AML_T0091_000, AML_T0098, ASI03, L6, LLM02, LLM06};
use crate::graph::EdgeId;
use crate::model::text::phrase;
use crate::model::{NodeId, NodeKind, Piece, Rule};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::UnrevocableRefresh, include_str!("unrevocable_refresh.md")),
    references: &[ASI03, LLM02, LLM06, AML_T0055, AML_T0091_000, AML_T0098, L6],
    surface: Some(Surface::Credentials),
    severity: Some("8.0"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let keys = context.nodes(NodeKind::Credential).filter(|key| {
        let node = context.spec.node(*key);
        node.renews_itself() && node.revocation().is_none()
    });
    let found = keys.filter_map(|key| {
        let (guards, edge) = used(context, key)?;
        let actor = context.graph.edge(edge).from;
        let path = context.untrusted_reach().path_to_act(actor);
        let attacker = path.as_ref().map_or(actor, |path| path.from);
        let title = phrase![
            key,
            " renews itself, nothing says how to revoke it, and untrusted ",
            attacker,
            " can have it used"
        ];
        let mut draft = Draft::new(Rule::UnrevocableRefresh, vec![key, actor, attacker], title)
            .behind(guards)
            .between(attacker, key)
            .detail(phrase!["once it is out it stays valid until somebody revokes it"]);
        if let Some(time) = context.spec.node(key).lifetime() {
            draft = draft.detail(phrase!["a token of it lives for ", Piece::Quoted(time.to_owned())]);
        }
        Some(draft.shown_by_act(phrase!["how it is used"], path, edge).fix(phrase![
            "write down who revokes it and how, at its issuer too: ",
            Piece::Code("revocation: …".to_owned()),
            " on ",
            key
        ]))
    });
    found.collect()
}

/// The cheapest way for untrusted content to have a credential used or read: guards that have to fail, and the edge.
fn used(context: &RuleContext<'_>, key: NodeId) -> Option<(u32, EdgeId)> {
    let uses = context.graph.means_on(key).filter_map(|means| {
        let cost = context.untrusted_reach().cost_at(means.door)?;
        Some((means.used_at(cost).guards, cost, means.edge))
    });
    uses.min().map(|(guards, _, id)| (guards, id))
}
