//! Names as they can be shown: nothing in them may reorder, hide or break the text around them.

use crate::spec::Spec;

/// The name with what nobody could see, or what would turn the text around, shown as `�`.
pub(crate) fn visible(name: &str) -> String {
    name.chars().map(|character| if is_hidden(character) { '\u{FFFD}' } else { character }).collect()
}

/// Whether a character breaks the line, steers the direction of the text around it, or cannot be seen.
pub(super) fn is_hidden(character: char) -> bool {
    let steers = matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    steers || character.is_control()
}

/// How many bytes a node's name has on average, rounded up.
pub(super) fn average_length(spec: &Spec) -> usize {
    let names: usize = spec.nodes.keys().map(String::len).sum();
    names.div_ceil(spec.nodes.len().max(1))
}

/// A name as a word of a POSIX shell.
pub(crate) fn shell(name: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_.:/@".contains(character);
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(plain) {
        return name.to_owned();
    }
    format!("'{}'", name.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_and_line_breaks_are_made_visible() {
        assert_eq!(visible("a\u{202e}b\u{2066}c\u{2028}d\ne"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e");
        assert_eq!(visible("שלום 🦀"), "שלום 🦀");
    }
}
