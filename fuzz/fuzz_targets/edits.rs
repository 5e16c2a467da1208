//! Any text with an acceptance or an expectation put into it: what comes out is a spec, says what the text said before and the entry, and
//! no byte beside it has changed.
//!
//! Of the input, a first line says what is put in: `accept FROM TO REASON` or `expect ROW CELL WHY`, in words that may be anything.
#![no_main]

use crabwalk::language::{EditError, NewAcceptance, NewExpectation, has_acceptances, has_rules, insert_acceptance, write_expectation};
use crabwalk::model::{Acceptance, Accepted, Entry, Expect, Expected, Line, Part, Spec, Term, Way};
use libfuzzer_sys::fuzz_target;

const NAME: &str = "crabwalk.yaml";

fuzz_target!(|data: &[u8]| {
    let Ok(data) = std::str::from_utf8(data) else { return };
    let Some((first, text)) = data.split_once('\n') else { return };
    let mut words = first.splitn(4, ' ').map(str::to_owned);
    let mut word = || words.next().unwrap_or_default();
    let (what, one, other, why) = (word(), word(), word(), word());
    // What looks for the key looks at any text.
    let (accepts, rules) = (has_acceptances(text), has_rules(text));
    let before = Spec::from_text(NAME, text).ok();
    if what == "expect" {
        let changed = expect(before.as_ref(), text, one, other, why);
        assert!(changed.is_none_or(|changed| has_rules(&changed) && has_acceptances(&changed) == accepts));
    } else {
        let changed = accept(before.as_ref(), text, one, other, why);
        assert!(changed.is_none_or(|changed| has_acceptances(&changed) && has_rules(&changed) == rules));
    }
});

/// The text with an acceptance, if it takes one.
fn accept(before: Option<&Spec>, text: &str, from: String, to: String, reason: String) -> Option<String> {
    let what = Accepted::Pair { from, to };
    let new = NewAcceptance { what, reason, owner: None, ticket: None, expires: None };
    let changed = insert_acceptance(NAME, text, &new).ok()?;
    assert!(is_inserted(text, &changed), "{text:?} -> {changed:?}");
    // An edit reads a file by itself: what other files declare it cannot know, and nor can this text alone.
    let after = Spec::from_text(NAME, &changed).ok();
    assert_eq!(before.is_some(), after.is_some(), "{changed:?}");
    if let (Some(before), Some(after)) = (before, after) {
        says_the_same(before, &after);
        let (entry, rest) = after.accept.split_last().expect("it has one now");
        assert_eq!((&entry.what, entry.reason.as_str()), (&new.what, new.reason.trim()));
        assert!(rest.iter().map(said).eq(before.accept.iter().map(said)));
        assert_eq!(before.rules.len(), after.rules.len());
    }
    let twice = insert_acceptance(NAME, &changed, &new);
    assert!(matches!(twice, Err(EditError::Present { .. })), "{twice:?}");
    Some(changed)
}

/// The text with an expectation, if it takes one; and with another in its place.
fn expect(before: Option<&Spec>, text: &str, row: String, cell: String, why: String) -> Option<String> {
    let expect = |guards| {
        let entries = vec![Entry { word: cell.clone(), guards }];
        let lines = vec![Line { of: row.clone(), entries }];
        Expect { part: Part::Row(row.clone()), cells: vec![Expected { way: Way::ALL[0], lines }] }
    };
    let new = NewExpectation { expect: expect(0), why, rule: None };
    let changed = write_expectation(NAME, text, &new).ok()?;
    assert!(is_inserted(text, &changed), "{text:?} -> {changed:?}");
    let Some((before, after)) = before.zip(Spec::from_text(NAME, &changed).ok()) else {
        return Some(changed);
    };
    says_the_same(before, &after);
    assert_eq!(after.rules.len(), before.rules.len() + 1);
    assert_eq!(after.rules.last().map(|rule| &rule.term), Some(&Term::Expect(new.expect.clone())));
    let other = NewExpectation { expect: expect(2), rule: Some(before.rules.len()), ..new };
    if let Ok(again) = write_expectation(NAME, &changed, &other) {
        let after = Spec::from_text(NAME, &again).expect("it says what it said");
        says_the_same(before, &after);
        assert_eq!(after.rules.last().map(|rule| &rule.term), Some(&Term::Expect(other.expect)));
    }
    Some(changed)
}

/// Whether a text is another with one stretch put in; an explicit null may have gone for it.
fn is_inserted(before: &str, after: &str) -> bool {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let head = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old, new) = (&old[head..], &new[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count();
    let gone = &old[..old.len() - tail];
    ["~", "null", "Null", "NULL"]
        .iter()
        .any(|null| null.as_bytes().windows(gone.len().max(1)).any(|part| part == gone))
        || gone.is_empty()
}

/// Nodes, edges and zones are what they were.
fn says_the_same(before: &Spec, after: &Spec) {
    assert!(before.nodes.keys().eq(after.nodes.keys()));
    assert!(before.zones.keys().eq(after.zones.keys()));
    let edges =
        |spec: &Spec| -> Vec<_> { spec.edges.iter().map(|edge| (edge.from, edge.verb, edge.to)).collect() };
    assert_eq!(edges(before), edges(after));
}

fn said(acceptance: &Acceptance) -> (&Accepted, &str, Option<&String>) {
    (&acceptance.what, &acceptance.reason, acceptance.ticket.as_ref())
}
