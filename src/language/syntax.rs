//! What the YAML parser objects to, in words for the person who made the mistake.

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use super::code::Code;
use super::diagnostic::Diagnostic;
use crate::model::Place;

/// A place from byte counts. Files are far smaller than what 32 bits can count: see [`super::files`].
pub(super) fn place(file: u32, start: usize, len: usize) -> Place {
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Place { file, start: narrow(start), len: narrow(len) }
}

/// The diagnostic for an error of the parser.
pub(super) fn diagnose(file: u32, text: &str, error: &ScanError) -> Diagnostic {
    let (message, help) = in_words(error.kind());
    let code = match error.kind() {
        ErrorKind::RecursionLimitExceeded => Code::TooMuch,
        _ => Code::Syntax,
    };
    Diagnostic::new(code, message).at(position(file, text, error), "here").help(help)
}

/// Where the parser stopped: one character, or the end of the text.
fn position(file: u32, text: &str, error: &ScanError) -> Place {
    let marker = error.marker();
    let counted = || text.char_indices().nth(marker.index()).map_or(text.len(), |(at, _)| at);
    let start = marker.byte_offset().unwrap_or_else(counted).min(text.len());
    let len = text.get(start..).and_then(|rest| rest.chars().next());
    place(file, start, len.filter(|character| *character != '\n').map_or(0, char::len_utf8))
}

/// What is wrong and what to do about it.
fn in_words(kind: &ErrorKind) -> (String, &'static str) {
    if let Some((message, help)) = brackets(kind) {
        return (message, help);
    }
    let (message, help) = layout(kind).or_else(|| text(kind)).unwrap_or_else(|| other(kind));
    (message.to_owned(), help)
}

/// Mistakes with brackets and braces.
fn brackets(kind: &ErrorKind) -> Option<(String, &'static str)> {
    Some(match kind {
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (format!("`{open}` is closed by `{close}`"), "close each bracket with its own kind: `[…]`, `{…}`")
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            (format!("`{open}` is never closed"), "add the closing bracket")
        }
        ErrorKind::UnexpectedEofFlowSequence => ("`[` is never closed".to_owned(), "add the closing `]`"),
        ErrorKind::UnexpectedEofFlowMapping | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            ("`{` is never closed".to_owned(), "add the closing `}`")
        }
        ErrorKind::ExpectedFlowMappingSeparator => {
            ("a `,` or `}` is missing".to_owned(), "separate entries with `, ` and close the braces with `}`")
        }
        ErrorKind::ExpectedFlowSequenceSeparator => {
            ("a `,` or `]` is missing".to_owned(), "separate items with `, ` and close the brackets with `]`")
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("a bracket is closed that was not opened".to_owned(), "remove it, or put the text in quotes")
        }
        ErrorKind::UnexpectedCharacter { character } => (
            format!("`{}` cannot stand here", character.escape_default()),
            "put a text that holds special characters in quotes",
        ),
        _ => return None,
    })
}

/// Mistakes with indentation and the layout of lines.
fn layout(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    const ALIGN: &str = "indent entries that belong together by the same number of spaces";
    Some(match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => ("a tab cannot indent", "use spaces"),
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::InvalidBlockScalarIndent => {
            ("this line is indented in a way that fits nothing above it", ALIGN)
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::UnexpectedEofBlockMapping => {
            ("a `key: value` is expected here", ALIGN)
        }
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::UnexpectedEofBlockSequence => {
            ("an item of the list above is expected here: `- item`", ALIGN)
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("a `:` is missing after this key", "write `key: value`, with a space after the colon")
        }
        ErrorKind::MappingKeyNotAllowed
        | ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidMappingValueWhitespace
        | ErrorKind::FlowMappingValueAdjacentCollection => (
            "a second `:` stands in one entry",
            "begin a new line for a new entry, or put a text with `: ` in it in quotes",
        ),
        ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::InvalidBlockEntryWhitespace
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => (
            "a `-` cannot stand here",
            "begin list items with `- ` on lines of their own, or write the list as `[a, b]`",
        ),
        ErrorKind::RecursionLimitExceeded => (
            "lists and mappings are nested too deeply",
            "a spec needs six levels; is a bracket never closed?",
        ),
        _ => return None,
    })
}

/// Mistakes with quotes, anchors and comments.
fn text(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar => ("a quote is never closed", "add the closing quote"),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ("something follows a closing quote", "put the whole text in one pair of quotes")
        }
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => (
            "`\\` begins an escape that does not exist",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        ErrorKind::UnknownAnchor => (
            "this alias has no anchor above it",
            "name a value with `&name` before using `*name`, or put the text in quotes",
        ),
        ErrorKind::MissingAnchorOrAliasName => {
            ("a name is missing after `&` or `*`", "put a text that begins with `&` or `*` in quotes")
        }
        ErrorKind::CommentNotSeparated | ErrorKind::CommentInterceptedScalar => {
            ("a comment begins inside a text", "put a space before `#`, or the text in quotes")
        }
        ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("a quote is not closed before `---`", "add the closing quote")
        }
        ErrorKind::BomInsideDocument => {
            ("a byte order mark stands inside the text", "remove it: it belongs at the beginning")
        }
        _ => return None,
    })
}

/// Everything rare.
fn other(kind: &ErrorKind) -> (&'static str, &'static str) {
    match kind {
        ErrorKind::UnsupportedYamlMajorVersion => {
            ("this is another version of YAML", "remove the `%YAML` line")
        }
        ErrorKind::UnexpectedEof => ("the file ends too early", "is a bracket or a quote never closed?"),
        ErrorKind::ExpectedNodeContent => {
            ("a value is expected here", "put a text that begins with a special character in quotes")
        }
        ErrorKind::ExpectedDocumentStart | ErrorKind::InvalidDocumentEnd => {
            ("something follows the end of the document", "remove it, or indent it as the lines above")
        }
        ErrorKind::ZeroBlockScalarIndent | ErrorKind::InvalidBlockScalarHeader => {
            ("something stands after `|` or `>` that cannot", "begin the text on the next line")
        }
        _ => ("this is not YAML", "put a text that holds special characters in quotes"),
    }
}
