//! Text of somebody else's in a Markdown comment. Whatever it holds, it is read and does nothing: it is no markup, no link, no
//! mention, no reference to an issue or a commit, and it ends neither a cell nor a block.
//!
//! This is the only way from somebody else's text into Markdown: there is no other function that escapes for it, and the one for our
//! own words takes nothing but literals.
//!
//! Hosts look for mentions and references in the page that Markdown made, so that an entity hides nothing from them; in `code`
//! they do not look.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::report::columns::shorten;
use crate::report::name::visible;

/// Columns of a name; of a longer one both ends are shown.
const NAME: usize = 48;
/// Columns of a sentence.
const SENTENCE: usize = 300;
/// Columns of a path, or of places in files.
const ROUTE: usize = 2000;

/// A name in running text: as it is where it can be nothing but a name, and as code where it could.
pub(in crate::report) fn name(text: &str) -> String {
    let text = short(text, NAME);
    if is_word(&text) { text.replace('_', "\\_") } else { code_of(&text) }
}

/// A name as code.
pub(in crate::report) fn code(text: &str) -> String {
    spanned(&short(text, NAME))
}

/// A command or a place as code, however long.
pub(in crate::report) fn command(text: &str) -> String {
    spanned(&short(text, SENTENCE))
}

/// A path on one line, or some places, as code.
pub(in crate::report) fn route(text: &str) -> String {
    spanned(&short(text, ROUTE))
}

/// All of a text as code, where nothing else says what was left out.
pub(in crate::report) fn whole(text: &str) -> String {
    spanned(&visible(text))
}

/// Words of the program itself: what is markup in them is shown. Text that was put together cannot be given, as somebody else's
/// words could be in it.
pub(in crate::report) fn ours(words: &'static str) -> Cow<'static, str> {
    if !words.contains(['&', '<', '>', '*', '_', '[', ']', '~', '|', '\u{a0}']) {
        return Cow::Borrowed(words);
    }
    let mut safe = String::with_capacity(words.len());
    for (at, character) in words.char_indices() {
        // Between letters it is no markup: `api_key`.
        let is_inside =
            || safe.ends_with(char::is_alphanumeric) && words[at + 1..].starts_with(char::is_alphanumeric);
        match character {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            // A blank at which no line ends.
            '\u{a0}' => safe += "&nbsp;",
            '_' if is_inside() => safe.push('_'),
            '*' | '_' | '[' | ']' | '~' | '|' => safe.extend(['\\', character]),
            _ => safe.push(character),
        }
    }
    Cow::Owned(safe)
}

/// The id of a finding: a rule and digits.
pub(in crate::report) fn id(text: &str) -> String {
    let is_plain = text.chars().all(|character| character.is_ascii_alphanumeric() || character == ':');
    if is_plain { text.to_owned() } else { code_of(&visible(text)) }
}

/// Text of so many columns at most, and no more characters than that: some take no column.
fn short(text: &str, most: usize) -> String {
    let text = visible(text);
    let count = text.chars().count();
    if count <= most {
        return shorten(&text, most, "…");
    }
    let end = most / 3;
    let first: String = text.chars().take(most - end - 1).collect();
    let last: String = text.chars().skip(count - end).collect();
    shorten(&format!("{first}…{last}"), most, "…")
}

/// Text between backticks where nothing in it could end them or a cell.
fn spanned(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " -_./:@=+,…>'~()!·■←▲‖".contains(c);
    let is_padded = text.starts_with(' ') || text.ends_with(' ');
    let is_plain = !text.is_empty() && !is_padded && text.chars().all(plain);
    if is_plain { format!("`{text}`") } else { code_of(text) }
}

/// A sentence, with its own punctuation.
pub(in crate::report) fn prose(text: &str) -> String {
    prose_of(&short(text, SENTENCE))
}

/// A sentence that no word follows on without a blank, so that its last full stop is part of no address.
pub(in crate::report) fn ended(text: &str) -> String {
    let text = short(text, SENTENCE);
    match text.strip_suffix('.') {
        Some(before) => prose_of(before) + ".",
        None => prose_of(&text),
    }
}

fn prose_of(text: &str) -> String {
    let mut safe = String::new();
    let mut digits = 0;
    for character in text.chars() {
        // Seven of these in a row may be a commit.
        digits = if character.is_ascii_hexdigit() { digits + 1 } else { 0 };
        if digits == 7 {
            safe += "&#8203;";
            digits = 1;
        }
        match character {
            // Behind these a host would see a mention, a reference, an address, an emoji or a formula.
            '@' | '#' | ':' | '.' | '-' | '/' | '$' => {
                let _ = write!(safe, "&#{};&#8203;", u32::from(character));
            }
            _ if character.is_alphanumeric() || ", ;!?'()…".contains(character) => safe.push(character),
            _ => push_entity(&mut safe, character),
        }
    }
    safe
}

/// A block of code whose fence is longer than any run of backticks in it. Lines stay; what could not be seen is shown.
pub(in crate::report) fn fenced(language: &str, text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(visible).collect();
    let text = lines.join("\n");
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}\n")
}

/// A path for the inside of an HTML comment or of a link: everything else than letters, digits and what paths are made of is
/// percent-encoded, and so is a hyphen that follows another.
pub(in crate::report) fn path(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"./_-".contains(&byte);
        if is_plain && !(byte == b'-' && encoded.ends_with('-')) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// An address that ends no link.
pub(in crate::report) fn address(text: &str) -> String {
    let keep = |character: char| character.is_ascii_alphanumeric() || ":/?&=%._~-+@,;".contains(character);
    let mut address = String::new();
    for character in text.chars() {
        if keep(character) {
            address.push(character);
        } else {
            address += &path(&character.to_string());
        }
    }
    address
}

/// Whether text can be nothing but a name: no markup, no address, no commit, no issue.
fn is_word(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(char::is_alphanumeric);
    let ends = text.chars().last().is_some_and(|last| last.is_alphanumeric() || last == '…');
    let plain = text.chars().all(|c| c.is_alphanumeric() || "-_ …".contains(c));
    // Hosts look at each word.
    let is_commit = |word: &str| word.len() >= 7 && word.chars().all(|c| c.is_ascii_hexdigit());
    let has_commit = text.split(|c: char| !c.is_alphanumeric()).any(is_commit);
    let has_issue = text.split([' ', '_', '…']).any(|word| word.to_ascii_lowercase().starts_with("gh-"));
    begins && ends && plain && !text.contains("  ") && !has_commit && !has_issue
}

fn code_of(text: &str) -> String {
    let mut markup = String::from("<code>");
    for character in text.chars() {
        if character.is_alphanumeric() {
            markup.push(character);
        } else {
            push_entity(&mut markup, character);
        }
    }
    markup + "</code>"
}

fn push_entity(into: &mut String, character: char) {
    // Writing to a string does not fail.
    let _ = write!(into, "&#{};", u32::from(character));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_be_more_is_code_without_any_sign() {
        assert_eq!(name("inbox-triage"), "inbox-triage");
        assert_eq!(name("a_b"), "a\\_b");
        for hostile in [
            "@everyone",
            "a|b",
            "`x`",
            "<!--",
            "#123",
            "GH-12",
            "see GH-1",
            "deadbeef",
            "a deadbeef1",
            "a](b",
            "www.x.y",
            ":tada:",
        ] {
            let text = name(hostile);
            let inside = text.strip_prefix("<code>").and_then(|text| text.strip_suffix("</code>"));
            let inside = inside.unwrap_or_else(|| panic!("{text} is code"));
            assert!(inside.chars().all(|c| c.is_alphanumeric() || "&#;".contains(c)), "{text}");
            let text = code(hostile);
            assert!(text.starts_with("<code>") || !hostile.contains(['|', '`', '<', '[']), "{text}");
        }
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds_and_a_path_ends_no_comment() {
        assert_eq!(fenced("yaml", "a ```` b"), "`````yaml\na ```` b\n`````\n");
        assert_eq!(path("a--> b/c.yaml"), "a-%2D%3E%20b/c.yaml");
    }

    #[test]
    fn a_sentence_mentions_nobody() {
        assert_eq!(prose("ask @ops, see #1"), "ask &#64;&#8203;ops, see &#35;&#8203;1");
    }
}
