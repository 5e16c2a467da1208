//! What must hold: the entries of `rules`.
#![expect(dead_code, reason = "the types stand for what is written; only their schema is used")]

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use super::generate::{OneOrMany, Text};
use super::words::{Flow, NodeKind, Plane, Way};

/// The entries of `rules`: a list, or nothing.
pub(super) struct Rules;

impl JsonSchema for Rules {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rules".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<Rule>();
        schemars::json_schema!({ "type": ["array", "null"], "items": item })
    }
}

/// Something that must hold. It is said in exactly one way.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case", transform = in_one_way)]
struct Rule {
    /// What it is called. Findings are told apart by it.
    name: Text,
    /// Why it must hold, for whoever breaks it.
    why: Why,
    /// No node of one group gets at a node of another.
    deny: Deny,
    /// Every path passes certain nodes or guards.
    only_through: OnlyThrough,
    /// Groups get at nothing of each other.
    independent: Independent,
    /// Content goes up or down alone.
    layers: Layers,
    /// A row, a column or the whole matrix is exactly this. Questions that are left out are not asked.
    expect: Expect,
    /// A node gets at so many others and no more.
    limit: Limit,
}

/// A denial.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = ends)]
struct Deny {
    /// Who is compromised: names and selectors.
    from: Group,
    /// What it must not get at: names and selectors.
    to: Group,
    /// In which ways. Default: influence.
    by: Ways,
    /// The most guards that may stand on a way that counts. Default: 0, open ways alone.
    guards: Guards,
}

/// What every path passes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = ends_and_passage)]
struct OnlyThrough {
    /// Who is compromised: names and selectors.
    from: Group,
    /// What it gets at: names and selectors.
    to: Group,
    /// Nodes, one of which every path passes.
    through: Group,
    /// Guards, one of which every path passes.
    guard: Group,
    /// In which ways. Default: influence.
    by: Ways,
    /// The most guards that may stand on a way that counts. Default: any, every way.
    guards: Guards,
}

/// The long form of independent groups.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = groups)]
struct IndependentGroups {
    /// Two groups or more: each a name, a selector or a list of these.
    groups: Groups,
    /// In which ways. Default: influence.
    by: Ways,
    /// The most guards that may stand on a way that counts. Default: 0, open ways alone.
    guards: Guards,
}

/// Layers.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = direction)]
struct Layers {
    /// The layers, the lowest first. Default: the zones, the least trusted first.
    order: Order,
    /// Where content may go.
    flow: Flow,
    /// What of content counts. Default: influence.
    by: Plane,
    /// The most guards that may stand on a way that counts. Default: 0, open ways alone.
    guards: Guards,
}

/// A limit.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = whose)]
struct Limit {
    /// The nodes, each of which is limited by itself.
    of: Group,
    /// How many nodes it may get at: a number, or a percentage such as 25%.
    to: Most,
    /// The kind of the nodes that count. Default: all of them.
    kind: NodeKind,
    /// In which ways. Default: influence.
    by: Ways,
    /// The most guards that may stand on a way that counts. Default: 0, open ways alone.
    guards: Guards,
}

/// A row, a column or, with neither, the whole matrix: then each question holds a mapping from rows to what is in them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = one_part)]
struct Expect {
    /// The node whose row it is: what its holder gets.
    row: Text,
    /// The node whose column it is: who gets at it.
    column: Text,
    /// Whose content steers or taints whom.
    influence: Cells,
    /// Whose content comes to whom: the row learns the column.
    exposure: Cells,
    /// Who can have whom written.
    write: Cells,
    /// Who can have whom read.
    read: Cells,
    /// Who can have whom invoked.
    invoke: Cells,
    /// Who can have whom observed.
    observe: Cells,
}

/// Declares a type that stands in the place where it is used.
macro_rules! inline {
    ($($(#[$doc:meta])* $name:ident => |$generator:ident| $schema:expr;)+) => {$(
        $(#[$doc])*
        struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    )+};
}

inline! {
    /// A sentence.
    Why => |_generator| schemars::json_schema!({ "type": ["string", "number", "boolean"], "pattern": "\\S" });
    /// Names and selectors, never none.
    Group => |generator| {
        let word = generator.subschema_for::<Text>();
        schemars::json_schema!({ "anyOf": [word, { "type": "array", "items": word, "minItems": 1 }] })
    };
    /// Two groups or more.
    Groups => |generator| {
        let group = generator.subschema_for::<Group>();
        schemars::json_schema!({ "type": "array", "items": group, "minItems": 2 })
    };
    /// Two layers or more, or none for the zones.
    Order => |generator| {
        let group = generator.subschema_for::<Group>();
        schemars::json_schema!({ "type": "array", "items": group, "not": { "minItems": 1, "maxItems": 1 } })
    };
    /// One way or several.
    Ways => |generator| {
        let way = generator.subschema_for::<Way>();
        schemars::json_schema!({ "anyOf": [way, { "type": "array", "items": way, "minItems": 1 }] })
    };
    /// A number of guards, or all ways.
    Guards => |_generator| schemars::json_schema!({
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": u32::MAX }, { "const": "any" }],
    });
    /// A number of nodes, or a percentage of them.
    Most => |_generator| schemars::json_schema!({
        "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "pattern": "^(100|[0-9]{1,2}) *%$" }],
    });
    /// Independent groups in either form.
    Independent => |generator| {
        let groups = generator.subschema_for::<Groups>();
        let long = generator.subschema_for::<IndependentGroups>();
        schemars::json_schema!({ "anyOf": [groups, long] })
    };
    /// The cells of a line, or lines by their rows.
    Cells => |generator| {
        let line = generator.subschema_for::<Line>();
        schemars::json_schema!({ "anyOf": [line, { "type": "object", "additionalProperties": line }] })
    };
    /// The cells of a line: names and selectors of open ones, or mappings from these to guards.
    Line => |generator| OneOrMany::<Cell>::json_schema(generator);
    /// A cell.
    Cell => |generator| {
        let word = generator.subschema_for::<Text>();
        let guards = json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
        schemars::json_schema!({ "anyOf": [word, { "type": "object", "additionalProperties": guards }] })
    };
}

/// A rule says why, and one thing.
fn in_one_way(schema: &mut Schema) {
    let terms = ["deny", "only-through", "independent", "layers", "expect", "limit"];
    require(schema, &["why"]);
    let ways: Vec<Value> = terms.iter().map(|term| json!({ "required": [term] })).collect();
    schema.insert("oneOf".to_owned(), ways.into());
}

fn ends(schema: &mut Schema) {
    require(schema, &["from", "to"]);
}

fn ends_and_passage(schema: &mut Schema) {
    require(schema, &["from", "to"]);
    let passages = json!([{ "required": ["through"] }, { "required": ["guard"] }]);
    schema.insert("anyOf".to_owned(), passages);
}

fn groups(schema: &mut Schema) {
    require(schema, &["groups"]);
}

fn direction(schema: &mut Schema) {
    require(schema, &["flow"]);
}

fn whose(schema: &mut Schema) {
    require(schema, &["of", "to"]);
}

/// Not a row and a column, and at least one question.
fn one_part(schema: &mut Schema) {
    schema.remove("required");
    schema.insert("not".to_owned(), json!({ "required": ["row", "column"] }));
    let questions = ["influence", "exposure", "write", "read", "invoke", "observe"];
    let questions: Vec<Value> = questions.iter().map(|question| json!({ "required": [question] })).collect();
    schema.insert("anyOf".to_owned(), questions.into());
}

fn require(schema: &mut Schema, keys: &[&str]) {
    schema.insert("required".to_owned(), json!(keys));
}
