//! Any bytes as the files of a spec: every mistake is a message that holds no control character, and of a small spec that loads, engine
//! and reference say the same in every cell.
#![no_main]

use crabwalk::graph::CapabilityGraph;
use crabwalk::report::diagnostics;
use crabwalk::language;
use crabwalk::model::Spec;
use crabwalk::verification::{Sample, SelfCheck};
use libfuzzer_sys::fuzz_target;

/// What a file ends with where another one begins.
const NEXT_FILE: &[u8] = b"\n#===\n";

/// The reference takes long for more.
const MOST_NODES: usize = 10;
const MOST_EDGES: usize = 40;

fuzz_target!(|data: &[u8]| {
    match language::load_contents(None, files(data)) {
        Ok(spec) => analyse(spec),
        Err(mistakes) => {
            assert!(!mistakes.items.is_empty());
            let said = diagnostics::render(&mistakes, false);
            assert!(!said.chars().any(|character| character.is_control() && character != '\n'), "{said:?}");
            let _ = diagnostics::to_json(&mistakes);
        }
    }
});

/// The bytes as one file, or as several.
fn files(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut left = data;
    while let Some(end) = left.windows(NEXT_FILE.len()).position(|window| window == NEXT_FILE) {
        files.push(left[..=end].to_vec());
        left = &left[end + NEXT_FILE.len()..];
    }
    files.push(left.to_vec());
    let name = |(position, bytes)| (format!("{position:04}.crabwalk.yaml"), bytes);
    files.into_iter().enumerate().map(name).collect()
}

fn analyse(spec: Spec) {
    if spec.nodes.len() > MOST_NODES || spec.edges.len() > MOST_EDGES {
        return;
    }
    let graph = CapabilityGraph::build(spec);
    let check = SelfCheck::run(&graph, Sample::all(&graph));
    assert!(check.is_equal(), "engine and reference differ");
}
