//! Files do not name one another in circles: whoever reads one of a circle has to read them all.
//!
//! A file names another when it uses something that is defined there, by whatever way it is re-exported. A `mod.rs` that only
//! re-exports names nothing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::sources::{Source, sources, words};

/// How many re-exports of re-exports are followed.
const HOPS: usize = 8;

/// The names from the root of the crate down.
type Name = Vec<String>;

/// What a file declares, imports and names.
#[derive(Default)]
struct File {
    module: Name,
    /// Its own items.
    defined: BTreeSet<String>,
    /// Each name that is imported, and what it stands for.
    imported: BTreeMap<String, Name>,
    /// Modules of which everything is imported.
    all_of: Vec<Name>,
    /// Imported names for others alone, unless the file uses them too.
    exported: BTreeSet<String>,
    /// Paths in its code.
    paths: BTreeSet<Name>,
    /// Single names in its code.
    names: BTreeSet<String>,
}

/// The files of the crate by the names of their modules.
struct Crate(BTreeMap<Name, File>);

fn module_of(file: &str) -> Name {
    let stem = file.trim_end_matches(".rs");
    let names = stem.split('/').filter(|name| !["mod", "lib"].contains(name));
    names.map(str::to_owned).collect()
}

impl Crate {
    fn read(sources: &[Source]) -> Self {
        let sources = || sources.iter().filter(|source| source.name != "main.rs");
        let modules: BTreeSet<Name> = sources().map(|source| module_of(&source.name)).collect();
        let files = sources().map(|source| File::read(module_of(&source.name), &source.code, &modules));
        Self(files.map(|file| (file.module.clone(), file)).collect())
    }

    /// The file that defines what a path leads to: none for a module by itself, and for what is not of this crate.
    fn owner(&self, path: &[String], hops: usize) -> Option<&Name> {
        let depth = (0..=path.len()).rev().find(|depth| self.0.contains_key(&path[..*depth]))?;
        let (module, rest) = path.split_at(depth);
        let file = &self.0[module];
        let (name, inside) = rest.split_first()?;
        if file.defined.contains(name) || hops == 0 {
            return Some(&file.module);
        }
        if let Some(stands_for) = file.imported.get(name) {
            return self.owner(&[stands_for, inside].concat(), hops - 1);
        }
        let defined = |module: &&Name| self.defines(module, name, hops);
        match file.all_of.iter().find(defined) {
            Some(module) => self.owner(&[module.as_slice(), rest].concat(), hops - 1),
            None => Some(&file.module),
        }
    }

    /// Whether a name stands for something in a module.
    fn defines(&self, module: &[String], name: &str, hops: usize) -> bool {
        let in_all_of = |file: &File| file.all_of.iter().any(|module| self.defines(module, name, hops - 1));
        self.0.get(module).is_some_and(|file| {
            file.defined.contains(name) || file.imported.contains_key(name) || hops > 0 && in_all_of(file)
        })
    }

    /// The other files that a file names.
    fn named(&self, file: &File) -> BTreeSet<Name> {
        let private = |name: &&String| !file.exported.contains(*name) || file.names.contains(*name);
        let imports = file.imported.keys().filter(private).map(|name| file.imported[name].clone());
        let starred = file.all_of.iter().flat_map(|module| {
            let used = file.names.iter().filter(|name| self.defines(module, name, HOPS));
            used.map(move |name| [module.as_slice(), std::slice::from_ref(name)].concat())
        });
        let paths = file.paths.iter().cloned().chain(imports).chain(starred);
        let owners = paths.filter_map(|path| self.owner(&path, HOPS).cloned());
        owners.filter(|owner| *owner != file.module).collect()
    }

    /// For each file, in order, the places of those that it names.
    fn edges(&self) -> Vec<Vec<usize>> {
        let places: BTreeMap<&Name, usize> = self.0.keys().zip(0..).collect();
        let named = |file| self.named(file).iter().map(|module| places[module]).collect();
        self.0.values().map(named).collect()
    }
}

impl File {
    fn read(module: Name, code: &str, modules: &BTreeSet<Name>) -> Self {
        let words = words(code);
        let mut file = Self { module, ..Self::default() };
        let mut used = Vec::new();
        let mut at = 0;
        while at < words.len() {
            at = match words[at] {
                // In `use<'a>` nothing is imported: it says what a type captures.
                "use" if words.get(at + 1) != Some(&"<") => {
                    let end = (at..words.len()).find(|end| words[*end] == ";").unwrap_or(words.len());
                    file.import(&words[at + 1..end], is_public(&words[..at]), modules);
                    end
                }
                "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "macro_rules" => {
                    let name = words[at + 1..].iter().find(|word| !["!", "fn", "mut"].contains(*word));
                    file.defined.extend(name.map(|name| (*name).to_owned()));
                    at
                }
                _ => at,
            };
            let end = path_end(&words, at);
            if words[at].starts_with(|first: char| first.is_alphabetic() || first == '_') {
                used.push(
                    words[at..end]
                        .iter()
                        .filter(|word| **word != "::")
                        .map(|word| (*word).to_owned())
                        .collect::<Name>(),
                );
            }
            at = end;
        }
        for path in used {
            file.names.insert(path[0].clone());
            let absolute = file.absolute(&path, modules);
            file.paths.extend(absolute.filter(|_| path.len() > 1));
        }
        file
    }

    /// Takes a declaration of imports in.
    fn import(&mut self, tree: &[&str], is_public: bool, modules: &BTreeSet<Name>) {
        for (path, name) in leaves(tree, &[]) {
            let Some(path) = self.absolute(&path, modules) else { continue };
            match name.as_str() {
                "*" => self.all_of.push(path),
                _ => {
                    if is_public {
                        self.exported.insert(name.clone());
                    }
                    self.imported.insert(name, path);
                }
            }
        }
    }

    /// A path as it is seen from here, from the root of the crate; none where it leads out of it.
    fn absolute(&self, path: &[String], modules: &BTreeSet<Name>) -> Option<Name> {
        let (first, rest) = path.split_first()?;
        let child = [self.module.as_slice(), std::slice::from_ref(first)].concat();
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&self.module, rest].concat()),
            "super" => {
                let supers = path.iter().take_while(|name| *name == "super").count();
                let above = self.module.len().checked_sub(supers)?;
                Some([&self.module[..above], &path[supers..]].concat())
            }
            _ if modules.contains(&child) => Some([child.as_slice(), rest].concat()),
            _ => Some([self.imported.get(first)?.as_slice(), rest].concat()),
        }
    }
}

/// Whether what comes next is `pub`, or `pub` for some.
fn is_public(before: &[&str]) -> bool {
    let before = match before {
        [before @ .., "(", _, ")"] => before,
        _ => before,
    };
    before.last() == Some(&"pub")
}

/// Where the path ends that begins here.
fn path_end(words: &[&str], start: usize) -> usize {
    let is_name = |word: &&str| word.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let mut end = start + 1;
    while words.get(end) == Some(&"::") && words.get(end + 1).is_some_and(is_name) {
        end += 2;
    }
    end
}

/// The paths of a declaration of imports, and the names that they get.
fn leaves(tree: &[&str], above: &[String]) -> Vec<(Name, String)> {
    let mut parts = vec![Vec::new()];
    let mut depth = 0;
    for word in tree {
        match *word {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 0 => parts.push(Vec::new()),
            _ => {}
        }
        if *word != "," || depth > 0 {
            parts.last_mut().expect("there is one").push(*word);
        }
    }
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.flat_map(|part| leaf(&part, above)).collect()
}

fn leaf(part: &[&str], above: &[String]) -> Vec<(Name, String)> {
    let mut path = above.to_vec();
    for (at, word) in part.iter().enumerate() {
        match *word {
            "::" => {}
            "{" => return leaves(&part[at + 1..part.len() - 1], &path),
            "*" => return vec![(path, "*".to_owned())],
            "as" => return vec![(path, part[at + 1].to_owned())],
            "self" if !path.is_empty() => {}
            name => path.push(name.to_owned()),
        }
    }
    let name = path.last().cloned().unwrap_or_default();
    vec![(path, name)]
}

/// A shortest way from a file back to it.
fn circle(edges: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut came_from = vec![None; edges.len()];
    let mut waiting = VecDeque::from([start]);
    while let Some(file) = waiting.pop_front() {
        for next in edges[file].iter().copied().filter(|next| came_from[*next].is_none()).collect::<Vec<_>>()
        {
            came_from[next] = Some(file);
            waiting.push_back(next);
        }
    }
    let mut circle = vec![start, came_from[start]?];
    while circle.last() != Some(&start) {
        circle.push(came_from[*circle.last()?]?);
    }
    circle.reverse();
    Some(circle)
}

/// The files that lead back to themselves, each with a shortest circle through it.
fn circles(sources: &[Source]) -> Vec<(String, String)> {
    let read = Crate::read(sources);
    let edges = read.edges();
    let files: BTreeMap<Name, &str> =
        sources.iter().map(|source| (module_of(&source.name), source.name.as_str())).collect();
    let files: Vec<&str> = read.0.keys().map(|module| files[module]).collect();
    let circles = (0..files.len()).filter_map(|file| circle(&edges, file));
    let named = circles.map(|circle| circle.iter().map(|file| files[*file]).collect::<Vec<_>>());
    named.map(|circle| (circle[0].to_owned(), circle.join(" → "))).collect()
}

#[test]
fn files_do_not_name_one_another_in_circles() {
    let circles: Vec<String> = circles(sources()).into_iter().map(|(_, circle)| circle).collect();
    assert!(circles.is_empty(), "{} files are in circles:\n{}", circles.len(), circles.join("\n"));
}

/// A crate of these files.
fn made_up(files: &[(&str, &str)]) -> Vec<Source> {
    let source = |(name, code): &(&str, &str)| Source {
        name: (*name).to_owned(),
        text: String::new(),
        code: (*code).to_owned(),
    };
    files.iter().map(source).collect()
}

#[test]
fn a_circle_is_found_behind_re_exports_groups_and_modules() {
    for user in [
        "use super::{B, C};",
        "use crate::a::{self, two::{B as Other}};",
        "fn f() { super::two::g() }",
        "use super::two; fn f() { two::g() }",
        "use crate::a::*; fn f() -> B { }",
    ] {
        let sources = made_up(&[
            ("a/mod.rs", "mod one; mod two; pub use one::A; pub(crate) use two::*;"),
            ("a/one.rs", &format!("{user} struct A;")),
            ("a/two.rs", "use super::A; struct B; struct C; fn g() {}"),
            ("lib.rs", "mod a; pub use a::{A, B};"),
        ]);
        let files: Vec<String> = circles(&sources).into_iter().map(|(file, _)| file).collect();
        assert_eq!(files, ["a/one.rs", "a/two.rs"], "{user}");
    }
}

#[test]
fn who_only_re_exports_is_in_no_circle_and_who_uses_what_it_exports_is() {
    let with = |more: &str| {
        let sources = made_up(&[
            ("a/mod.rs", &format!("mod one; pub use one::A; struct B; {more}")),
            ("a/one.rs", "use super::B; struct A;"),
        ]);
        circles(&sources).len()
    };
    assert_eq!(with(""), 0);
    assert_eq!(with("fn f() -> A { A }"), 2);
    assert_eq!(with("fn f() { one::g() }"), 2);
}
