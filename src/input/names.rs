//! Which names specs have where nobody names them, and which two of them cannot stand side by side.

use std::collections::HashMap;

/// The names of a spec that stands alone in its directory.
const OWN_NAMES: [&str; 2] = ["crabwalk.yaml", "crabwalk.yml"];

/// How the names of all specs end that are found without being named.
pub(super) const ENDINGS: &[&str] = &OWN_NAMES;

/// Whether a file of this name in a directory is a spec.
pub(crate) fn is_spec(name: &str) -> bool {
    OWN_NAMES.contains(&name) || name.ends_with(".crabwalk.yaml") || name.ends_with(".crabwalk.yml")
}

/// Whether a directory of this name is left out.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// Whether no directory on the way to a path is hidden.
pub(super) fn is_visible(path: &str) -> bool {
    !parent(path).split('/').any(is_hidden)
}

/// The last part of a path of a tree.
pub(super) fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The directory that holds a path of a tree; the root is empty.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// A path in a directory of a tree.
pub(super) fn join(directory: &str, path: &str) -> String {
    if directory.is_empty() { path.to_owned() } else { format!("{directory}/{path}") }
}

/// The first two paths that differ in `.yaml` and `.yml` alone: of these nobody can know which one is meant.
pub(super) fn twins<'p>(paths: impl Iterator<Item = &'p str>) -> Option<(&'p str, &'p str)> {
    let mut stems: HashMap<&str, &str> = HashMap::new();
    for path in paths {
        let stem = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml")).unwrap_or(path);
        match stems.insert(stem, path) {
            Some(other) if other != path => return Some((other, path)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_differ_in_their_ending_alone() {
        assert_eq!(twins(["a/crabwalk.yaml", "crabwalk.yml"].into_iter()), None);
        assert_eq!(
            twins(["a/crabwalk.yaml", "b.crabwalk.yml", "a/crabwalk.yml"].into_iter()),
            Some(("a/crabwalk.yaml", "a/crabwalk.yml"))
        );
    }
}
