//! What is found: by the threat model, by the spec's own rules, and in a change; and how a review is told to people and machines.

#[path = "../support"]
mod support {
    pub(crate) mod inert_markdown;
    pub(crate) mod program;
    pub(crate) mod review_pages;
    pub(crate) mod reviews;
    pub(crate) mod threats;
}

mod cases;
mod changed_rules;
mod comments;
mod definition;
mod gate;
mod gone;
mod json;
mod machine;
mod marks;
mod monotone;
mod reports;
mod rule_pages;
mod rules;
mod rules_oracle;
mod sarif;
mod still;
mod strangers;
mod threat_flows;
mod threat_surfaces;
