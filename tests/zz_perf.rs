use crabwalk::fleet::*;
use crabwalk::graph::*;
use crabwalk::spec::*;
use std::time::Instant;
#[test]
fn perf() {
    for (shape, nodes) in [("org", 2000), ("org", 50000), ("random", 2000), ("random", 40000)] {
        let mut args = vec!["gen", shape];
        let n = nodes.to_string();
        args.extend(["--nodes", &n, "--mixed"]);
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_crabwalk")).args(&args).output().unwrap();
        if !out.status.success() {
            println!("{}", String::from_utf8_lossy(&out.stderr));
            continue;
        }
        let spec = Spec::from_text("x", std::str::from_utf8(&out.stdout).unwrap()).unwrap();
        let t = Instant::now();
        let graph = CapabilityGraph::build(spec.clone());
        println!(
            "{shape} {nodes}: edges {} derived {} build {:?}",
            graph.edges().len(),
            graph.derived_count(),
            t.elapsed()
        );
        let t = Instant::now();
        let c = spec.clone();
        println!("clone {:?}", t.elapsed());
        drop(c);
        let from: Vec<_> = spec.node_ids().filter(|n| spec.node(*n).untrusted).collect();
        let top = spec.zones.len().wrapping_sub(1);
        let to: Vec<_> = spec
            .node_ids()
            .filter(|n| {
                !spec.node(*n).untrusted
                    && (spec.node(*n).critical
                        || spec.node(*n).is_private()
                        || spec.node(*n).zone.is_some_and(|z| z.index() == top))
            })
            .collect();
        let flows = graph.flows();
        for strength in [Strength::Any, Strength::Open] {
            let b = Between {
                plane: Plane::Influence,
                strength,
                sources: from.iter().map(|n| flows.own(*n)).collect(),
                targets: to.iter().map(|n| flows.call(*n)).collect(),
            };
            let t = Instant::now();
            println!(" from {} to {} corridor {}", from.len(), to.len(), b.corridor(flows).nodes().count());
            println!(" corridor {:?}", t.elapsed());
            let t = Instant::now();
            let cut = minimum_cuts(flows, &b, &|_| Some(1)).unwrap();
            println!(
                " cut {} {:?} ({} {})",
                cut.price,
                t.elapsed(),
                cut.near_sources.len(),
                cut.near_targets.len()
            );
            let t = Instant::now();
            let d = Dominators::find(flows, &b);
            println!(" dom {} {:?}", d.common().len(), t.elapsed());
        }
    }
}
