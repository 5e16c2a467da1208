//! Sides of a comparison that are read from real git repositories.

#[path = "support/repository.rs"]
mod repository;

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crabwalk::analysis::Matrix;
use crabwalk::graph::CapabilityGraph;
use crabwalk::input::{InputError, Topology, from_files, read, read_named, sides_in};
use crabwalk::report::json::matrix_json;
use crabwalk::spec::{SourceFile, Spec};
use repository::{Repository, git};

/// A spec with one agent of this name.
fn agent(name: &str) -> String {
    format!("version: 1\nagents:\n  {name}: \n")
}

fn nothing(_: &str) -> Option<String> {
    None
}

fn one(argument: &str, start: &Path) -> Result<Topology, InputError> {
    read(OsStr::new(argument), start, &mut std::io::empty())
}

/// Base and head, without variables of a CI system.
fn sides(base: Option<&str>, head: Option<&str>, start: &Path) -> Result<(Topology, Topology), InputError> {
    sides_in(base.map(Path::new), head.map(Path::new), start, &mut std::io::empty(), &nothing)
}

/// The base that a repository has by itself, with these variables.
fn own_base(start: &Path, variables: &[(&str, &str)]) -> Result<Topology, InputError> {
    let variable =
        |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    sides_in(None, None, start, &mut std::io::empty(), &variable).map(|(base, _)| base)
}

fn names(topology: &Topology) -> Vec<&str> {
    topology.spec.nodes.keys().map(String::as_str).collect()
}

fn files(topology: &Topology) -> Vec<&str> {
    topology.spec.files.iter().map(SourceFile::name).collect()
}

/// What is wrong, and what to do.
fn problem(found: Result<impl std::fmt::Debug, InputError>) -> (String, String) {
    match found {
        Err(InputError::Problem { message, help }) => (message, help),
        other => panic!("it cannot be read: {other:?}"),
    }
}

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
    assert!(topology.exists && topology.notices.is_empty());

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
    assert!(!one("main:*", &repository.root()).expect("empty").exists);
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
fn a_side_that_is_not_there_is_empty_and_two_are_a_mistake() {
    let repository = Repository::new();
    repository.write("notes/readme.md", "no spec");
    repository.commit();
    repository.write("crabwalk.yaml", &agent("new"));
    let root = repository.root();
    let (base, head) = sides(Some("main:crabwalk.yaml"), Some("crabwalk.yaml"), &root).expect("one is there");
    assert_eq!((base.exists, names(&base), names(&head)), (false, vec![], vec!["new"]));
    assert!(base.notices[0].contains("taken as an empty topology"), "{:?}", base.notices);
    let (base, head) = sides(Some("crabwalk.yaml"), Some("gone.yaml"), &root).expect("one is there");
    assert_eq!((base.exists, head.exists, head.notices.len()), (true, false, 1));
    // A directory without a spec in it, a file where a directory was meant.
    for empty in ["main:notes", "notes", "main:notes/readme.md/x.yaml", "main:notes/gone/x.yaml"] {
        assert!(!one(empty, &root).expect(empty).exists, "{empty}");
    }
    let (message, _) = problem(sides(Some("main:crabwalk.yaml"), Some("gone.yaml"), &root));
    assert!(message.contains("on either side") && message.contains("gone.yaml"), "{message}");
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
    for argument in
        ["--output=gone:crabwalk.yaml", "-x:foo", "--help:", ":crabwalk.yaml", "^main:crabwalk.yaml"]
    {
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
    assert!(!one("main", folder.path()).expect("a missing file").exists);
    let (message, help) = problem(one("main:crabwalk.yaml", folder.path()));
    assert!(message.contains("no git repository") && help.contains("name files"), "{message} {help}");
    let (message, _) = problem(sides(None, None, folder.path()));
    assert!(message.contains("no git repository"), "{message}");
}

#[cfg(unix)]
#[test]
fn links_and_submodules_are_not_entered_at_a_revision() {
    let repository = Repository::new();
    repository.write("desk/real.crabwalk.yaml", &agent("a"));
    let link = |to: &str, at: &str| {
        std::os::unix::fs::symlink(to, repository.root().join(at)).expect("a link can be made");
    };
    link("desk/real.crabwalk.yaml", "link.yaml");
    link("desk", "again");
    link("/etc", "desk/elsewhere");
    repository.commit();
    let hash = repository.git(&["rev-parse", "HEAD"]);
    repository.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{hash},desk/module")]);
    repository.git(&["commit", "-q", "-m", "a submodule"]);
    let root = repository.root();
    for (path, what) in [
        ("main:link.yaml", "`link.yaml` is a symbolic link"),
        ("main:again/real.crabwalk.yaml", "`again` is a symbolic link"),
        ("main:desk/module", "`desk/module` is a submodule"),
        ("main:desk/module/crabwalk.yaml", "`desk/module` is a submodule"),
    ] {
        let (message, help) = problem(one(path, &root));
        assert!(message.contains(what) && !help.is_empty(), "{message}");
    }
    let topology = one("main:desk", &root).expect("the rest of it");
    assert_eq!((names(&topology), topology.notices.len()), (vec!["a"], 2), "{:?}", topology.notices);
    link("real.crabwalk.yaml", "desk/other.crabwalk.yaml");
    repository.git(&["add", "desk/other.crabwalk.yaml"]);
    repository.git(&["commit", "-q", "-m", "a link that is called like a spec"]);
    let (message, _) = problem(one("main:desk", &root));
    assert!(message.contains("`desk/other.crabwalk.yaml` is a symbolic link"), "{message}");
}

#[test]
fn a_bare_repository_has_revisions_and_no_head() {
    let repository = Repository::new();
    repository.write("desk/crabwalk.yaml", &agent("a"));
    repository.commit();
    repository.git(&["clone", "-q", "--bare", ".", "../bare"]);
    let bare = repository.beside("bare");
    assert_eq!(names(&one("main:desk/crabwalk.yaml", &bare).expect("it is there")), ["a"]);
    assert_eq!(names(&one("HEAD:", &bare).expect("it is there")), ["a"]);
    for (base, head) in [(None, None), (Some("main:desk/crabwalk.yaml"), None)] {
        let (message, help) = problem(sides(base, head, &bare));
        assert!(message.contains("no work tree") && help.contains("both sides"), "{message} {help}");
    }
    let (message, _) = problem(one("main:./crabwalk.yaml", &bare));
    assert!(message.contains("not in a work tree"), "{message}");
}

/// `main` and a branch `topic` that have both moved on: the base, what main has, what the branch has.
fn parted() -> (Repository, String) {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("base"));
    let base = repository.commit();
    repository.git(&["branch", "topic"]);
    repository.write("crabwalk.yaml", &agent("main"));
    repository.commit();
    repository.git(&["checkout", "-q", "topic"]);
    repository.write("crabwalk.yaml", &agent("topic"));
    repository.commit();
    (repository, base)
}

#[test]
fn the_own_base_is_where_the_branch_began() {
    let (repository, at) = parted();
    let (base, head) = sides(None, None, &repository.root()).expect("both are there");
    assert_eq!((names(&base), names(&head)), (vec!["base"], vec!["topic"]));
    assert_eq!(base.name, format!("{at}:crabwalk.yaml"));
    assert_eq!(base.commit.as_deref(), Some(at.as_str()));
    assert_eq!(base.notices, [format!("the base is {at}, the merge base of HEAD and main")]);
    // What is not committed counts, and so it does without a branch.
    repository.write("crabwalk.yaml", &agent("uncommitted"));
    repository.git(&["checkout", "-q", "--detach"]);
    let (base, head) = sides(None, None, &repository.root()).expect("both are there");
    assert_eq!((names(&base), names(&head)), (vec!["base"], vec!["uncommitted"]));
}

#[test]
fn on_the_default_branch_the_work_tree_is_compared_with_its_tip() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("committed"));
    let at = repository.commit();
    repository.write("crabwalk.yaml", &agent("uncommitted"));
    let (base, head) = sides(None, None, &repository.root()).expect("both are there");
    assert_eq!((names(&base), names(&head)), (vec!["committed"], vec!["uncommitted"]));
    assert_eq!(base.name, format!("main@{at}:crabwalk.yaml"));
}

#[test]
fn the_branch_of_the_remote_goes_before_the_own_one_and_that_of_the_ci_before_both() {
    let (repository, at) = parted();
    let clone = repository.beside("clone");
    git(&repository.root(), &["clone", "-q", "-b", "topic", ".", "../clone"]);
    // Its origin is at `topic`, so this is the default branch there.
    assert_eq!(names(&own_base(&clone, &[]).expect("it is there")), ["topic"]);
    git(&clone, &["remote", "set-head", "origin", "main"]);
    let base = own_base(&clone, &[]).expect("it is there");
    assert_eq!(
        (names(&base), base.notices[0].as_str()),
        (vec!["base"], &*format!("the base is {at}, the merge base of HEAD and origin/HEAD"))
    );
    let base = own_base(&clone, &[("GITHUB_BASE_REF", "topic")]).expect("it is there");
    assert_eq!(
        (names(&base), base.name.starts_with("origin/topic@")),
        (vec!["topic"], true),
        "{}",
        base.name
    );
    let hash = git(&clone, &["rev-parse", &at]);
    let both =
        [("CI_MERGE_REQUEST_DIFF_BASE_SHA", hash.as_str()), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "topic")];
    assert_eq!(own_base(&clone, &both).expect("it is there").commit, Some(at));
    let unknown = [("CI_MERGE_REQUEST_DIFF_BASE_SHA", "--help"), both[1], ("GITHUB_BASE_REF", "")];
    assert_eq!(names(&own_base(&clone, &unknown).expect("it is there")), ["topic"]);
    // Another branch in its place would judge the change by what it does not go to.
    for name in ["release", "--output=x", "a b\u{1b}"] {
        let (message, help) = problem(own_base(&clone, &[("GITHUB_BASE_REF", name)]));
        assert!(
            message.contains("which GITHUB_BASE_REF names") && help.contains("fetch-depth: 0"),
            "{message}"
        );
        assert!(!message.chars().any(char::is_control), "{message:?}");
    }
}

#[test]
fn without_a_default_branch_the_base_has_to_be_named() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("a"));
    let (message, _) = problem(sides(None, None, &repository.root()));
    assert!(message.contains("no default branch"), "nothing is committed: {message}");
    repository.commit();
    repository.git(&["branch", "-m", "trunk"]);
    let (message, help) = problem(sides(None, None, &repository.root()));
    assert!(message.contains("origin/main") && help.contains("name the base"), "{message} {help}");
}

/// A clone with the last commit of each branch alone.
fn shallow(repository: &Repository) -> std::path::PathBuf {
    let url = format!("file://{}", repository.root().display());
    let target = repository.beside("shallow");
    let to = target.to_str().expect("UTF-8");
    git(&repository.root(), &["clone", "-q", "--depth", "1", "--no-single-branch", "-b", "topic", &url, to]);
    git(&target, &["remote", "set-head", "origin", "main"]);
    target
}

#[test]
fn a_shallow_clone_takes_the_tip_and_says_so() {
    let (repository, _) = parted();
    let clone = shallow(&repository);
    let (base, head) = sides(None, None, &clone).expect("both are there");
    assert_eq!((names(&base), names(&head)), (vec!["main"], vec!["topic"]));
    assert!(base.name.starts_with("origin/HEAD@"), "{}", base.name);
    let notice = &base.notices[0];
    assert!(notice.contains("shallow clone") && notice.contains("fetch-depth: 0"), "{notice}");
    assert_eq!(names(&one("origin/main:crabwalk.yaml", &clone).expect("it is there")), ["main"]);
    let (message, help) = problem(one("HEAD~1:crabwalk.yaml", &clone));
    assert!(message.contains("no revision `HEAD~1`") && help.contains("fetch-depth: 0"), "{message} {help}");
}

#[test]
fn histories_that_never_met_have_no_merge_base_either() {
    let (repository, _) = parted();
    repository.git(&["checkout", "-q", "--orphan", "island"]);
    repository.commit();
    let base = own_base(&repository.root(), &[]).expect("it is there");
    assert_eq!(names(&base), ["main"]);
    assert!(base.notices[0].starts_with("there is no merge base"), "{:?}", base.notices);
}

#[test]
fn a_second_work_tree_is_one_like_the_first() {
    let (repository, at) = parted();
    repository.git(&["worktree", "add", "-q", "--detach", "../second", "topic"]);
    let second = repository.beside("second");
    fs::write(second.join("crabwalk.yaml"), agent("second")).expect("written");
    let (base, head) = sides(None, None, &second).expect("both are there");
    assert_eq!((names(&base), names(&head), base.commit.as_ref()), (vec!["base"], vec!["second"], Some(&at)));
    assert_eq!(names(&one("topic:./crabwalk.yaml", &second).expect("it is there")), ["topic"]);
}

#[test]
fn a_spec_that_was_moved_is_found_where_it_was() {
    let repository = Repository::new();
    let long = |name: &str| agent(name) + &"  # a line that stays as it is\n".repeat(40);
    repository.write("old/desk.yaml", &long("before"));
    repository.write("other.yaml", &agent("other"));
    repository.commit();
    repository.git(&["mv", "old/desk.yaml", "crabwalk.yaml"]);
    repository.write("crabwalk.yaml", &long("after"));
    let (base, head) = sides(None, None, &repository.root()).expect("both are there");
    assert_eq!(
        (names(&base), names(&head), files(&base)),
        (vec!["before"], vec!["after"], vec!["old/desk.yaml"])
    );
    // And just so when that is committed on a branch.
    repository.git(&["checkout", "-q", "-b", "topic"]);
    repository.commit();
    assert_eq!(names(&own_base(&repository.root(), &[]).expect("it is there")), ["before"]);
}

#[test]
fn the_other_name_of_a_spec_is_tried_in_the_same_place() {
    let repository = Repository::new();
    repository.write("sub/crabwalk.yml", &agent("before"));
    repository.write("crabwalk.yml", &agent("above"));
    repository.commit();
    fs::remove_file(repository.root().join("sub/crabwalk.yml")).expect("removed");
    repository.write("sub/crabwalk.yaml", &agent("after"));
    let (base, head) = sides(None, None, &repository.root().join("sub")).expect("both are there");
    assert_eq!(
        (names(&base), names(&head), files(&base)),
        (vec!["before"], vec!["after"], vec!["sub/crabwalk.yml"])
    );
}

#[test]
fn a_spec_that_is_new_or_gone_has_one_empty_side() {
    let repository = Repository::new();
    repository.write("crabwalk.yml", &agent("old"));
    repository.write("sub/x", "");
    repository.commit();
    fs::remove_file(repository.root().join("crabwalk.yml")).expect("removed");
    for (start, name) in [("", "crabwalk.yml"), ("sub", "../crabwalk.yml")] {
        let (base, head) = sides(None, None, &repository.root().join(start)).expect("one is there");
        assert_eq!((names(&base), head.exists, head.name.as_str()), (vec!["old"], false, name));
        assert!(head.notices[0].contains("any more"), "{:?}", head.notices);
    }
    repository.commit();
    let neither = sides(None, None, &repository.root()).expect_err("none is there");
    assert!(neither.to_string().contains("no `crabwalk.yaml` here"), "{neither}");
    repository.write("crabwalk.yaml", &agent("new"));
    let (base, head) = sides(None, None, &repository.root()).expect("one is there");
    assert_eq!((base.exists, names(&head)), (false, vec!["new"]));
    assert!(base.notices.iter().any(|line| line.contains("empty topology")), "{:?}", base.notices);
}

#[test]
fn the_head_of_a_named_base_is_the_same_path_in_the_work_tree() {
    let repository = Repository::new();
    repository.write("desk/agents.yaml", &agent("before"));
    repository.write("crabwalk.yaml", &agent("nearest"));
    repository.write("deep/er/x", "");
    repository.commit();
    repository.write("desk/agents.yaml", &agent("after"));
    for start in ["", "desk", "deep/er"] {
        let start = repository.root().join(start);
        let (base, head) = sides(Some("main:desk/agents.yaml"), None, &start).expect("both are there");
        assert_eq!((names(&base), names(&head)), (vec!["before"], vec!["after"]));
    }
    let (_, head) = sides(Some("main:./agents.yaml"), None, &repository.root().join("desk")).expect("there");
    assert_eq!((names(&head), head.name.as_str()), (vec!["after"], "agents.yaml"));
    let (_, head) =
        sides(Some("main:desk/agents.yaml"), None, &repository.root().join("deep/er")).expect("there");
    assert_eq!(head.name, "../../desk/agents.yaml");
    // Of a file it is the nearest spec.
    let (base, head) = sides(Some("desk/agents.yaml"), None, &repository.root()).expect("both are there");
    assert_eq!((names(&base), names(&head)), (vec!["after"], vec!["nearest"]));
    fs::remove_file(repository.root().join("desk/agents.yaml")).expect("removed");
    let (_, head) = sides(Some("main:desk/agents.yaml"), None, &repository.root()).expect("one is there");
    assert!(!head.exists);
}

#[test]
fn a_spec_may_have_been_split_into_a_directory() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", "version: 1\nagents: {a: {invoke: t}}\ntools: {t: }\n");
    repository.commit();
    repository.git(&["rm", "-q", "crabwalk.yaml"]);
    repository.write("desk/agents.crabwalk.yaml", "version: 1\nagents: {a: {invoke: t}}\n");
    repository.write("desk/tools.crabwalk.yaml", "version: 1\ntools: {t: }\n");
    let (base, head) =
        sides(Some("main:crabwalk.yaml"), Some("desk"), &repository.root()).expect("both are there");
    assert_eq!(names(&base), names(&head));
    assert_eq!((files(&base).len(), files(&head).len()), (1, 2));
    assert_eq!((base.spec.edges.len(), head.spec.edges.len()), (1, 1));
}

#[test]
fn the_standard_input_is_one_side() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("file"));
    let root = repository.root();
    let text = agent("typed");
    let path = Path::new("crabwalk.yaml");
    let (base, head) =
        sides_in(Some(Path::new("-")), Some(path), &root, &mut text.as_bytes(), &nothing).expect("both");
    assert_eq!(
        (names(&base), names(&head), base.name.as_str(), files(&base)),
        (vec!["typed"], vec!["file"], "-", vec!["stdin"])
    );
    let (message, _) = problem(sides(Some("-"), Some("-"), &root));
    assert!(message.contains("one side only"), "{message}");
    let (message, _) = problem(sides(None, Some("crabwalk.yaml"), &root));
    assert!(message.contains("no base"), "{message}");
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
    let (base, head) = from_files(Path::new("/dev/null"), &file, "desk/crabwalk.yaml").expect("one is there");
    assert_eq!((base.exists, names(&base), names(&head)), (false, vec![], vec!["a"]));
    assert!(!read_named(Path::new("NUL"), "x").expect("empty").exists);
    problem(from_files(Path::new("/dev/null"), Path::new("nul"), "x"));
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
            .args(["--exact", "without_git_there_are_files_alone"])
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

/// Nothing is checked out, written or refreshed, whatever is asked.
#[test]
fn the_repository_stays_as_it_is() {
    let (repository, _) = parted();
    let root = repository.root();
    repository.write("crabwalk.yaml", &agent("uncommitted"));
    repository.write("untracked.yaml", &agent("x"));
    let index = || fs::read(root.join(".git/index")).expect("there is an index");
    let state = || {
        (
            index(),
            repository.git(&["--no-optional-locks", "status", "--porcelain"]),
            repository.git(&["for-each-ref"]),
        )
    };
    let before = state();
    for argument in ["main:crabwalk.yaml", "main:", "nowhere:x", "main:gone"] {
        let _ = one(argument, &root);
    }
    sides(None, None, &root).expect("both are there");
    assert_eq!(state(), before);
}
