//! The rules as code scanning shows them: what each finds, why that matters, and how it is cleared.

use super::model::{Configuration, Message, ReportingDescriptor, RuleProperties};
use crate::language::Code;
use crate::model::{Level, Rule};
use crate::report::findings::sheet::Topic;

/// Some rules, in the order of their ids: a rule's position is its index.
pub(super) fn descriptors(rules: &[Topic]) -> Vec<ReportingDescriptor> {
    let one = |topic: &Topic| match topic {
        Topic::Rule(rule) => descriptor(*rule),
        Topic::Mistake(code) => mistake(*code),
    };
    rules.iter().map(one).collect()
}

fn descriptor(rule: Rule) -> ReportingDescriptor {
    let page = rule.page();
    let message = |text: String| Message { text };
    let mut tags = vec!["agents", "lateral-movement"];
    if rule.severity().is_some() {
        tags.insert(0, "security");
    }
    ReportingDescriptor {
        id: rule.id(),
        name: pascal(rule.name()),
        short_description: message(rule.summary().to_owned()),
        full_description: message(format!("{} {}", rule.summary(), page.means)),
        help: message(page.fix.to_string()),
        default_configuration: Configuration { level: rule.default_level().as_str() },
        properties: RuleProperties { tags, precision: "very-high", security_severity: rule.severity() },
    }
}

/// A kind of mistake: something that cannot run is an error, and says nothing of security.
fn mistake(code: Code) -> ReportingDescriptor {
    let message = |text: &str| Message { text: text.trim().to_owned() };
    let words = code.title().replace('-', " ");
    ReportingDescriptor {
        id: code.as_str(),
        name: pascal(code.title()),
        short_description: message(&format!("The spec cannot be read: {words}.")),
        full_description: message(&code.explanation()),
        help: message(&code.explanation()),
        default_configuration: Configuration { level: Level::Error.as_str() },
        properties: RuleProperties { tags: vec!["spec"], precision: "very-high", security_severity: None },
    }
}

/// `new-path-up` as `NewPathUp`.
fn pascal(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    words.collect()
}
