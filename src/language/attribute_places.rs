//! Keys of bodies → where they stand, looked up in the text again. A spec keeps the places of names alone: one of a million nodes
//! has several millions of attributes, and somebody asks for the places of a few.

use std::collections::BTreeMap;

use bumpalo::Bump;

use super::reader;
use super::sink::Sink;
use super::tree::{Entry, Tree, Value};
use crate::model::{NodeKind, Place, SourceFile};

/// A key of the body of a node, or of the long form of an edge.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Where the node's name stands, or the edge's target.
    pub(crate) of: Place,
    /// The first of these keys that is there.
    pub(crate) keys: Vec<&'static str>,
}

/// For each key with its value, where it stands; nothing where the file does not say it, or its text is not known. Each file is
/// read once.
pub(crate) fn attribute_places(files: &[SourceFile], wanted: &[Wanted]) -> Vec<Option<Place>> {
    let mut by_file: BTreeMap<u32, BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
    for (position, one) in wanted.iter().enumerate() {
        by_file.entry(one.of.file).or_default().entry(one.of.start).or_default().push(position);
    }
    let mut places = vec![None; wanted.len()];
    for (position, starts) in by_file {
        let Some(file) = files.get(position as usize).filter(|file| file.has_text()) else { continue };
        let arena = Bump::new();
        let Some(tree) = reader::read(position, file.text(), &arena, &mut Sink::of_file(1)) else { continue };
        for (start, body) in bodies(&tree) {
            for position in starts.get(&start).into_iter().flatten() {
                let entry = wanted[*position].keys.iter().find_map(|key| entry(body, key));
                places[*position] = entry.map(|entry| place(file.text(), entry));
            }
        }
    }
    places
}

/// The bodies of a spec, each by where its owner begins: the name of a node, or the target of an edge in its long form.
fn bodies<'a>(tree: &Tree<'a>) -> Vec<(u32, &'a [Entry<'a>])> {
    let is_section = |entry: &&Entry<'_>| NodeKind::ALL.iter().any(|kind| kind.section() == entry.key.text);
    let nodes = entries(tree).iter().filter(is_section).flat_map(|section| entries(&section.value));
    let mut bodies = Vec::new();
    for node in nodes {
        let body = entries(&node.value);
        bodies.push((node.key.place.start, body));
        for edge in body.iter().flat_map(|attribute| items(&attribute.value)) {
            let long = entries(edge);
            bodies.extend(entry(long, "target").map(|target| (target.value.place.start, long)));
        }
    }
    bodies
}

fn entries<'a>(tree: &Tree<'a>) -> &'a [Entry<'a>] {
    match tree.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

/// The items of a list; a single one stands without it.
fn items<'t, 'a>(tree: &'t Tree<'a>) -> &'t [Tree<'a>] {
    match tree.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(tree),
    }
}

fn entry<'t, 'a>(body: &'t [Entry<'a>], key: &str) -> Option<&'t Entry<'a>> {
    body.iter().find(|entry| entry.key.text == key)
}

/// A key with its value where that is a word on its line; else the key.
fn place(text: &str, entry: &Entry<'_>) -> Place {
    let (key, value) = (entry.key.place, entry.value.place);
    let end = value.start + value.len;
    let is_word =
        matches!(entry.value.value, Value::Scalar { .. }) && value.file == key.file && end > key.start;
    let between = is_word.then(|| text.get(key.start as usize..end as usize)).flatten();
    match between {
        Some(between) if !between.contains('\n') => Place { len: end - key.start, ..key },
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Spec;

    const TEXT: &str = "\
version: 1
zones: {low: {}, high: {}}
agents:
  a:
    zone: low
    invoke:
      - target: b
        guards: [human-approval]
      - {target: c, returns: false}
    tags:
      - x
  b: {zone: high, sensitivity: secret}
  c: {zone: low}
";

    fn marked(name: &str, keys: &[&'static str]) -> Option<String> {
        let spec = Spec::from_text("a.yaml", TEXT).expect("it is right");
        let of = spec.node(spec.node_id(name).expect("it is there")).place;
        let found = attribute_places(&spec.files, &[Wanted { of, keys: keys.to_vec() }])[0]?;
        Some(TEXT[found.start as usize..][..found.len as usize].to_owned())
    }

    #[test]
    fn an_attribute_is_found_with_its_value_and_a_list_by_its_key() {
        assert_eq!(marked("a", &["zone"]).as_deref(), Some("zone: low"));
        assert_eq!(marked("b", &["sensitivity"]).as_deref(), Some("sensitivity: secret"));
        assert_eq!(marked("a", &["critical", "tags"]).as_deref(), Some("tags"));
        assert_eq!(marked("c", &["critical"]), None);
    }

    #[test]
    fn the_long_form_of_an_edge_is_found_by_its_target() {
        let spec = Spec::from_text("a.yaml", TEXT).expect("it is right");
        let wanted: Vec<Wanted> = spec
            .edges
            .iter()
            .map(|edge| Wanted { of: edge.place, keys: vec!["guards", "returns"] })
            .collect();
        let found = attribute_places(&spec.files, &wanted);
        let words: Vec<&str> = found
            .iter()
            .map(|place| place.map_or("", |place| &TEXT[place.start as usize..][..place.len as usize]))
            .collect();
        assert_eq!(words, ["guards", "returns: false"]);
    }

    #[test]
    fn of_lines_alone_nothing_is_found() {
        let file = SourceFile::of_lines("far.yaml", vec![7]);
        let wanted = Wanted { of: Place { file: 0, start: 0, len: 0 }, keys: vec!["zone"] };
        assert_eq!(attribute_places(&[file], &[wanted]), [None]);
    }
}
