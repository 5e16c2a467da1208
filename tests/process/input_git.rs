//! Single sides of a comparison that are read from real git repositories.

use std::fs;
use std::path::Path;

use crate::support::program::crabwalk;
use crate::support::repository::{Repository, git};
use crate::support::sides::{agent, files, names, one, problem, sides};
use crabwalk::analysis::Matrix;
use crabwalk::graph::CapabilityGraph;
use crabwalk::input::{InputError, Presence, read_named};
use crabwalk::model::Spec;
use crabwalk::report::wire::matrix_json;

#[test]
fn a_file_at_a_revision() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("first"));
    repository.write("sub/x.yaml", &agent("below"));
    let first = repository.commit();
    repository.git(&["tag", "-a", "v1", "-m", "annotated"]);
    repository.write("crabwalk.yaml", &agent("second"));
    let second = repository.commit();
    let root = repository.root();

    let topology = one("main:crabwalk.yaml", &root).expect("it is there");
    assert_eq!(names(&topology), ["second"]);
    assert_eq!(topology.name, format!("main@{second}:crabwalk.yaml"));
    assert_eq!(topology.commit.as_deref(), Some(second.as_str()));
    assert_eq!(files(&topology), ["crabwalk.yaml"]);
    assert!(topology.presence == Presence::Found && topology.notices.is_empty());

    for revision in ["v1", "HEAD~1", "main^{/as it is}~1", &first] {
        let topology = one(&format!("{revision}:crabwalk.yaml"), &root).expect(revision);
        assert_eq!((names(&topology), topology.commit.as_ref()), (vec!["first"], Some(&first)), "{revision}");
    }
    let by_hash = one(&format!("{first}:crabwalk.yaml"), &root).expect("it is there");
    assert_eq!(by_hash.name, format!("{first}:crabwalk.yaml"), "a hash is not said twice");

    // From the root wherever one stands, unless the path says otherwise.
    let below = root.join("sub");
    for path in ["main:sub/x.yaml", "main:./x.yaml", "main:../sub/x.yaml"] {
        let topology = one(path, &below).expect(path);
        assert_eq!((names(&topology), files(&topology)), (vec!["below"], vec!["sub/x.yaml"]), "{path}");
    }
    assert_eq!(names(&one("main:../crabwalk.yaml", &below).expect("it is there")), ["second"]);
}

#[test]
fn what_is_on_the_disk_wins_over_a_revision() {
    let repository = Repository::new();
    repository.write("b.yaml", &agent("committed"));
    repository.commit();
    let root = repository.root();
    assert_eq!(names(&one("main:b.yaml", &root).expect("a revision")), ["committed"]);
    repository.write("main:b.yaml", &agent("on-disk"));
    let topology = one("main:b.yaml", &root).expect("a file");
    assert_eq!((names(&topology), topology.commit.as_ref()), (vec!["on-disk"], None));
    // And in a revision a colon is a letter like any other.
    repository.write("a:b.yaml", &agent("colon"));
    repository.commit();
    fs::remove_file(root.join("a:b.yaml")).expect("removed");
    assert_eq!(names(&one("HEAD:a:b.yaml", &root).expect("a revision")), ["colon"]);
}

#[test]
fn names_of_files_may_hold_anything() {
    let repository = Repository::new();
    let paths =
        ["with space.yaml", "日本/ünï.yaml", "quo\"te's.yaml", "[a]*?.yaml", "-x.yaml", ":(glob)y.yaml"];
    for (position, path) in paths.iter().enumerate() {
        repository.write(path, &agent(&format!("n{position}")));
    }
    repository.commit();
    for (position, path) in paths.iter().enumerate() {
        let topology = one(&format!("main:{path}"), &repository.root()).expect(path);
        assert_eq!(
            (names(&topology), files(&topology)),
            (vec![format!("n{position}").as_str()], vec![*path])
        );
    }
    // They stand for themselves, and for no other file.
    assert!(problem(one("main:*", &repository.root())).0.contains("there is no spec"));
}

#[test]
fn lines_that_end_in_two_characters_are_the_same_lines() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("first").replace('\n', "\r\n"));
    repository.commit();
    let topology = one("main:crabwalk.yaml", &repository.root()).expect("it is there");
    assert_eq!(topology.spec.location(topology.spec.nodes["first"].place), "crabwalk.yaml:3");
}

#[test]
fn a_directory_at_a_revision_holds_what_it_would_hold_if_it_were_checked_out() {
    let repository = Repository::new();
    repository.write("desk/a.crabwalk.yaml", &agent("a"));
    repository.write("desk/deep/er/crabwalk.yml", &agent("b"));
    repository.write("desk/.hidden/c.crabwalk.yaml", "nonsense");
    repository.write("desk/notes.yaml", "nonsense");
    repository.write("other/crabwalk.yaml", &agent("other"));
    repository.commit();
    let root = repository.root();
    let checked_out = one("desk", &root).expect("a directory");
    for path in ["main:desk", "main:desk/", "main:./other/../desk"] {
        let topology = one(path, &root).expect(path);
        assert_eq!(names(&topology), names(&checked_out), "{path}");
        assert_eq!(files(&topology), ["desk/a.crabwalk.yaml", "desk/deep/er/crabwalk.yml"], "{path}");
        assert_eq!(topology.spec.name, checked_out.spec.name, "{path}");
    }
    let whole = one("main:", &root).expect("the root");
    assert_eq!((names(&whole), whole.spec.name.as_str()), (vec!["a", "b", "other"], "work"));
    assert_eq!(names(&one("main:./", &root.join("other")).expect("here")), ["other"]);
}

#[test]
fn a_saved_matrix_may_be_committed() {
    let repository = Repository::new();
    let spec = Spec::from_text("desk.yaml", &agent("a")).expect("a valid spec");
    let graph = CapabilityGraph::build(spec);
    let mut bytes = Vec::new();
    matrix_json(&Matrix::new(&graph), &mut bytes).expect("memory");
    repository.write("base.json", &String::from_utf8(bytes).expect("UTF-8"));
    repository.commit();
    let topology = one("main:base.json", &repository.root()).expect("it is there");
    assert_eq!((names(&topology), files(&topology)), (vec!["a"], vec!["desk.yaml"]));
}

/// One of the first edition says so, and declares what it declared: what only the edition has closed is no change.
#[test]
fn a_matrix_of_the_first_edition_is_read_with_a_word() {
    let folder = crate::support::program::folder();
    let desk = "specs/support-desk.yaml";
    let saved = crabwalk(&["matrix", "-f", "json", desk]).output().expect("the program starts").stdout;
    let saved = String::from_utf8(saved).expect("UTF-8");
    for (schema, is_first) in [("crabwalk/matrix/1", true), ("crabwalk/matrix/2", false)] {
        let file = folder.path().join("saved.json");
        fs::write(&file, saved.replacen("crabwalk/matrix/2", schema, 1)).expect("written");
        let output =
            crabwalk(&["diff", file.to_str().expect("UTF-8"), desk]).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{schema}");
        assert!(String::from_utf8_lossy(&output.stdout).starts_with("no change: "), "{schema}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.contains("under the first edition of the semantics"), is_first, "{schema}: {said}");
    }
}

/// More files than a pipe holds names of, and larger ones than it holds.
#[test]
fn a_directory_may_hold_thousands_of_files() {
    let repository = Repository::new();
    for file in 0..3_000 {
        let padding = if file % 1_000 == 7 { "#".repeat(200_000) } else { String::new() };
        repository.write(&format!("{file:04}.crabwalk.yaml"), &(agent(&format!("a{file}")) + &padding));
    }
    repository.commit();
    let topology = one("main:", &repository.root()).expect("it is there");
    assert_eq!(topology.spec.nodes.len(), 3_000);
    assert_eq!(topology.spec.location(topology.spec.nodes["a2999"].place), "2999.crabwalk.yaml:3");
}

#[test]
fn mistakes_at_a_revision_are_in_its_files() {
    let repository = Repository::new();
    repository.write("desk/crabwalk.yaml", "version: 1\nagents: {a: {read: b}}\n");
    fs::write(repository.root().join("latin.yaml"), b"version: 1\nname: \xff\n").expect("written");
    repository.commit();
    for (path, file) in [("main:desk", "desk/crabwalk.yaml"), ("main:latin.yaml", "latin.yaml")] {
        let Err(InputError::Spec(mistakes)) = one(path, &repository.root()) else { panic!("{path}") };
        assert_eq!((mistakes.items.len(), mistakes.files[0].name()), (1, file));
    }
}

#[test]
fn what_names_no_revision_says_so() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("a"));
    repository.commit();
    let root = repository.root();
    let (message, help) = problem(one("nowhere:crabwalk.yaml", &root));
    assert!(message.contains("no revision `nowhere`") && message.contains("no file `nowhere:"), "{message}");
    assert!(help.contains("git fetch"), "{help}");
    for argument in ["--output=gone:crabwalk.yaml", "-x:foo", "--help:", "^main:crabwalk.yaml"] {
        let (message, _) = problem(one(argument, &root));
        assert!(message.contains("names no revision"), "{message}");
    }
    assert!(!root.join("gone").exists() && !root.join("gone^{commit}").exists());
    // A revision alone is no file that is missing.
    let (message, help) = problem(one("main", &root));
    assert!(
        message.contains("`main` is a revision") && help.contains("`main:crabwalk.yaml`"),
        "{message} {help}"
    );
    // What a message repeats cannot steer a terminal.
    let (message, _) = problem(one("no\u{1b}[31m\nwhere:x", &root));
    assert!(!message.chars().any(char::is_control), "{message:?}");
    // A tree is no commit, and a range is none either.
    for argument in ["main^{tree}:crabwalk.yaml", "main..main:crabwalk.yaml", "main main:crabwalk.yaml"] {
        problem(one(argument, &root));
    }
    let (message, _) = problem(one("main:../crabwalk.yaml", &root));
    assert!(message.contains("leads out of the repository"), "{message}");
    let (message, _) = problem(one("main:/etc/passwd", &root));
    assert!(message.contains("leads out of the repository"), "{message}");
}

#[test]
fn where_there_is_no_repository_files_can_still_be_named() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("crabwalk.yaml"), agent("a")).expect("written");
    assert_eq!(names(&one("crabwalk.yaml", folder.path()).expect("a file")), ["a"]);
    assert!(problem(one("main.yaml", folder.path())).0.contains("there is no file"));
    assert!(problem(one("main", folder.path())).0.contains("no git repository"));
    let (message, help) = problem(one("main:crabwalk.yaml", folder.path()));
    assert!(message.contains("no git repository") && help.contains("name files"), "{message} {help}");
    let (message, _) = problem(sides(None, None, folder.path()));
    assert!(message.contains("no git repository"), "{message}");
}

#[test]
fn a_diff_driver_reads_files_under_another_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("Xq3f_crabwalk.yaml");
    fs::write(&file, agent("a")).expect("written");
    let topology = read_named(&file, "desk/crabwalk.yaml").expect("a file");
    assert_eq!(
        (files(&topology), topology.name.as_str()),
        (vec!["desk/crabwalk.yaml"], "desk/crabwalk.yaml")
    );
    for nothing in ["/dev/null", "NUL"] {
        let empty = read_named(Path::new(nothing), "x").expect("empty");
        assert_eq!((empty.presence, names(&empty)), (Presence::New, vec![]));
    }
    problem(read_named(&folder.path().join("gone"), "x"));
}

/// A file that a partial clone has left out is not fetched in secret.
#[test]
fn what_a_partial_clone_lacks_is_not_fetched() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("a"));
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    repository.commit();
    let url = format!("file://{}", repository.root().display());
    git(&repository.root(), &["clone", "-q", "--no-checkout", "--filter=blob:none", &url, "../partial"]);
    let partial = repository.beside("partial");
    for path in ["main:crabwalk.yaml", "main:"] {
        let (message, help) = problem(one(path, &partial));
        assert!(message.contains("not in this clone") && help.contains("partial"), "{message} {help}");
    }
    git(&partial, &["checkout", "-q", "main"]);
    assert_eq!(names(&one("main:crabwalk.yaml", &partial).expect("it is there now")), ["a"]);
}

/// Without git files can be read all the same. The test runs itself where there is no such program.
#[test]
fn without_git_there_are_files_alone() {
    const HERE: &str = "CRABWALK_TEST_WITHOUT_GIT";
    let folder = tempfile::tempdir().expect("a folder");
    if std::env::var_os(HERE).is_none() {
        let itself = std::env::current_exe().expect("this program");
        let mut again = std::process::Command::new(itself);
        again
            .args(["--exact", "input_git::without_git_there_are_files_alone"])
            .env(HERE, "1")
            .env("PATH", folder.path());
        let output = again.output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
        return;
    }
    fs::write(folder.path().join("crabwalk.yaml"), agent("a")).expect("written");
    assert_eq!(names(&one("crabwalk.yaml", folder.path()).expect("a file")), ["a"]);
    let (message, help) = problem(one("main:crabwalk.yaml", folder.path()));
    assert!(message.contains("there is no such program") && help.contains("install git"), "{message} {help}");
}
