//! `accept`: entries that take a finding, each with its reason. Names in them are read and not looked up.

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::fields::{unique, visible, wrong_type};
use super::keys::{Key, Mapping};
use super::levels::{any_id, rule_words, unknown_rule};
use super::resolve::check_node_name;
use super::schema::shape;
use super::schema::shape::Definitions;
use super::sink::Sink;
use super::tree::{Entry, Text, Tree, Value};
use super::values::{choice, name, sentence, text};
use crate::model::{Acceptance, Accepted, FindingError, Place, Rule, Verb, date_from_text, quoted};

/// An entry.
pub(super) static ACCEPTANCE: Mapping = Mapping::new(
    "Acceptance",
    "An entry of `accept`. What it accepts is said in exactly one way.",
    "in an acceptance",
    &[
        Key::new(
            "from",
            shape::text,
            "What is compromised; with to, everything between the two is accepted.",
        )
        .holds("name"),
        Key::new("to", shape::text, "What it reaches.").holds("name"),
        Key::new("edge", |all| ACCEPTED_EDGE.refer(all), "Everything that one edge causes.")
            .holds("`{from, verb, to}`"),
        Key::new("finding", finding_shape, "One finding, as a review prints it.")
            .more("a rule, a colon, 16 hexadecimal digits"),
        Key::new(
            "spec",
            |_| json!({ "type": ["string", "number", "boolean"], "pattern": PATH }),
            "The path of a spec that may be deleted, from the root of the repository.",
        )
        .holds("path")
        .more("a file or a directory; the finding is `CW013`"),
        Key::new("reason", shape::sentence, "Why it is accepted.").required(),
        Key::new("owner", shape::text, "Who answers for it."),
        Key::new("ticket", shape::text, "Where it was discussed."),
        Key::new(
            "expires",
            |_| json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
            "The last day on which it holds: YYYY-MM-DD.",
        )
        .holds("`YYYY-MM-DD`"),
    ],
)
.also(in_one_way);

/// What stands under `edge`.
static ACCEPTED_EDGE: Mapping = Mapping::new(
    "AcceptedEdge",
    "An edge: who does what to whom.",
    "in `edge`",
    &[
        Key::new("from", shape::text, "The actor.").required(),
        Key::new("verb", |all| all.word(&Verb::VOCABULARY), "What it does.").required(),
        Key::new("to", shape::text, "To whom.").required(),
    ],
);

/// A path of the repository: parts joined by slashes, none of them empty, `.` or `..`.
const PATH: &str = r"^(?!(.*/)?\.{1,2}(/|$))[^/\\]+(/[^/\\]+)*/?$";

/// Exactly one of the four ways to say what is accepted.
fn in_one_way() -> Json {
    let mut ways = vec![json!({ "required": ["from", "to"] })];
    ways.extend(["edge", "finding", "spec"].map(|way| json!({ "required": [way] })));
    json!({ "oneOf": ways, "dependencies": { "from": ["to"], "to": ["from"] } })
}

/// A rule and a fingerprint.
fn finding_shape(_: &mut Definitions) -> Json {
    let names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    let pattern = format!("^({}|{}):[0-9A-Fa-f]{{16}}$", any_id(), names.join("|"));
    json!({ "type": "string", "pattern": pattern })
}

const WHAT: &str = "say one of: `from` and `to`, `edge: {from, verb, to}`, `finding: \"CW001:…\"` as it was printed, or `spec: path` of a deleted one";

/// Reads `accept`. An entry with a mistake is reported and left out.
pub(super) fn acceptances(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Vec<Acceptance> {
    match value.value {
        Value::List(items) => items.iter().filter_map(|item| acceptance(key, item, sink)).collect(),
        _ if value.is_null() => Vec::new(),
        _ => {
            wrong_type(key, value, "a list of entries", sink);
            Vec::new()
        }
    }
}

/// What an entry holds, each value read by itself. What stands there and is wrong is `Some(None)`: it has been reported, and
/// is not missing.
#[derive(Default)]
struct Fields<'a> {
    from: Option<Option<Text<'a>>>,
    to: Option<Option<Text<'a>>>,
    edge: Option<Option<Accepted>>,
    finding: Option<Option<Accepted>>,
    spec: Option<Option<Accepted>>,
    reason: Option<Option<Text<'a>>>,
    owner: Option<Text<'a>>,
    ticket: Option<Text<'a>>,
    expires: Option<Date>,
}

fn acceptance(key: &Text<'_>, item: &Tree<'_>, sink: &mut Sink) -> Option<Acceptance> {
    let Value::Map(entries) = item.value else {
        wrong_type(key, item, "a list of entries such as `{from: a, to: b, reason: why}`", sink);
        return None;
    };
    let mut fields = Fields::default();
    for entry in &*unique(entries, sink) {
        field(&mut fields, entry, sink);
    }
    let place = entries.first().map_or(item.place, |entry| entry.key.place);
    let reason = reason(fields.reason, place, sink);
    let what = what(&fields, place, sink)?;
    let owned = |text: Option<Text<'_>>| text.map(|text| text.text.to_owned());
    Some(Acceptance {
        what,
        reason: reason?,
        owner: owned(fields.owner),
        ticket: owned(fields.ticket),
        expires: fields.expires,
        place: item.place,
    })
}

/// Reads one key of an entry.
fn field<'a>(fields: &mut Fields<'a>, entry: &Entry<'a>, sink: &mut Sink) {
    let Entry { key, value } = entry;
    match key.text {
        "from" => fields.from = Some(node_name(key, value, sink)),
        "to" => fields.to = Some(node_name(key, value, sink)),
        "edge" => fields.edge = Some(edge(key, value, sink)),
        "finding" => fields.finding = Some(finding(key, value, sink)),
        "spec" => fields.spec = Some(spec(key, value, sink)),
        // Nothing under `reason` is no reason, which is said where it is asked for.
        "reason" if value.is_null() => {}
        "reason" => fields.reason = Some(text(key, value, sink)),
        "owner" => fields.owner = text(key, value, sink),
        "ticket" => fields.ticket = text(key, value, sink),
        "expires" => fields.expires = date(key, value, sink),
        _ => ACCEPTANCE.unknown(key, sink),
    }
}

/// The reason without blanks around it.
fn reason(found: Option<Option<Text<'_>>>, entry: Place, sink: &mut Sink) -> Option<String> {
    let missing = |place| {
        Diagnostic::new(Code::NoReason, "an acceptance has no `reason`")
            .at(place, "why is it accepted?")
            .help("say in a sentence why the finding is taken, for whoever reads it later: `reason: …`")
    };
    sentence(found, entry, missing, sink)
}

/// What an entry accepts. Exactly one of the four ways to say it must be there.
fn what(fields: &Fields<'_>, place: Place, sink: &mut Sink) -> Option<Accepted> {
    let pair = fields.from.is_some() || fields.to.is_some();
    let ways = [pair, fields.edge.is_some(), fields.finding.is_some(), fields.spec.is_some()];
    let problem = match ways.iter().filter(|way| **way).count() {
        0 => "an acceptance does not say what it accepts",
        1 if pair && fields.from.is_none() => "an acceptance has a `to` and no `from`",
        1 if pair && fields.to.is_none() => "an acceptance has a `from` and no `to`",
        1 => return the_one(fields),
        _ => "an acceptance says in two ways what it accepts",
    };
    sink.push(Diagnostic::new(Code::UnclearAcceptance, problem).at(place, "this entry").help(WHAT));
    None
}

/// What is accepted, where it is said in one way.
fn the_one(fields: &Fields<'_>) -> Option<Accepted> {
    if let Some(said) = fields.edge.as_ref().or(fields.finding.as_ref()).or(fields.spec.as_ref()) {
        return said.clone();
    }
    Some(Accepted::Pair { from: fields.from??.text.to_owned(), to: fields.to??.text.to_owned() })
}

/// The name of a node, which need not be there.
fn node_name<'a>(key: &Text<'_>, value: &Tree<'a>, sink: &mut Sink) -> Option<Text<'a>> {
    let found = name(key, value, sink)?;
    check_node_name(&found, sink);
    Some(found)
}

/// `edge`: who does what to whom.
fn edge(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Accepted> {
    let Value::Map(entries) = value.value else {
        wrong_type(key, value, "a mapping `{from: …, verb: …, to: …}`", sink);
        return None;
    };
    let (mut from, mut verb, mut to) = (None, None, None);
    for Entry { key, value } in &*unique(entries, sink) {
        match key.text {
            "from" => from = Some(node_name(key, value, sink)),
            "verb" => verb = Some(choice(key, value, Verb::VOCABULARY.words, sink).and_then(Verb::from_text)),
            "to" => to = Some(node_name(key, value, sink)),
            _ => ACCEPTED_EDGE.unknown(key, sink),
        }
    }
    let missing = [("from", from.is_none()), ("verb", verb.is_none()), ("to", to.is_none())];
    if let Some((missing, _)) = missing.iter().find(|(_, missing)| *missing) {
        sink.push(
            Diagnostic::new(
                Code::UnclearAcceptance,
                format!("the `edge` of an acceptance has no `{missing}`"),
            )
            .at(key.place, "this edge")
            .help("an edge is `{from: who, verb: what it does, to: whom}`"),
        );
        return None;
    }
    Some(Accepted::Edge { from: from??.text.to_owned(), verb: verb??, to: to??.text.to_owned() })
}

/// `finding`: a rule and a fingerprint.
fn finding(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Accepted> {
    let word = text(key, value, sink)?;
    match Accepted::finding(word.text) {
        Ok(finding) => Some(finding),
        Err(FindingError::UnknownRule(rule)) => {
            sink.push_slip(unknown_rule(&rule).at(word.place, "names no rule"), &rule, &rule_words());
            None
        }
        Err(FindingError::Shape) => {
            sink.push(
                Diagnostic::new(Code::BadFinding, format!("`{}` is not a finding", quoted(word.text)))
                    .at(word.place, "not a rule, a colon and 16 hexadecimal digits")
                    .help("copy it as the review prints it: `CW001:9f3c2e1a5b7d4c60`"),
            );
            None
        }
    }
}

/// `spec`: the path of a spec, which need not be there: it is accepted that it goes.
fn spec(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Accepted> {
    let word = text(key, value, sink)?;
    let found = Accepted::spec(word.text);
    if found.is_none() {
        let message = format!("`{}` is not a path from the root of the repository", quoted(word.text));
        sink.push(
            Diagnostic::new(Code::BadSpecPath, message)
                .at(visible(key, value), "a part of it is empty, `.` or `..`, or holds a backslash")
                .help("write the path as git prints it: `spec: agents/crabwalk.yaml`"),
        );
    }
    found
}

/// `expires`: a day.
fn date(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Option<Date> {
    let word = text(key, value, sink)?;
    let found = date_from_text(word.text);
    if found.is_none() {
        sink.push(
            Diagnostic::new(Code::BadDate, format!("`{}` is not a date", quoted(word.text)))
                .at(visible(key, value), "not a day of the calendar as YYYY-MM-DD")
                .help("write the last day on which the acceptance holds: `expires: 2027-03-01`"),
        );
    }
    found
}
