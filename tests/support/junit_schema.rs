//! What Jenkins' schema for JUnit reports (that of its xUnit plugin, `junit-10.xsd`) has of elements and attributes, as a table, and
//! whether a report keeps to it.

use roxmltree::{Document, Node};

/// An element: those that may stand in it, the attributes that it must have, and those that it may have. Text stands in `MIXED`.
type Element = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const ELEMENTS: [Element; 8] = [
    ("testsuites", &["testsuite"], &[], &["name", "time", "tests", "failures", "errors"]),
    (
        "testsuite",
        &["testsuite", "properties", "testcase", "system-out", "system-err"],
        &["name", "tests", "failures", "errors"],
        &["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
    ),
    (
        "testcase",
        &["skipped", "error", "failure", "system-out", "system-err"],
        &["name"],
        &["time", "classname", "group"],
    ),
    ("failure", &[], &[], &["type", "message"]),
    ("error", &[], &[], &["type", "message"]),
    ("skipped", &[], &[], &["type", "message"]),
    ("system-out", &[], &[], &[]),
    ("system-err", &[], &[], &[]),
];

const MIXED: [&str; 5] = ["failure", "error", "skipped", "system-out", "system-err"];

/// Elements in which others come in any number, and in any order: all that we write. The counts are those of what is there.
pub(crate) fn assert_schema(report: &str) {
    let document = Document::parse(report).unwrap_or_else(|problem| panic!("{problem}: {report}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    for node in root.descendants().filter(Node::is_element) {
        assert_element(node);
    }
    for suite in root.children().filter(Node::is_element) {
        let of = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
        for (attribute, element) in
            [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]
        {
            assert_eq!(suite.attribute(attribute), Some(of(element).as_str()), "{attribute}");
        }
    }
}

fn assert_element(node: Node<'_, '_>) {
    let name = node.tag_name().name();
    let known = ELEMENTS.iter().find(|(element, ..)| *element == name);
    let (_, inside, required, optional) = known.unwrap_or_else(|| panic!("no element is called {name}"));
    assert_eq!(node.tag_name().namespace(), None, "{name}");
    for attribute in node.attributes() {
        let key = attribute.name();
        assert!(required.contains(&key) || optional.contains(&key), "{name} has no attribute {key}");
        if key == "time" {
            let figures = |text: &str| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
            assert!(figures(attribute.value()), "{}", attribute.value());
        }
    }
    for key in *required {
        assert!(node.has_attribute(*key), "{name} needs {key}");
    }
    for child in node.children() {
        match child.is_element() {
            true => assert!(inside.contains(&child.tag_name().name()), "{child:?} in {name}"),
            false => {
                let is_blank = child.text().unwrap_or_default().trim().is_empty();
                assert!(is_blank || MIXED.contains(&name), "text in {name}: {child:?}");
            }
        }
    }
}
