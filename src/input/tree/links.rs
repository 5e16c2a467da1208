//! A path of a tree → what it leads to, with links followed as far as the tree goes and no farther.

use super::entry::{Kind, Tree};
use crate::input::names::{join, parent};
use crate::input::problem::InputError;

/// How many links one path may lead over. As many as Linux allows.
const MOST: usize = 40;

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::input) enum Followed {
    /// Nothing.
    Missing,
    /// This path, without a link in it.
    At(String, Kind),
    /// Out of the tree, by this link.
    Out(String),
    /// Nowhere: this link leads back to itself.
    Circle(String),
}

/// Follows a path part by part. What lies inside of a repository of its own is not entered.
///
/// # Errors
/// If the tree cannot be read.
pub(in crate::input) fn follow(tree: &dyn Tree, path: &str) -> Result<Followed, InputError> {
    let mut left: Vec<String> = parts(path);
    let mut real = String::new();
    let mut kind = Kind::Directory;
    let mut links = 0;
    while let Some(part) = left.pop() {
        let next = join(&real, &part);
        match tree.kind(&next)? {
            None => return Ok(Followed::Missing),
            Some(Kind::Link) => {
                links += 1;
                if links > MOST {
                    return Ok(Followed::Circle(next));
                }
                let target = tree.target(&next)?;
                let Some(target) = normal(parent(&next), &target) else { return Ok(Followed::Out(next)) };
                left.extend(parts(&target));
                real.clear();
                kind = Kind::Directory;
            }
            Some(Kind::File | Kind::Special) if !left.is_empty() => return Ok(Followed::Missing),
            Some(found) => {
                real = next;
                kind = found;
                if found == Kind::Repository {
                    break;
                }
            }
        }
    }
    Ok(Followed::At(real, kind))
}

/// The parts of a path, the first one last.
fn parts(path: &str) -> Vec<String> {
    path.split('/').filter(|part| !part.is_empty()).rev().map(str::to_owned).collect()
}

/// A target as it is written in a directory → a path from the root; `None` where it leads out.
fn normal(directory: &str, target: &str) -> Option<String> {
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = directory.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_meant_from_the_directory_of_its_link() {
        let cases = [
            ("", "a", Some("a")),
            ("svc", "../shared", Some("shared")),
            ("svc/deep", "./x//y/", Some("svc/deep/x/y")),
            ("svc", "..", Some("")),
            ("svc", "../..", None),
            ("", "../work/x", None),
            ("svc", "/etc/passwd", None),
        ];
        for (directory, target, wanted) in cases {
            assert_eq!(normal(directory, target).as_deref(), wanted, "{directory} {target}");
        }
    }
}
