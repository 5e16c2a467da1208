//! What every shipped spec comes to: its matrix and one blast radius, as they are printed.

use std::fs;
use std::path::{Path, PathBuf};

use crabwalk::analysis::{BlastRadius, Matrix, Order};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{NodeId, SourceFile, Spec};
use crabwalk::report::{MatrixOptions, blast_text, matrix_text};

fn specs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let entries =
        fs::read_dir(folder).expect("part of the project").map(|entry| entry.expect("readable").path());
    let mut specs: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    specs.sort();
    specs
}

/// The strangers if there are any, else the first node.
fn starts(spec: &Spec) -> Vec<NodeId> {
    let strangers: Vec<NodeId> = spec.node_ids().filter(|id| spec.node(*id).untrusted).collect();
    if strangers.is_empty() { vec![NodeId::new(0)] } else { strangers }
}

#[test]
fn matrix_and_blast_radius_of_every_spec() {
    let specs = specs();
    assert!(specs.len() >= 10);
    for path in specs {
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let file = SourceFile::new(&format!("{name}.yaml"), fs::read_to_string(&path).expect("readable"));
        let graph = CapabilityGraph::build(Spec::from_files(vec![file]).expect("a valid spec"));
        let all: Vec<NodeId> = graph.spec().node_ids().collect();
        let order = Order::Declared.arrange(&graph, &all);
        let matrix = matrix_text(&Matrix::new(&graph), &order, &order, MatrixOptions::default());
        let blast = blast_text(&BlastRadius::compute(&graph, &starts(graph.spec()), 0));
        let printed = format!("{matrix}\n{blast}");
        let plain = anstream::adapter::strip_str(&printed).to_string();
        insta::assert_snapshot!(name, plain);
    }
}
