//! A rule → its page in Markdown, under the headings that all such pages have: what `crabwalk explain` prints and `docs/findings/`
//! holds.

use super::columns::width;
use crate::findings::{Prose, RulePage, references};
use crate::model::Rule;

/// Columns of running text.
const COLUMNS: usize = 110;

/// The page of a rule. Sections that have nothing to say are left out.
#[must_use]
pub fn rule_page(rule: Rule) -> String {
    let RulePage { means, attack, computed, fix, example, near_miss, .. } = rule.page();
    let level = rule.default_level().as_str();
    let mut page = format!("# {} {}\n\n", rule.id(), rule.name());
    page += &paragraph(&format!("{} Level: `{level}`, unless `review` says another.", rule.summary()));
    let section = |heading: &str, text: Prose| format!("\n## {heading}\n\n{}", paragraph(&text.to_string()));
    page += &section("What it means", *means);
    page += &attack.map(|text| section("How it is attacked", text)).unwrap_or_default();
    page += &section("How it is computed", *computed);
    page += &section("How to fix it", *fix);
    page += "\n## Example\n";
    let what = if example.before.is_some() { "A change that is found" } else { "Found" };
    let not = if example.before.is_some() { "One that is not" } else { "Fixed" };
    let specs = [
        example.before.map(|spec| ("Before", spec)),
        Some((what, example.found)),
        Some((not, example.right)),
    ];
    for (what, spec) in specs.into_iter().flatten() {
        page += &format!("\n{what}:\n\n{}", indented(spec));
    }
    page += &section("Not found", near_miss.why);
    page += &format!("\n{}", indented(near_miss.spec));
    let entries = references(rule)
        .iter()
        .map(|entry| format!("{} {}: {}", entry.taxonomy.name(), entry.id, entry.name));
    let all = rule.page().references().map(str::to_owned).chain(entries);
    let lines: String = all.map(|reference| format!("- {reference}\n")).collect();
    page + &format!("\n## References\n\n{lines}")
}

/// Text in lines that end between words.
fn paragraph(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if width(line) + 1 + width(word) <= COLUMNS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

fn indented(spec: &str) -> String {
    spec.lines().map(|line| format!("    {line}\n")).collect()
}
