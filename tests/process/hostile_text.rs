//! Every text of a spec that somebody else wrote, in every place that has one, through every command in every format: it is read,
//! and does nothing.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::hostile::{WORDS, assert_format, assert_terminal, spec};
use crate::support::program::{crabwalk, folder};
use crate::support::tools::present;

/// Commands with all formats that they have. `HEAD` and `BASE` are specs, `ZONE`, `NODE`, `TOOL` and `STORE` names in them.
const CALLS: [(&[&str], &[&str]); 16] = [
    (&["matrix", "HEAD"], &["text", "markdown", "csv", "json", "html"]),
    (&["matrix", "HEAD", "--view", "influence", "--from=NODE", "--zone=ZONE"], &["text", "markdown", "html"]),
    (&["matrix", "HEAD", "--sizes-only"], &["text", "csv", "json"]),
    (
        &["blast", "--spec", "HEAD", "--max-guards", "1", "--", "NODE"],
        &["text", "markdown", "json", "dot", "mermaid", "svg"],
    ),
    (&["path", "--spec", "HEAD", "--", "NODE", "TOOL"], &["text", "json", "dot"]),
    (&["graph", "HEAD", "--derived"], &["dot", "mermaid", "svg", "json"]),
    (&["features", "HEAD"], &["text", "markdown", "json"]),
    (&["memory", "--spec", "HEAD", "--", "STORE"], &["text", "markdown", "json"]),
    (&["harden", "HEAD", "--from=NODE", "--to=TOOL"], &["text", "markdown", "json", "dot", "mermaid", "svg"]),
    (&["harden", "HEAD", "--by", "guards"], &["text", "markdown"]),
    (&["respond", "--spec", "HEAD", "--isolate=STORE", "--", "NODE"], &["text", "markdown", "json"]),
    (&["report", "HEAD"], &["markdown", "json", "sarif", "github", "gitlab", "junit"]),
    (&["check", "HEAD"], &["text", "json", "sarif", "github", "gitlab", "junit"]),
    (
        &["diff", "BASE", "HEAD"],
        &["text", "markdown", "json", "sarif", "github", "gitlab", "junit", "dot", "mermaid", "svg"],
    ),
    (&["diff", "HEAD", "BASE", "--isolate=STORE"], &["text", "markdown", "github", "mermaid"]),
    (&["self-check", "HEAD"], &["text", "json"]),
];

/// Names of files that are more than names too. A file cannot hold a slash.
const FILES: [&str; 4] = [
    "@octocat #1 <b>|`x`.yaml",
    "::error::,line=1%0A.yaml",
    "a\u{1b}[31m\u{202e}b\nc.yaml",
    "=cmd()&\"'.yaml",
];

fn run(directory: &Path, words: &[String]) -> Output {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    crabwalk(&words).current_dir(directory).output().expect("it runs")
}

/// The text of the spec at a position, as the calls name it.
fn named(first: usize, at: usize) -> String {
    let yaml: Vec<String> = spec(first, true).lines().map(str::to_owned).collect();
    let section = ["zones:", "sources:", "tools:", "stores:"][at];
    let begin = yaml.iter().position(|line| line == section).expect("a section");
    let name = yaml[begin + 1].trim();
    let mut names = serde_json::Deserializer::from_str(name).into_iter::<String>();
    names.next().expect("a name").expect("a string")
}

/// A call with its names filled in.
fn call(words: &[&str], format: &str, first: usize, files: [&str; 2]) -> Vec<String> {
    let fill = |word: &&str| {
        let names = [("ZONE", 0), ("NODE", 1), ("TOOL", 2), ("STORE", 3)];
        let word =
            names.iter().fold((*word).to_owned(), |word, (sign, at)| word.replace(sign, &named(first, *at)));
        word.replace("BASE", files[0]).replace("HEAD", files[1])
    };
    let mut filled: Vec<String> = words.iter().map(fill).collect();
    let at = filled.iter().position(|word| word == "--").unwrap_or(filled.len());
    filled.splice(at..at, ["-f".to_owned(), format.to_owned()]);
    filled
}

#[test]
fn no_text_is_more_than_text() {
    let has_dot = present(&["dot"], "CRABWALK_REQUIRE_DOT");
    for (round, file) in FILES.iter().enumerate() {
        let first = round * WORDS.len() / FILES.len() + round;
        let folder = folder();
        let base = format!("old {file}");
        fs::write(folder.path().join(file), spec(first, true)).expect("written");
        fs::write(folder.path().join(&base), spec(first, false)).expect("written");
        for (words, formats) in CALLS {
            for format in formats.iter().filter(|format| has_dot || **format != "svg") {
                let words = call(words, format, first, [&base, file]);
                let output = run(folder.path(), &words);
                let (answer, errors) = (
                    String::from_utf8(output.stdout).expect("UTF-8"),
                    String::from_utf8_lossy(&output.stderr),
                );
                assert!(matches!(output.status.code(), Some(0 | 1)), "{words:?}: {errors}");
                assert!(!answer.is_empty(), "{words:?}");
                assert_format(format, &answer);
                assert_terminal(&errors, false);
            }
        }
    }
}

/// The list of calls is whole: each format of each command that has formats.
#[test]
fn every_format_of_every_command_is_tried() {
    let said = |words: &[&str]| {
        let output = crabwalk(words).output().expect("it runs");
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat()
    };
    let help = said(&["--help"]);
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // What a command says goes on below its name.
    let commands = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let mut formats_of_all = 0;
    for command in commands.filter_map(|line| line.split_whitespace().next()) {
        let refused = said(&[command, "-f", "?"]);
        let formats = refused.split_once("[possible values: ").and_then(|(_, rest)| rest.split_once(']'));
        let Some((formats, _)) = formats else { continue };
        for format in formats.split(", ") {
            let tried = CALLS.iter().any(|(words, tried)| words[0] == command && tried.contains(&format));
            assert!(tried, "{command} -f {format}");
            formats_of_all += 1;
        }
    }
    assert!(formats_of_all >= 50, "{formats_of_all} formats");
}

#[test]
fn colours_are_our_own() {
    let folder = folder();
    let file = FILES[2];
    fs::write(folder.path().join(file), spec(5, true)).expect("written");
    fs::write(folder.path().join("base"), spec(5, false)).expect("written");
    for (words, formats) in CALLS.iter().filter(|(_, formats)| formats.contains(&"text")) {
        assert_eq!(formats[0], "text");
        let mut words = call(words, "text", 5, ["base", file]);
        words.splice(1..1, ["--color".to_owned(), "always".to_owned()]);
        let output = run(folder.path(), &words);
        let answer = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(!answer.is_empty(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_terminal(&answer, true);
    }
}

/// Every text of the spec is somewhere in the answers: nothing is inert because it is not there.
#[test]
fn what_is_inert_is_there_to_be_read() {
    let folder = folder();
    fs::write(folder.path().join("s.yaml"), spec(0, true)).expect("written");
    let words: Vec<String> = ["graph", "s.yaml", "-f", "json"].map(str::to_owned).into();
    let graph = String::from_utf8(run(folder.path(), &words).stdout).expect("UTF-8");
    for word in &WORDS[8..16] {
        let written = serde_json::to_string(word).expect("a string");
        assert!(graph.contains(&written), "{word} is a node");
    }
}

/// Where names are wrong, mistakes repeat them.
#[test]
fn mistakes_repeat_nothing_that_acts() {
    let folder = folder();
    for word in WORDS.iter().chain(&["\u{1b}[31mred", "two\nlines\r", "nul\u{0}", "\u{9b}31m"]) {
        let quoted = serde_json::to_string(word).expect("a string");
        let yaml = format!(
            "version: 1\n# {word}\nzones: {{x: }}\nagents: {{{quoted}: {{zone: {quoted}, read: [{quoted}, {quoted}], {quoted}: {quoted}}}}}\nrules: [{{deny: {quoted}}}]\n"
        );
        fs::write(folder.path().join("s.yaml"), yaml).expect("written");
        for format in ["text", "json", "sarif", "github", "gitlab", "junit"] {
            let colours = if format == "text" { &["never", "always"][..] } else { &["never"] };
            for color in colours.iter().copied() {
                let words = ["check", "s.yaml", "-f", format, "--color", color].map(str::to_owned);
                let output = run(folder.path(), &words);
                assert_eq!(output.status.code(), Some(2), "{word}");
                assert_terminal(&String::from_utf8_lossy(&output.stderr), color == "always");
                let answer = String::from_utf8(output.stdout).expect("UTF-8");
                if format != "text" {
                    assert_format(format, &answer);
                }
            }
        }
    }
}
