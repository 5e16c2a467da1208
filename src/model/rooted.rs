//! A file's name as it was typed → its path from the root of the repository that holds it: where annotations and alerts look for it,
//! wherever the program ran.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The path of a file from the root of its repository (the nearest directory upwards that has a `.git`), with slashes. Without a
/// repository it is from the current directory, where the file is below it. What is not on the disk (a file at a revision, the
/// standard input) is named from the root already.
pub(crate) fn rooted(name: &str) -> String {
    let typed = Path::new(name);
    let path = on_disk(typed).unwrap_or_else(|| normal(typed));
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Where a file is that is on the disk. The directories on the way are what they are; a file that is a link has its own name.
fn on_disk(typed: &Path) -> Option<PathBuf> {
    typed.symlink_metadata().ok()?;
    let name = typed.file_name()?;
    let directory = typed.parent().filter(|directory| *directory != OsStr::new("")).unwrap_or(Path::new("."));
    let directory = fs::canonicalize(directory).ok()?;
    let here = || fs::canonicalize(".").ok();
    let root = directory.ancestors().find(|directory| directory.join(".git").exists());
    let root = root.map(Path::to_owned).or_else(here)?;
    Some(directory.strip_prefix(&root).ok()?.join(name))
}

/// A path without what does not change it: `.`, doubled slashes, a directory that is left again.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_loses_what_says_nothing() {
        for name in ["a/none.yaml", "./a/none.yaml", ".//a//none.yaml", "././a/b/../none.yaml"] {
            assert_eq!(rooted(name), "a/none.yaml", "{name}");
        }
        assert_eq!(rooted("../../none.yaml"), "../../none.yaml");
        assert_eq!(rooted("/none/./x.yaml"), "/none/x.yaml");
        assert_eq!(rooted("stdin"), "stdin");
    }

    #[test]
    fn what_is_there_is_named_from_the_root_of_its_repository() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("desk");
        fs::create_dir_all(root.join("a/b")).expect("made");
        fs::write(root.join("a/b/x.yaml"), "").expect("written");
        let named = |path: &str| rooted(&root.join(path).to_string_lossy());
        assert!(named("a/b/../b/x.yaml").ends_with("/desk/a/b/x.yaml"), "there is no repository");
        fs::write(root.join(".git"), "gitdir: elsewhere").expect("a worktree has a file");
        for path in ["a/b/x.yaml", "a/b/../b//x.yaml", "./a/./b/x.yaml", "../desk/a/b/x.yaml"] {
            assert_eq!(named(path), "a/b/x.yaml", "{path}");
        }
        fs::create_dir(root.join("a/.git")).expect("a repository inside of it");
        assert_eq!(named("a/b/x.yaml"), "b/x.yaml");
    }
}
