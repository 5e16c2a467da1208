//! Names as they can be shown: nothing in them may reorder, hide or break the text around them.

/// The name with characters that steer the direction of text made visible. Other control characters cannot occur in names,
/// but descriptions and file names have them.
pub(super) fn visible(name: &str) -> String {
    name.chars().map(|character| if is_invisible(character) { '\u{FFFD}' } else { character }).collect()
}

fn is_invisible(character: char) -> bool {
    let steers = matches!(character, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    steers || character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}
