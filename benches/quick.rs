mod peer;
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).expect("path");
    let text = std::fs::read_to_string(&path).expect("read");
    for _ in 0..3 {
        let t = Instant::now();
        let n = serde_yaml::granit_parser::Parser::new_from_str_with_options(&text, {
            let mut o = serde_yaml::granit_parser::Options::default();
            o.set_emit_comments(false);
            o
        })
        .count();
        eprintln!("events {n} {:?}", t.elapsed());
        let t = Instant::now();
        peer::skim(&text).expect("peer");
        eprintln!("skim {:?}", t.elapsed());
        let t = Instant::now();
        let p = peer::read(&text).expect("peer");
        eprint!("peer {:?}", t.elapsed());
        let t = Instant::now();
        drop(p);
        eprintln!(" drop {:?}", t.elapsed());
        let t = Instant::now();
        let p = crabwalk::spec::Spec::from_text("fleet.yaml", &text).expect("ours");
        eprint!("ours {:?}", t.elapsed());
        let t = Instant::now();
        drop(p);
        eprintln!(" drop {:?}", t.elapsed());
    }
}
