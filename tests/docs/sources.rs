//! The sources of the program as the tests of the house read them: their files, their code without comments, texts and tests, and
//! the words of that code.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A file of `src/`.
pub(crate) struct Source {
    /// Below `src/`, with slashes.
    pub(crate) name: String,
    pub(crate) text: String,
    /// What the program is built of. Lines are those of the text.
    pub(crate) code: String,
}

impl Source {
    /// Whether it lies in a folder of `src/`, or is this file.
    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.name.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// All of them, in order, but for files of tests alone.
pub(crate) fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(read)
}

fn read() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut left = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(&directory).expect("src/ is readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                sources.push(source(&root, &path));
            }
        }
    }
    sources.sort_by(|one, other| one.name.cmp(&other.name));
    assert!(sources.len() > 100, "src/ holds code");
    sources
}

fn source(root: &Path, path: &PathBuf) -> Source {
    let text = fs::read_to_string(path).expect("UTF-8");
    let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
    let code = without_tests(&bare(&text));
    Source { name, text, code }
}

/// The text with blanks for comments and for what stands in texts and characters.
fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, is_code) = match literal(rest, bare.chars().next_back()) {
            Some(length) => (length, false),
            None => (first.len_utf8(), true),
        };
        let (taken, left) = rest.split_at(length);
        match is_code {
            true => bare.push_str(taken),
            false => bare.extend(taken.chars().map(|character| if character == '\n' { '\n' } else { ' ' })),
        }
        rest = left;
    }
    bare
}

/// The length of the comment, the text or the character that begins here.
fn literal(rest: &str, before: Option<char>) -> Option<usize> {
    let upto =
        |start: usize, end: &str| rest[start..].find(end).map_or(rest.len(), |at| start + at + end.len());
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(upto(2, "*/"));
    }
    if rest.starts_with('"') {
        return Some(quoted(rest, '"'));
    }
    let in_word = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
    if let Some(raw) = rest.strip_prefix('r').filter(|_| !in_word || before == Some('b')) {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        if raw[marks..].starts_with('"') {
            return Some(upto(marks + 2, &format!("\"{}", "#".repeat(marks))));
        }
    }
    let mut after = rest.strip_prefix('\'')?.chars();
    let is_character = after.next()? == '\\' || after.next()? == '\'';
    is_character.then(|| quoted(rest, '\''))
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The code with blanks for the module of its tests.
fn without_tests(code: &str) -> String {
    let Some(start) = code.find("#[cfg(test)]\nmod ") else { return code.to_owned() };
    let opened = code[start..].find('{').map(|at| start + at);
    let Some(end) = opened.and_then(|opened| closing(code, opened)) else { return code.to_owned() };
    let blank: String = code[start..=end].chars().filter(|character| *character == '\n').collect();
    [&code[..start], &blank, &code[end + 1..]].concat()
}

/// Where the brace is closed that is opened here.
pub(crate) fn closing(code: &str, opened: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in code[opened..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(opened + at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The words of code: names, `::`, and each other sign by itself.
pub(crate) fn words(code: &str) -> Vec<&str> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ':' if rest.starts_with("::") => 2,
            _ if is_name(first) => rest.find(|character| !is_name(character)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (word, left) = rest.split_at(length);
        words.push(word);
        rest = left.trim_start();
    }
    words
}

#[test]
fn code_is_told_from_texts_comments_and_tests() {
    let text = "//! crate::a\nfn f<'a>(x: &'a str) { x == \"crate::b\\\"\" || y == '\"' || r#\"\"}\"# } // c\n\
                #[cfg(test)]\nmod tests {\n    use super::*;\n}\nconst LAST: u8 = 1;\n";
    let code = without_tests(&bare(text));
    assert_eq!(code.lines().count(), text.lines().count());
    let words = words(&code).join(" ");
    assert_eq!(words, "fn f < ' a > ( x : & ' a str ) { x = = | | y = = | | } const LAST : u8 = 1 ;");
}
