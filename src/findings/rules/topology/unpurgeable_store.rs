//! A topology → the persistent stores that untrusted content comes to, where nothing says how it is found and removed.

use super::shared::{persistent, readers};
use super::steering::Steering;
use crate::findings::context::RuleContext;
use crate::findings::finding::Draft;
use crate::findings::rules::{Entry, Finder, RulePage};
use crate::findings::surface::Surface;
use crate::findings::taxonomy::{AML_T0070, AML_T0080_000, AML_T0094, ASI06, L2, LLM01, LLM04};
use crate::model::text::phrase;
use crate::model::{Piece, Rule, before_time};

pub(in crate::findings::rules) static RULE: Entry = Entry {
    page: RulePage::read(Rule::UnpurgeableStore, include_str!("unpurgeable_store.md")),
    references: &[ASI06, LLM01, LLM04, AML_T0070, AML_T0080_000, AML_T0094, L2],
    surface: Some(Surface::Memory),
    severity: Some("5.5"),
    finder: Finder::Topology(find),
};

fn find(context: &RuleContext<'_>) -> Vec<Draft> {
    let stores = persistent(context).filter(|store| context.spec.node(*store).revocation().is_none());
    let found = stores.filter_map(|store| {
        let planting = Steering::reaching(context, store);
        let planted = planting.path_of(planting.lead()?.1)?;
        let reader = readers(context, store).first()?.from;
        let title = phrase![
            "nothing says how what untrusted ",
            planted.from,
            " plants in ",
            store,
            " is found and removed"
        ];
        let node = context.spec.node(store);
        let mut draft = Draft::new(Rule::UnpurgeableStore, vec![store, reader, planted.from], title)
            .behind(planted.cost.guards);
        draft = draft.between_all(planting.by.iter().map(|(_, stranger)| (*stranger, store)));
        draft = match node.retention() {
            Some(time) => {
                draft.detail(phrase!["it stays ", before_time(time), Piece::Quoted(time.to_owned())])
            }
            None => draft.detail(phrase!["nothing says how long it stays"]),
        };
        if node.is_versioned() {
            draft = draft
                .detail(phrase!["the store is versioned: say who finds the version to go back to, and how"]);
        }
        Some(draft.shown_by(phrase!["how it comes there"], Some(planted)).fix(phrase![
            "write down how poisoned content is found and removed: ",
            Piece::Code("revocation: …".to_owned()),
            " on ",
            store
        ]))
    });
    found.collect()
}
