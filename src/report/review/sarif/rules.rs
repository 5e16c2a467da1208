//! The rules as code scanning shows them: what each finds, why that matters, and how it is cleared.

use super::model::{Configuration, Message, ReportingDescriptor, RuleProperties};
use crate::spec::Rule;

/// All rules, in the order of their ids: a rule's position is its index.
pub(super) fn all() -> Vec<ReportingDescriptor> {
    Rule::of_changes().map(descriptor).collect()
}

fn descriptor(rule: Rule) -> ReportingDescriptor {
    let (details, help, severity) = words(rule);
    let message = |text: String| Message { text };
    let mut tags = vec!["agents", "lateral-movement"];
    if severity.is_some() {
        tags.insert(0, "security");
    }
    ReportingDescriptor {
        id: rule.id(),
        name: pascal(rule.name()),
        short_description: message(rule.summary().to_owned()),
        full_description: message(format!("{} {details}", rule.summary())),
        help: message(help.to_owned()),
        default_configuration: Configuration { level: rule.default_level().as_str() },
        properties: RuleProperties { tags, precision: "very-high", security_severity: severity },
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

/// What a rule means, how its findings are cleared, and how severe one is out of 10. Rules that find no weakness have no severity.
fn words(rule: Rule) -> (&'static str, &'static str, Option<&'static str>) {
    match rule {
        Rule::NewPathUp => (
            "Whoever compromises the first node of a path can steer the last one, learn what it holds, or have something done to it, \
             and could not do so before.",
            "Take back the change that opens the path, put a guard on one of its hops, or accept the finding with a reason.",
            Some("8.0"),
        ),
        Rule::FewerGuardsUp => (
            "There was a path already, but more guards had to fail on it.",
            "Put the guard back, guard the way round it, or accept the finding with a reason.",
            Some("7.5"),
        ),
        Rule::NearerPathUp => (
            "There was a path already, with as many guards, but an attacker needed more sessions or hops.",
            "Take back the change that shortens the path, or accept the finding with a reason.",
            Some("5.5"),
        ),
        Rule::GuardWeakened => (
            "A guard that stood on a hand-over does not stand there any more, a result comes back that did not, or a guard is \
             defined to stop less.",
            "Put the guard back, or accept the finding with a reason.",
            Some("6.0"),
        ),
        Rule::NewPath => (
            "The path leads to a node that is no more trusted than the one it starts from, and not critical.",
            "Take back the change that opens the path, put a guard on one of its hops, or accept the finding with a reason.",
            Some("4.5"),
        ),
        Rule::NewLoop => (
            "An injection into any one of them comes to all the others, and back.",
            "Take back one of the hand-overs in the loop, put a guard on it, or accept the finding with a reason.",
            Some("4.0"),
        ),
        Rule::NewWayOut => (
            "Content that is confidential or secret, or a credential, comes to a sink or to a tool that lets content out.",
            "Take back the change that opens the way, put a guard that stops exposure on it, or accept the finding with a reason.",
            Some("8.0"),
        ),
        Rule::ProtectionLowered => (
            "What the gate goes by is the stricter of base and head, so that a change cannot disarm it; that it tries is found here.",
            "Set the attribute, the zone or the level back, or accept the finding with a reason.",
            Some("7.0"),
        ),
        Rule::ClosedPath => {
            ("It is an improvement, or something that used to work.", "There is nothing to clear.", None)
        }
        Rule::AcceptanceNew => (
            "Who makes a change cannot accept it with the same change: the acceptance counts once it is in the base.",
            "Land the acceptance first, or have the review run with --accept-from head.",
            None,
        ),
        Rule::AcceptanceUnused => {
            ("What it speaks of is gone, or was never there.", "Remove the entry.", None)
        }
        Rule::AcceptanceExpired => (
            "What it accepted counts again.",
            "Look at the finding again, then give the entry a new date or remove it.",
            None,
        ),
        _ => (
            "It judges a topology as it stands.",
            "Follow the fix that the finding names, or accept the finding with a reason.",
            None,
        ),
    }
}
