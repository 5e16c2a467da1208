//! A contract → the entry that says it, as JSON: the language itself, with nothing left to defaults.

use serde_json::{Map, Value, json};

use crate::model::contract::{Contract, Expect, Flow, Limit, Line, Most, OnlyThrough, Part, Term, Within};
use crate::model::vocabulary::Way;

/// The word of `guards` that takes all ways.
pub(crate) const ANY: &str = "any";

impl Contract {
    /// The entry, key by key.
    #[must_use]
    pub fn written(&self) -> Map<String, Value> {
        let name = self.name.iter().map(|name| ("name".to_owned(), json!(name)));
        let rest = [("why".to_owned(), json!(self.why)), (self.term.key().to_owned(), term(&self.term))];
        name.chain(rest).collect()
    }
}

fn term(term: &Term) -> Value {
    match term {
        Term::Deny(deny) => {
            json!({ "from": deny.from, "to": deny.to, "by": ways(&deny.by), "guards": within(deny.within) })
        }
        Term::OnlyThrough(only) => only_through(only),
        Term::Independent(apart) => {
            json!({ "groups": apart.groups, "by": ways(&apart.by), "guards": within(apart.within) })
        }
        Term::Layers(layers) => {
            let flow = if layers.flow == Flow::Up { "up" } else { "down" };
            let guards = within(layers.within);
            json!({ "order": layers.order, "flow": flow, "by": layers.plane.as_str(), "guards": guards })
        }
        Term::Expect(expected) => expect(expected),
        Term::Limit(most) => limit(most),
    }
}

fn only_through(only: &OnlyThrough) -> Value {
    let mut written =
        json!({ "from": only.from, "to": only.to, "by": ways(&only.by), "guards": within(only.within) });
    if !only.through.is_empty() {
        written["through"] = json!(only.through);
    }
    if !only.guards.is_empty() {
        written["guard"] = json!(only.guards);
    }
    written
}

fn limit(limit: &Limit) -> Value {
    let to = match limit.to {
        Most::Nodes(nodes) => json!(nodes),
        Most::Percent(percent) => json!(format!("{percent}%")),
    };
    let mut written =
        json!({ "of": limit.of, "to": to, "by": ways(&limit.by), "guards": within(limit.within) });
    if let Some(kind) = limit.kind {
        written["kind"] = json!(kind.as_str());
    }
    written
}

fn expect(expect: &Expect) -> Value {
    let mut written = match &expect.part {
        Part::Whole => json!({}),
        Part::Row(node) => json!({ "row": node }),
        Part::Column(node) => json!({ "column": node }),
    };
    for expected in &expect.cells {
        written[expected.way.as_str()] = match (&expect.part, expected.lines.first()) {
            (Part::Whole, _) => {
                let lines = expected.lines.iter();
                lines.map(|line| (line.of.clone(), cells(line))).collect::<Map<_, _>>().into()
            }
            (_, Some(line)) => cells(line),
            (_, None) => json!([]),
        };
    }
    written
}

fn cells(line: &Line) -> Value {
    let cell = |entry: &crate::model::Entry| match entry.guards {
        0 => json!(entry.word),
        guards => Value::Object(Map::from_iter([(entry.word.clone(), json!(guards))])),
    };
    line.entries.iter().map(cell).collect()
}

fn ways(ways: &[Way]) -> Vec<&'static str> {
    ways.iter().map(|way| way.as_str()).collect()
}

fn within(within: Within) -> Value {
    match within {
        Within::Guards(guards) => json!(guards),
        Within::Any => json!(ANY),
    }
}
