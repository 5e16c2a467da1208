//! What the spec language means: order, defaults, selectors, names, the forms of YAML.

use crabwalk::spec::Spec;

/// Each conformance spec loads.
#[test]
fn conformance_specs_load() {
    for name in ["confused-deputy", "memory-worm", "secrets", "support-desk"] {
        let text = std::fs::read_to_string(format!("tests/conformance/{name}.yaml")).expect("it is there");
        Spec::from_text(&format!("{name}.yaml"), &text).expect("it loads");
    }
}
