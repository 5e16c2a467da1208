//! Data flows one way: a folder names only those below it, and each outside library stays in its room.

use std::fs;
use std::path::{Path, PathBuf};

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

/// All Rust files below a folder of `src/`, with their texts.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder)];
    let mut files = Vec::new();
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(&directory).expect("src/ is readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("readable");
                files.push((path, text));
            }
        }
    }
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
                let named = names.iter().any(|name| code(&text).contains(name.as_str()));
                assert!(!named, "{} names {upper}", path.display());
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
            assert!(!code(&text).contains(name), "{} names {name}", path.display());
        }
    }
    for folder in LAYERS.iter().filter(|folder| !["reference", "verification"].contains(folder)) {
        for (path, text) in files(folder) {
            assert!(!code(&text).contains("reference::"), "{} names the reference", path.display());
        }
    }
}

/// The reference reads attributes, and leaves the questions that the spec answers for the engine alone.
#[test]
fn the_reference_decides_by_itself_what_attributes_mean() {
    let questions =
        [".is_assumable(", ".is_authority(", ".is_private(", ".stops(", ".plane(", ".applies_to("];
    for (path, text) in files("reference") {
        for question in questions {
            assert!(!code(&text).contains(question), "{} asks {question}", path.display());
        }
    }
}

#[test]
fn libraries_stay_in_their_rooms() {
    for (library, room) in ROOMS {
        for folder in LAYERS.iter().filter(|folder| **folder != room) {
            for (path, text) in files(folder) {
                let named = code(&text).contains(&format!("{library}::"));
                assert!(!named, "{} names {library}, which belongs to {room}", path.display());
            }
        }
    }
}

/// What is written as Markdown gets names in its style, and never merely with what hides in them made visible: that is enough for a
/// terminal alone.
#[test]
fn pages_in_markdown_write_names_in_their_own_way() {
    let both = ["blast/sections.rs", "harden/page.rs", "harden/cuts.rs", "harden/singles.rs", "respond/"];
    let is_page = |path: &Path| {
        let path = path.to_string_lossy().replace('\\', "/");
        path.contains("markdown") || both.iter().any(|part| path.contains(part))
    };
    let mut seen = 0;
    for (path, text) in files("report").into_iter().filter(|(path, _)| is_page(path)) {
        seen += 1;
        assert!(!code(&text).contains("visible"), "{} writes names as a terminal does", path.display());
    }
    assert!(seen >= 14, "{seen} files");
}

#[test]
fn every_file_says_what_it_is() {
    for folder in LAYERS {
        for (path, text) in files(folder) {
            assert!(text.starts_with("//! "), "{} has no header", path.display());
        }
    }
}

#[test]
fn files_stay_readable() {
    for folder in LAYERS {
        for (path, text) in files(folder) {
            let lines = text.lines().count();
            assert!(lines <= 600, "{} has {lines} lines: one concept a file", path.display());
        }
    }
}
