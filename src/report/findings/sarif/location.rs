//! Places and texts as SARIF wants them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::model::{ArtifactLocation, Location, Message, PhysicalLocation, Region};
use crate::report::findings::place::Spot;

/// What file names are relative to.
const ROOT: &str = "%SRCROOT%";

/// Characters of a text that code scanning shows.
const LONGEST: usize = 1024;

/// Everything but what RFC 3986 leaves unreserved, and slashes.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

pub(super) fn location(spot: &Spot<'_>, message: Option<Message>) -> Location {
    let mark = spot.mark;
    let region = Region {
        start_line: spot.line,
        start_column: mark.map(|mark| mark.column),
        end_line: mark.map(|mark| mark.end_line),
        end_column: mark.map(|mark| mark.end_column),
    };
    let physical_location = PhysicalLocation { artifact_location: artifact(spot.file), region };
    Location { id: None, physical_location, message }
}

/// A file as a URI: relative to the root of the sources, unless it was named from the root of the disk.
fn artifact(file: &str) -> ArtifactLocation {
    let encoded = utf8_percent_encode(file, IN_PATH).to_string();
    if file.starts_with('/') {
        ArtifactLocation { uri: format!("file://{encoded}"), uri_base_id: None }
    } else {
        ArtifactLocation { uri: encoded, uri_base_id: Some(ROOT) }
    }
}

/// A message in which nothing is a placeholder or a link, of the length that is shown.
///
/// The standard has braces doubled (3.11.5). A link is `[text](target)`: a character that nobody sees, between its halves, keeps a
/// name from being one.
pub(super) fn message(text: &str) -> Message {
    let mut escaped = String::with_capacity(text.len());
    let mut length = 0;
    let mut last = '\0';
    for character in text.chars() {
        let piece: &[char] = match character {
            '{' => &['{', '{'],
            '}' => &['}', '}'],
            '(' if last == ']' => &['\u{2060}', '('],
            _ => &[character],
        };
        if length + piece.len() >= LONGEST {
            escaped.push('…');
            break;
        }
        length += piece.len();
        escaped.extend(piece);
        last = character;
    }
    Message { text: escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_neither_a_placeholder_nor_a_link() {
        assert_eq!(
            message("{0} }{ [x](javascript:y) ] (z)").text,
            "{{0}} }}{{ [x]\u{2060}(javascript:y) ] (z)"
        );
    }

    #[test]
    fn a_text_is_cut_where_it_gets_too_long_and_never_inside_a_brace() {
        for before in 0..4 {
            let text = format!("{}{}", "a".repeat(before), "{".repeat(2000));
            let cut = message(&text).text;
            assert!(cut.chars().count() <= LONGEST && cut.ends_with('…'));
            assert_eq!(cut.matches('{').count() % 2, 0);
        }
        assert_eq!(message(&"é".repeat(1023)).text.chars().count(), 1023);
    }

    #[test]
    fn file_names_are_uris() {
        let uri = |file: &str| artifact(file).uri;
        assert_eq!(uri("a dir/::x,%0A é.yaml"), "a%20dir/%3A%3Ax%2C%250A%20%C3%A9.yaml");
        assert_eq!(uri("/srv/a b.yaml"), "file:///srv/a%20b.yaml");
        assert_eq!(artifact("/srv/a b.yaml").uri_base_id, None);
        assert_eq!(artifact("crabwalk.yaml").uri_base_id, Some(ROOT));
    }
}
