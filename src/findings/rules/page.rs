//! A rule's page (the `.md` beside its `.rs`) → its parts, while crabwalk is compiled: a page that lacks a section, or has it in
//! another place, does not compile, and the error names what is expected there.
//!
//! A page reads so, with "How it is attacked" only where somebody can, and with the labels of a change where the rule judges one:
//!
//! ````markdown
//! # CW131 unlogged-advice
//!
//! ## What it means
//!
//! A paragraph, wrapped as one likes.
//!
//! ## How it is attacked
//! ## How it is computed
//! ## How to fix it
//!
//! ## Example
//!
//! Found:
//!
//! ```yaml
//! version: 1
//! ```
//!
//! Fixed:
//!
//! ```yaml
//! version: 1
//! ```
//!
//! ## Not found
//!
//! Why what comes close is not found.
//!
//! ```yaml
//! version: 1
//! ```
//!
//! ## References
//!
//! - [Semantics](../semantics.md): links are written as `docs/findings/` needs them
//! ````

use std::fmt;

use crate::model::{Family, Rule};

/// All that there is to say about a rule: Markdown that reads well as plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RulePage {
    /// What a finding says, in a sentence or two.
    pub means: Prose,
    /// How somebody makes use of it, where somebody can.
    pub attack: Option<Prose>,
    /// How it is computed.
    pub computed: Prose,
    /// How it is fixed, or cleared.
    pub fix: Prose,
    /// What is found, and what is not.
    pub example: Example,
    /// What comes close and is not found.
    pub near_miss: NearMiss,
    /// Where to read on: a list in Markdown.
    references: &'static str,
}

/// Whole specs: one that is found and one that is not; of a rule about changes, what two changes make of a third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// Before either change; `None` for a rule that judges a topology as it stands.
    pub before: Option<&'static str>,
    /// What is found.
    pub found: &'static str,
    /// What is not.
    pub right: &'static str,
}

/// A spec that has almost what the rule finds; of a rule about changes, what a third change makes of the example's first spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearMiss {
    /// Why it is not found.
    pub why: Prose,
    /// The spec.
    pub spec: &'static str,
}

/// A paragraph of Markdown, in lines as its page has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prose(&'static str);

impl Prose {
    /// Its words. Between two of them a line may end.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        self.0.split([' ', '\n'])
    }
}

/// In one line.
impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, line) in self.0.split('\n').enumerate() {
            f.write_str(if position > 0 { " " } else { "" })?;
            f.write_str(line)?;
        }
        Ok(())
    }
}

impl RulePage {
    /// The page of a rule from its text.
    ///
    /// # Panics
    ///
    /// If the text is not such a page. It is called for constants alone, so that this stops the compiler and no program.
    pub(super) const fn read(rule: Rule, text: &'static str) -> Self {
        let text = after(after(after(after(text, "# "), rule.id()), " "), rule.name());
        let (means, text) = paragraph(after(text, "\n\n## What it means\n\n"));
        let (attack, text) = match has(text, "## How it is attacked") {
            true => {
                let (attack, text) = paragraph(after(text, "## How it is attacked\n\n"));
                (Some(attack), text)
            }
            false => (None, text),
        };
        let (computed, text) = paragraph(after(text, "## How it is computed\n\n"));
        let (fix, text) = paragraph(after(text, "## How to fix it\n\n"));
        let (example, text) = example(rule, after(text, "## Example\n\n"));
        let (why, text) = paragraph(after(text, "## Not found\n\n"));
        let (spec, text) = spec(text);
        let references = list(after(text, "## References\n\n"));
        Self { means, attack, computed, fix, example, near_miss: NearMiss { why, spec }, references }
    }

    /// Where to read on, each in Markdown.
    pub fn references(&self) -> impl Iterator<Item = &'static str> {
        self.references.lines().filter_map(|line| line.strip_prefix("- "))
    }
}

const fn example(rule: Rule, text: &'static str) -> (Example, &'static str) {
    let (before, found, right) = match rule.family() {
        Family::Change => (true, "A change that is found:\n\n", "One that is not:\n\n"),
        Family::Topology | Family::Contract => (false, "Found:\n\n", "Fixed:\n\n"),
    };
    let (before, text) = if before {
        let (before, text) = spec(after(text, "Before:\n\n"));
        (Some(before), text)
    } else {
        (None, text)
    };
    let (found, text) = spec(after(text, found));
    let (right, text) = spec(after(text, right));
    (Example { before, found, right }, text)
}

/// A paragraph, and what follows the empty line after it.
const fn paragraph(text: &'static str) -> (Prose, &'static str) {
    let (prose, rest) = until(text, "\n\n");
    (Prose(prose), rest)
}

/// A spec between fences, and what follows the empty line after it.
const fn spec(text: &'static str) -> (&'static str, &'static str) {
    until(after(text, "```yaml\n"), "\n```\n\n")
}

/// A list to the end of the page, an item a line.
const fn list(text: &'static str) -> &'static str {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        assert!(has(text.split_at(at).1, "- "), "each line under References begins with `- `");
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        assert!(at < bytes.len(), "the page ends with a line break");
        at += 1;
    }
    assert!(at > 0, "there is something to read on");
    text
}

/// Whether a text begins so.
const fn has(text: &str, start: &str) -> bool {
    let (text, start) = (text.as_bytes(), start.as_bytes());
    let mut at = 0;
    while at < start.len() && at < text.len() && text[at] == start[at] {
        at += 1;
    }
    at == start.len()
}

/// What follows the start that a text has to have.
const fn after(text: &'static str, start: &str) -> &'static str {
    if !has(text, start) {
        panic!("{}", start);
    }
    text.split_at(start.len()).1
}

/// What stands before an end that a text has to have, and what follows it.
const fn until(text: &'static str, end: &str) -> (&'static str, &'static str) {
    let mut at = 0;
    while at < text.len() {
        if text.is_char_boundary(at) {
            let (before, rest) = text.split_at(at);
            if has(rest, end) {
                assert!(at > 0, "there is something to say");
                return (before, after(rest, end));
            }
        }
        at += 1;
    }
    panic!("{}", end)
}
