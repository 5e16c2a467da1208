//! The one place where a name or a description becomes part of an HTML page's source. Whatever it holds, it comes out as text. What
//! the writers of pictures escape is beside them, in `picture/dot.rs` and `picture/mermaid.rs`.

use crate::model::printable;

/// Text for an HTML page: in elements and in quoted attributes.
pub(super) fn page(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
