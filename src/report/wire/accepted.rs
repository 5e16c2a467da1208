//! The acceptance of a finding, as it stands in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Acceptance;

/// The acceptance of a finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AcceptedJson")]
pub(super) struct AcceptedJson<'a, At> {
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<&'a str>,
    /// The last day on which it holds: `2026-12-31`.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(flatten)]
    at: At,
}

impl<'a, At> AcceptedJson<'a, At> {
    /// An acceptance that stands there.
    pub(super) fn of(entry: &'a Acceptance, at: At) -> Self {
        Self {
            reason: &entry.reason,
            owner: entry.owner.as_deref(),
            ticket: entry.ticket.as_deref(),
            expires: entry.expires.map(|day| day.to_string()),
            at,
        }
    }
}
