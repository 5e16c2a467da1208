//! Somebody else's text → text that can be shown: nothing in it may reorder, hide or break what stands around it.

/// Whether a character breaks the line, steers the direction of the text around it, or cannot be seen. The joiners of emoji and of
/// several scripts are left: they change what is seen.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(character, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The text with what nobody could see, or what would turn the text around, shown as `�`.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|character| if is_hidden(character) { char::REPLACEMENT_CHARACTER } else { character })
        .collect()
}

/// A user's text for a message: printable, and not longer than a line can take.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let start: String = text.chars().take(LONGEST).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("{}{more}", printable(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_and_line_breaks_are_made_visible() {
        assert_eq!(printable("a\u{202e}b\u{2066}c\u{2028}d\ne"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e");
        assert_eq!(printable("pay\u{200b}ments"), "pay\u{fffd}ments", "it looks like another name");
        assert_eq!(printable("שלום 🦀 👩\u{200d}🚀"), "שלום 🦀 👩\u{200d}🚀");
    }
}
