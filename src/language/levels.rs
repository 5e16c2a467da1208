//! `review`: the levels of rules.

use indexmap::map::Entry as Slot;
use serde_json::{Map, Value as Json, json};

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::fields::{entries, unique};
use super::keys::{Key, Mapping};
use super::schema::shape;
use super::schema::shape::Definitions;
use super::sink::Sink;
use super::tree::{Entry, Text, Tree};
use super::values::choice;
use crate::model::{Level, Review, Rule, Setting, Vocabulary, quoted, words};

/// `review`.
static REVIEW: Mapping = Mapping::new(
    "Review",
    "How changes of the spec are judged.",
    "in `review`",
    &[Key::new("levels", levels_shape, "Levels of rules, by id or by name.")],
);

/// The levels, from the gravest.
const LEVELS: &Vocabulary = &words!(
    "Level", "How grave a finding is.":
    "error" = "It must not land unseen.",
    "warning" = "Worth a second look.",
    "note" = "Worth knowing.",
    "off" = "It is not reported.",
);

/// `review` as schema: a mapping, or nothing.
pub(super) fn review_shape(all: &mut Definitions) -> Json {
    all.refer(REVIEW.name, |all| {
        json!({
            "type": ["object", "null"],
            "additionalProperties": false,
            "properties": REVIEW.properties(all),
        })
    })
}

/// A level for each rule that has another one than its own. Ids are read in letters of either case.
fn levels_shape(all: &mut Definitions) -> Json {
    let level = all.refer(LEVELS.name, |_| level_shape());
    let property = |rule: Rule, word: &str| {
        let doc = format!("{} Default: {}.", rule.summary(), rule.default_level().as_str());
        (word.to_owned(), shape::described(level.clone(), &doc))
    };
    let of_rule = |rule: &Rule| [property(*rule, rule.id()), property(*rule, rule.name())];
    let properties: Map<String, Json> = Rule::ALL.iter().flat_map(of_rule).collect();
    json!({
        // Its place is the first one: what it says comes later.
        "description": null,
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": false,
        "patternProperties": { format!("^{}$", any_id()): level },
    })
}

/// One of the levels. Editors that read YAML 1.1 take `off` for `false`.
fn level_shape() -> Json {
    let mut level = shape::one_of(LEVELS);
    if let Some(Json::Array(words)) = level.get_mut("oneOf") {
        words.push(json!({ "const": false, "description": "The word off, as YAML 1.1 reads it." }));
    }
    level
}

/// A pattern that takes the id of any rule.
pub(super) fn any_id() -> String {
    let digits: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id().trim_start_matches("CW")).collect();
    format!("[Cc][Ww]({})", digits.join("|"))
}

/// Reads `review`.
pub(super) fn review(key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) -> Review {
    let mut review = Review::default();
    let body = entries(key, value, "a mapping, or nothing", sink).unwrap_or_default();
    for Entry { key, value } in &*unique(body, sink) {
        match key.text {
            "levels" => levels(&mut review, key, value, sink),
            _ => REVIEW.unknown(key, sink),
        }
    }
    review
}

/// Reads `levels`.
fn levels(review: &mut Review, key: &Text<'_>, value: &Tree<'_>, sink: &mut Sink) {
    let all = entries(key, value, "a mapping from rules to levels", sink).unwrap_or_default();
    for Entry { key, value } in &*unique(all, sink) {
        let level = choice(key, value, LEVELS.words, sink).and_then(Level::from_text);
        let Some(rule) = Rule::from_text(key.text) else {
            sink.push_slip(unknown_rule(key.text).at(key.place, "no such rule"), key.text, &rule_words());
            continue;
        };
        match review.levels.entry(rule) {
            Slot::Occupied(first) => sink.push(levelled_twice(rule, key, first.get())),
            // Without a level that is known it still counts as levelled, so that a second one is found.
            Slot::Vacant(free) => {
                let level = level.unwrap_or_else(|| rule.default_level());
                free.insert(Setting { level, place: key.place });
            }
        }
    }
}

/// A rule that has two levels: once by its id and once by its name, or in other letters.
fn levelled_twice(rule: Rule, key: &Text<'_>, first: &Setting) -> Diagnostic {
    let message = format!("{} ({}) is given two levels", rule.id(), rule.name());
    Diagnostic::new(Code::LevelledTwice, message)
        .at(key.place, "again")
        .at(first.place, "the first one")
        .help("a rule has an id and a name, and both mean the same: keep one of the lines")
}

/// A word that is neither the id nor the name of a rule.
pub(super) fn unknown_rule(word: &str) -> Diagnostic {
    let (first, last) = (Rule::ALL[0].id(), Rule::ALL[Rule::ALL.len() - 1].id());
    Diagnostic::new(Code::UnknownRule, format!("there is no rule `{}`", quoted(word))).help(format!(
        "the rules are {first} to {last}, and each has a name such as `{}`",
        Rule::ALL[0].name()
    ))
}

/// The ids and names of all rules.
pub(super) fn rule_words() -> Vec<&'static str> {
    Rule::ALL.iter().flat_map(|rule| [rule.id(), rule.name()]).collect()
}
