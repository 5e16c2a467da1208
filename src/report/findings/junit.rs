//! Findings as a JUnit report: a suite for the spec, with a test case for each finding and for each rule that found nothing.
//!
//! Findings at which the gate fails are failures, accepted ones are skipped, the others pass and say what they found; what keeps a
//! command from running is an error. Elements and attributes are those that Jenkins' schema has, so that a place is part of the text.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::sheet::{Item, Repeats, Sheet, Topic};
use crate::findings::Gate;
use crate::model::{Rule, is_hidden};

/// Findings as JUnit XML.
pub(super) fn junit(sheet: &Sheet<'_>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = write(&mut writer, sheet);
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// How a finding counts.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Breaks,
    Fails,
    Skipped,
    Passes,
}

fn outcome(item: &Item<'_>, gate: Gate) -> Outcome {
    match item.accepted {
        None if matches!(item.rule, Topic::Mistake(_)) => Outcome::Breaks,
        Some(_) => Outcome::Skipped,
        None if gate.stops_at(item.level) => Outcome::Fails,
        None => Outcome::Passes,
    }
}

fn write(writer: &mut Writer<Vec<u8>>, sheet: &Sheet<'_>) -> io::Result<()> {
    let silent: Vec<Rule> = sheet.silent().collect();
    let outcomes: Vec<Outcome> = sheet.items.iter().map(|item| outcome(item, sheet.gate)).collect();
    let count = |is_it: fn(&Outcome) -> bool| outcomes.iter().filter(|one| is_it(one)).count().to_string();
    let failures = count(|one| matches!(one, Outcome::Fails));
    let errors = count(|one| matches!(one, Outcome::Breaks));
    let skipped = count(|one| matches!(one, Outcome::Skipped));
    let tests = (silent.len() + outcomes.len()).to_string();
    let totals = [("tests", tests.as_str()), ("failures", &failures), ("errors", &errors), ("time", "0")];

    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let name = format!("crabwalk {}", sheet.command);
    let suites = writer.create_element("testsuites").with_attribute(("name", name.as_str()));
    suites.with_attributes(totals).write_inner_content(|writer| {
        let name = plain(&sheet.subject);
        let suite = writer.create_element("testsuite").with_attribute(("name", name.as_str()));
        let suite = suite.with_attributes(totals).with_attribute(("skipped", skipped.as_str()));
        suite.write_inner_content(|writer| {
            let mut seen = Repeats::default();
            for (item, outcome) in sheet.items.iter().zip(&outcomes) {
                write_item(writer, item, *outcome, &mut seen)?;
            }
            for rule in silent {
                let names = [("classname", class(rule.into())), ("name", rule.name().to_owned())];
                let names = names.iter().map(|(key, value)| (*key, value.as_str()));
                writer
                    .create_element("testcase")
                    .with_attributes(names)
                    .with_attribute(("time", "0"))
                    .write_empty()?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn class(rule: Topic) -> String {
    format!("crabwalk.{}", rule.id())
}

/// A finding as a test case. `seen` counts ids: names of test cases tell them apart.
fn write_item(
    writer: &mut Writer<Vec<u8>>,
    item: &Item<'_>,
    outcome: Outcome,
    seen: &mut Repeats,
) -> io::Result<()> {
    let count = seen.count(item);
    let again = if count == 1 { String::new() } else { format!(":{count}") };
    let name = format!("{} {}{again}", item.rule.name(), item.fingerprint);
    let attributes = [("classname", class(item.rule)), ("name", name), ("time", "0".to_owned())];
    let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
    writer
        .create_element("testcase")
        .with_attributes(attributes)
        .write_inner_content(|writer| write_outcome(writer, item, outcome))?;
    Ok(())
}

fn write_outcome(writer: &mut Writer<Vec<u8>>, item: &Item<'_>, outcome: Outcome) -> io::Result<()> {
    let title = plain(&item.title);
    let mut body = item.message.clone();
    if let Some(spot) = &item.place {
        let base = if item.is_gone { " of the base" } else { "" };
        body += &format!("\nAt {}:{}{base}", spot.file, spot.line);
    }
    match outcome {
        Outcome::Fails | Outcome::Breaks => {
            if !item.clear.is_empty() {
                body += &format!("\nTo clear: {}", item.clear);
            }
            let element = if matches!(outcome, Outcome::Breaks) { "error" } else { "failure" };
            let failure = writer.create_element(element).with_attribute(("message", title.as_str()));
            let failure = failure.with_attribute(("type", item.level.as_str()));
            failure.write_text_content(BytesText::new(&plain(&body)))?;
        }
        Outcome::Skipped => {
            let reason = item.accepted.as_ref().map(|accepted| accepted.entry.reason.as_str());
            let reason = plain(&format!("accepted: {}", reason.unwrap_or_default()));
            writer.create_element("skipped").with_attribute(("message", reason.as_str())).write_empty()?;
            writer.create_element("system-out").write_text_content(BytesText::new(&plain(&body)))?;
        }
        Outcome::Passes => {
            let body = plain(&format!("{}: {body}", item.level.as_str()));
            writer.create_element("system-out").write_text_content(BytesText::new(&body))?;
        }
    }
    Ok(())
}

/// Text without what XML 1.0 does not allow, or nobody could see. The crate escapes the rest.
fn plain(text: &str) -> String {
    let visible = |character| if character != '\n' && is_hidden(character) { '\u{FFFD}' } else { character };
    text.chars().map(visible).collect()
}
