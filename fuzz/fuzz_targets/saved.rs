//! Any bytes as a side of a comparison, a saved matrix above all: what is read gives a matrix, and that matrix, read again, itself.
#![no_main]

use std::ffi::OsStr;
use std::path::Path;

use crabwalk::analysis::Matrix;
use crabwalk::graph::CapabilityGraph;
use crabwalk::input;
use crabwalk::report::wire::matrix_json;
use crabwalk::model::Spec;
use libfuzzer_sys::fuzz_target;

const MOST_NODES: usize = 24;
const MOST_EDGES: usize = 100;

fuzz_target!(|data: &[u8]| {
    let Some(spec) = read(data) else { return };
    if spec.nodes.len() > MOST_NODES || spec.edges.len() > MOST_EDGES {
        return;
    }
    let first = saved(spec);
    let again = read(&first).expect("what this program saves it reads");
    assert!(saved(again) == first, "a saved matrix is another when it is read");
});

/// The topology in some bytes.
fn read(mut bytes: &[u8]) -> Option<Spec> {
    input::read(OsStr::new("-"), Path::new("/"), &mut bytes).ok().map(|side| side.spec)
}

/// Its matrix, saved.
fn saved(spec: Spec) -> Vec<u8> {
    let graph = CapabilityGraph::build(spec);
    let mut json = Vec::new();
    matrix_json(&Matrix::new(&graph), &mut json).expect("memory takes it");
    json
}
