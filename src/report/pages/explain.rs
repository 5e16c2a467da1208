//! `explain`: a rule → its page, under the headings that all such pages have: what is printed, and what `docs/findings/` holds.

use crate::findings::{Prose, Reference, RulePage, references};
use crate::model::text::phrase;
use crate::model::{Piece, Rule, Spec, Text};
use crate::report::document::{Block, Document};
use crate::report::write::markdown;

/// The page of a rule, in Markdown that reads well as plain text. Sections that have nothing to say are left out.
#[must_use]
pub fn rule_page(rule: Rule) -> String {
    let title = phrase![rule.id(), " ", rule.name()];
    // It names nothing of any topology.
    let names = Spec::default();
    markdown(&Document { blocks: blocks(rule), ..Document::new(&names, 1, title) })
}

fn blocks(rule: Rule) -> Vec<Block> {
    let RulePage { means, attack, computed, fix, near_miss, .. } = rule.page();
    let level = Piece::Code(rule.default_level().as_str().to_owned());
    let review = Piece::Code("review".to_owned());
    let summary = Piece::Marked(rule.summary());
    let mut blocks =
        vec![Block::Prose(phrase![summary, " Level: ", level, ", unless ", review, " says another."])];
    blocks.extend(section("What it means", *means));
    blocks.extend(attack.iter().flat_map(|text| section("How it is attacked", *text)));
    blocks.extend(section("How it is computed", *computed));
    blocks.extend(section("How to fix it", *fix));
    blocks.extend(example(rule));
    blocks.extend(section("Not found", near_miss.why));
    blocks.push(Block::Sample(near_miss.spec));
    blocks.push(Block::Heading(2, phrase!["References"]));
    let own = rule.page().references().map(|reference| phrase![Piece::Marked(reference)]);
    blocks.push(Block::list(own.chain(references(rule).iter().map(entry))));
    blocks
}

fn section(heading: &'static str, text: Prose) -> [Block; 2] {
    let words = text.words().map(|word| phrase![Piece::Marked(word)]);
    [Block::Heading(2, phrase![heading]), Block::Prose(Text::joined(words, " "))]
}

/// A spec that is found and one that is not; of a rule about changes, what two changes make of a third.
fn example(rule: Rule) -> Vec<Block> {
    let example = rule.page().example;
    let [found, right] = match example.before {
        Some(_) => ["A change that is found:", "One that is not:"],
        None => ["Found:", "Fixed:"],
    };
    let before = example.before.map(|spec| ("Before:", spec));
    let specs = before.into_iter().chain([(found, example.found), (right, example.right)]);
    let samples = specs.flat_map(|(what, spec)| [Block::Paragraph(phrase![what]), Block::Sample(spec)]);
    std::iter::once(Block::Heading(2, phrase!["Example"])).chain(samples).collect()
}

/// What a rule falls under in a taxonomy.
fn entry(entry: &Reference) -> Text {
    let [taxonomy, id, name] = [entry.taxonomy.name(), entry.id, entry.name].map(Piece::Marked);
    phrase![taxonomy, " ", id, ": ", name]
}
