//! The peer of `benches/load.rs` reads what it claims to: every shipped spec, all of its nodes and targets.

#[path = "../../benches/peer/mod.rs"]
mod peer;

use std::fs;

use crabwalk::model::Spec;

#[test]
fn the_peer_reads_every_spec() {
    let mut read = 0;
    for entry in fs::read_dir("specs").expect("it is there") {
        let path = entry.expect("readable").path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let name = path.display().to_string();
        let ours = Spec::from_text(&name, &text).expect("a sound spec");
        let theirs = peer::read(&text).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert_eq!(theirs.version, 1);
        let nodes = [
            theirs.agents.len(),
            theirs.principals.len(),
            theirs.tools.len(),
            theirs.stores.len(),
            theirs.sessions.len(),
            theirs.sources.len(),
            theirs.sinks.len(),
            theirs.credentials.len(),
        ];
        assert_eq!(nodes.iter().sum::<usize>(), ours.nodes.len(), "{name}");
        peer::skim(&text).expect("it reads it");
        read += 1;
    }
    assert!(read >= 10, "{read} specs");
}

/// The peer is not a parser that lets everything through.
#[test]
fn the_peer_checks_shapes() {
    for wrong in [
        "version: 1\nagents: {a: {reed: [b]}}\n",
        "version: 1\nagents: {a: {isolation: sometimes}}\n",
        "version: 1\nagents: {a: {read: [{target: b, guard: c}]}}\n",
        "version: 1\nstores: {a: {read: [b]}}\n",
    ] {
        assert!(peer::read(wrong).is_err(), "{wrong}");
    }
}
