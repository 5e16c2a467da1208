//! The table of a newcomer's questions in CONTRIBUTING: each file that it names is there, and holds what it is said to hold.

use std::fs;
use std::path::Path;

#[test]
fn every_question_of_a_newcomer_leads_to_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("CONTRIBUTING.md")).expect("CONTRIBUTING is there");
    let section = page.split("## Where is it?").nth(1).expect("it has the questions");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| ") && line.contains("`src/"));
    let mut questions = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [question, file, word] = cells[..] else { panic!("three cells: {row}") };
        let (file, word) = (file.trim_matches('`'), word.trim_matches('`'));
        let text =
            fs::read_to_string(root.join(file)).unwrap_or_else(|why| panic!("{question} {file}: {why}"));
        assert!(text.contains(word), "{question} `{word}` is not in {file}");
        questions += 1;
    }
    assert!(questions >= 20, "{questions} questions");
}
