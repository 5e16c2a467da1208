//! What nodes declare about themselves that makes no flow: how a credential renews itself, how a store is purged, which checks a
//! webhook makes, how far a role's scope goes. Findings go by it.

use serde_json::{Map, Value};

use super::node::DeclaredValue;
use super::node::Node;
use super::vocabulary::{NodeKind, Vocabulary, words};

/// A node's checks by name, as `controls` has them.
pub(crate) type Checks = Map<String, Value>;

/// The checks that a webhook can make on what is posted to it, by the names that `controls` gives them.
pub const CONTROLS: &[&str] = CHECKS.words;

/// They with what they are.
pub(crate) const CHECKS: Vocabulary = words!(
    "Controls", "What is checked when content arrives.":
    "signature" = "Whether, or how, the sender's signature is checked.",
    "replay_window" = "How old a message may be.",
    "payload_limit" = "How large a message may be.",
    "ssrf_defense" = "Whether, or how, addresses in a message are kept from being fetched.",
    "idempotency" = "Whether, or how, a message that comes twice counts once.",
);

impl Node {
    /// `controls` that are not switched off.
    pub(super) fn controls(&self) -> Option<&Checks> {
        match self.declared.get("controls")? {
            DeclaredValue::Checks(checks) => Some(checks),
            _ => None,
        }
    }

    /// Whether a source makes this check: it is named, and not as `false`.
    #[must_use]
    pub fn has_control(&self, name: &str) -> bool {
        self.controls().and_then(|checks| checks.get(name)).is_some_and(is_on)
    }

    /// Whether anybody can post to it: a webhook that checks no signature.
    #[must_use]
    pub fn is_unsigned_webhook(&self) -> bool {
        is_unsigned_webhook(self.kind, self.declared_kind, self.controls())
    }

    /// Whether it is a webhook.
    #[must_use]
    pub fn is_webhook(&self) -> bool {
        is_webhook(self.kind, self.declared_kind)
    }

    /// `revocation`: how what is bad in a store is found and removed, or how a credential is revoked. Nothing where it says nothing.
    #[must_use]
    pub fn revocation(&self) -> Option<&str> {
        self.declared.text("revocation").filter(|text| !text.trim().is_empty())
    }

    /// `retention`: how long a store keeps what is written to it.
    #[must_use]
    pub fn retention(&self) -> Option<&str> {
        self.declared.text("retention")
    }

    /// `versioned`: whether a store keeps what it held before.
    #[must_use]
    pub fn is_versioned(&self) -> bool {
        self.declared.flag("versioned") == Some(true)
    }

    /// `refresh: background`: whether a credential renews itself, so that it stays valid until somebody revokes it.
    #[must_use]
    pub fn renews_itself(&self) -> bool {
        self.declared.text("refresh") == Some("background")
    }

    /// `lifetime`: how long a credential is valid.
    #[must_use]
    pub fn lifetime(&self) -> Option<&str> {
        self.declared.text("lifetime")
    }

    /// `allowed_hosts`: where a credential may be sent.
    #[must_use]
    pub fn allowed_hosts(&self) -> &[Box<str>] {
        self.declared.texts("allowed_hosts")
    }

    /// The workspace of `scope: workspace:NAME`: one authority for everything in it.
    #[must_use]
    pub fn workspace(&self) -> Option<&str> {
        self.declared.text("scope")?.strip_prefix("workspace:").map(str::trim).filter(|name| !name.is_empty())
    }

    /// `actions`: what a role or key may do, in the words of its platform.
    #[must_use]
    pub fn actions(&self) -> &[Box<str>] {
        self.declared.texts("actions")
    }

    /// `sandbox: true` on a session, or a store of kind `sandbox`: a file system that those who use it share.
    #[must_use]
    pub fn is_sandbox(&self) -> bool {
        match self.kind {
            NodeKind::Session => self.declared.flag("sandbox") == Some(true),
            NodeKind::Store => self.declared_kind == Some("sandbox"),
            _ => false,
        }
    }

    /// `spawns: inherit`: whether an agent may start copies of itself, with all that it has, which stand in no file.
    #[must_use]
    pub fn spawns_copies(&self) -> bool {
        self.declared.text("spawns") == Some("inherit")
    }
}

/// What goes before a time in a sentence such as "it stays for 90 days": `for ` before a span, and nothing before other words, such as
/// `until deleted`. People write it as they like.
pub(crate) fn before_time(time: &str) -> &'static str {
    const SPANS: [&str; 9] = ["a", "an", "one", "two", "three", "four", "five", "six", "twelve"];
    let first = time.split_whitespace().next().unwrap_or_default();
    let is_span = first.starts_with(|digit: char| digit.is_ascii_digit())
        || SPANS.iter().any(|word| first.eq_ignore_ascii_case(word));
    if is_span { "for " } else { "" }
}

/// Whether what stands under a check says that it is made. YAML takes `no` and `off` for texts.
#[must_use]
pub fn is_on(value: &Value) -> bool {
    const NO: [&str; 5] = ["", "no", "off", "false", "none"];
    match value {
        Value::Null => false,
        Value::Bool(is_on) => *is_on,
        Value::String(text) => !NO.iter().any(|no| text.trim().eq_ignore_ascii_case(no)),
        _ => true,
    }
}

fn is_webhook(kind: NodeKind, declared_kind: Option<&str>) -> bool {
    kind == NodeKind::Source && declared_kind == Some("webhook")
}

/// Whether anybody can post to a node: a webhook that says neither `signature: true` nor the name of a scheme.
pub(super) fn is_unsigned_webhook(
    kind: NodeKind,
    declared_kind: Option<&str>,
    controls: Option<&Checks>,
) -> bool {
    let signature = controls.and_then(|checks| checks.get("signature"));
    let is_signed = signature.is_some_and(|value| is_on(value) && !value.is_number());
    is_webhook(kind, declared_kind) && !is_signed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_span_of_time_is_something_for_which_it_stays() {
        for span in ["90 days", "3d", "a year", "An hour", "two weeks"] {
            assert_eq!(before_time(span), "for ", "{span}");
        }
        for other in ["until deleted", "forever", "while the case is open", "", "session"] {
            assert_eq!(before_time(other), "", "{other}");
        }
    }
}
