//! Data flows one way: a folder names only those below it, and each outside library stays in its room.

use crate::sources::{closing, sources};

/// Folders from the lowest up.
const LAYERS: [&str; 14] = [
    "model",
    "language",
    "input",
    "fleet",
    "reference",
    "graph",
    "analysis",
    "verification",
    "compare",
    "findings",
    "hardening",
    "response",
    "report",
    "cli",
];

/// Libraries that one folder alone may name.
const ROOMS: [(&str, &str); 7] = [
    ("serde_yaml", "language"),
    ("petgraph", "graph"),
    ("memmap2", "graph"),
    ("dot_writer", "report"),
    ("clap", "cli"),
    ("indicatif", "cli"),
    ("rustix", "cli"),
];

/// The files of a folder of `src/`, with their texts.
fn files(folder: &str) -> Vec<(&'static str, &'static str)> {
    let files = sources().iter().filter(|source| source.is_in(folder));
    let files: Vec<_> = files.map(|source| (source.name.as_str(), source.text.as_str())).collect();
    assert!(!files.is_empty(), "src/{folder} holds code");
    files
}

/// Code without comments and doc links.
fn code(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_lower_folder_never_names_an_upper_one() {
    for (position, folder) in LAYERS.iter().enumerate() {
        for (path, text) in files(folder) {
            for upper in &LAYERS[position + 1..] {
                let names = [format!("crate::{upper}"), format!("super::super::{upper}")];
                let named = names.iter().any(|name| code(text).contains(name.as_str()));
                assert!(!named, "{} names {upper}", path);
            }
        }
    }
}

/// What engine and reference shared would not be checked by comparing them.
#[test]
fn engine_and_reference_do_not_know_each_other() {
    let engine_names = ["crate::graph", "crate::analysis", "petgraph", "memmap2"];
    for (path, text) in files("reference") {
        for name in engine_names {
            assert!(!code(text).contains(name), "{} names {name}", path);
        }
    }
    for folder in LAYERS.iter().filter(|folder| !["reference", "verification"].contains(folder)) {
        for (path, text) in files(folder) {
            assert!(!code(text).contains("reference::"), "{} names the reference", path);
        }
    }
}

/// The reference reads attributes, and leaves the questions that the spec answers for the engine alone.
#[test]
fn the_reference_decides_by_itself_what_attributes_mean() {
    let questions = [
        ".is_assumable(",
        ".is_authority(",
        ".is_private(",
        ".is_passive(",
        ".keeps_secrets(",
        ".is_per_call_agent(",
        ".is_for(",
        ".stops(",
        ".plane(",
        ".applies_to(",
    ];
    for (path, text) in files("reference") {
        for question in questions {
            assert!(!code(text).contains(question), "{} asks {question}", path);
        }
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    for (library, room) in ROOMS {
        for folder in LAYERS.iter().filter(|folder| **folder != room) {
            for (path, text) in files(folder) {
                let named = code(text).contains(&format!("{library}::"));
                assert!(!named, "{} names {library}, which belongs to {room}", path);
            }
        }
    }
}

/// A page is made of texts and blocks: what is markup of them, and what escapes, lies in the writers alone.
#[test]
fn only_the_writers_make_markup_of_a_page() {
    for (path, text) in files("report").into_iter().filter(|(path, _)| !path.starts_with("report/write/")) {
        assert!(!code(text).contains("markdown_escape"), "{path} escapes for Markdown by itself");
    }
    let marks = ["<sub>", "<br", "<code>", "<details>", "~~", "```", "**{", "\"## ", "\"### "];
    for (path, text) in files("report/pages") {
        for mark in marks {
            assert!(!code(text).contains(mark), "{path} writes {mark:?} by itself");
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "{} has no header", source.name);
    }
}

#[test]
fn files_stay_readable() {
    for source in sources() {
        let lines = source.text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines: one concept a file", source.name);
    }
}

/// Lines from the name of a function to its last brace.
#[test]
fn functions_stay_readable() {
    for source in sources() {
        for (start, _) in source.code.match_indices("fn ") {
            let head = &source.code[start..];
            let name =
                head[3..].split(|character: char| !(character.is_alphanumeric() || character == '_')).next();
            let body = head.find(['{', ';']).filter(|at| head[*at..].starts_with('{'));
            let end = body.and_then(|body| closing(head, body)).unwrap_or_default();
            let lines = head[..end].lines().count();
            assert!(lines <= 80, "{}: {} has {lines} lines", source.name, name.unwrap_or_default());
        }
    }
}
