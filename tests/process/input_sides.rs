//! Both sides of a comparison, where the user names two of them, one or none, in real git repositories.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::repository::{Repository, git};
use crate::support::sides::{agent, files, names, nothing, one, problem, sides};
use crabwalk::input::{InputError, Presence, Topology, Word, sides_in};

/// The base that a repository has by itself, with these variables.
fn own_base(start: &Path, variables: &[(&str, &str)]) -> Result<Topology, InputError> {
    let variable =
        |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    sides_in(Word::Own, Word::Own, start, &mut std::io::empty(), &variable).map(|(base, _)| base)
}

#[test]
fn a_side_that_is_not_there_is_a_mistake_and_never_empty() {
    let repository = Repository::new();
    repository.write("notes/readme.md", "no spec");
    repository.write("crabwalk.yaml", &agent("a"));
    repository.commit();
    let root = repository.root();
    // A file, a path behind a revision, a directory without a spec in it, a directory that is gone, a file where a directory was meant.
    for slip in [
        "crabwlak.yaml",
        "main:crabwlak.yaml",
        "gone/",
        "main:notes/readme.md/x.yaml",
        "main:notes/gone/x.yaml",
    ] {
        for (base, head) in [(slip, "crabwalk.yaml"), ("main:crabwalk.yaml", slip), ("crabwalk.yaml", slip)] {
            let (message, help) = problem(sides(Some(base), Some(head), &root));
            let said = message.contains("there is no file") || message.contains("there is no spec");
            let path = slip.rsplit(':').next().unwrap_or_default();
            assert!(
                said && message.contains(path) && help.contains("none`"),
                "{base} {head}: {message} {help}"
            );
        }
        problem(one(slip, &root));
    }
    for empty in ["notes", "main:notes"] {
        assert!(sides(Some("crabwalk.yaml"), Some(empty), &root).is_err(), "{empty}");
    }
    for (base, head) in
        [(Some("mian"), None), (Some("mian"), Some("crabwalk.yaml")), (Some("crabwalk.yaml"), Some("mian"))]
    {
        let (message, help) = problem(sides(base, head, &root));
        assert!(message.contains("no file `mian`") && message.contains("no revision `mian`"), "{message}");
        assert!(help.contains("git fetch"), "{help}");
    }
    let (message, _) = problem(sides(Some("main:gone.yaml"), Some("gone.yaml"), &root));
    assert!(message.contains("on either side") && message.contains("gone.yaml"), "{message}");
}

#[test]
fn a_side_is_empty_where_the_user_says_so() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("a"));
    repository.commit();
    let root = repository.root();
    let file = Path::new("crabwalk.yaml");
    let both = |base: Word<'_>, head: Word<'_>| sides_in(base, head, &root, &mut std::io::empty(), &nothing);
    for (base, head) in [(Word::Empty, Word::Own), (Word::Empty, Word::Named(&root.join(file)))] {
        let (base, head) = both(base, head).expect("both are there");
        assert_eq!((base.presence, names(&head)), (Presence::OnPurpose, vec!["a"]));
    }
    for base in [Word::Own, Word::Named(Path::new("main")), Word::Named(Path::new("main:crabwalk.yaml"))] {
        let (base, head) = both(base, Word::Empty).expect("both are there");
        assert_eq!(
            (names(&base), head.presence, head.gone.is_none()),
            (vec!["a"], Presence::OnPurpose, true)
        );
    }
    let (message, _) = problem(both(Word::Empty, Word::Empty));
    assert!(message.contains("nothing to compare"), "{message}");
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
fn shallow(repository: &Repository) -> PathBuf {
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
        let found = (names(&base), head.presence, head.name.as_str());
        assert_eq!(found, (vec!["old"], Presence::Gone, name));
        assert_eq!(head.gone.expect("it is gone").path, "crabwalk.yml");
        assert!(head.notices[0].contains("any more"), "{:?}", head.notices);
    }
    repository.commit();
    let neither = sides(None, None, &repository.root()).expect_err("none is there");
    assert!(neither.to_string().contains("no `crabwalk.yaml` here"), "{neither}");
    repository.write("crabwalk.yaml", &agent("new"));
    let (base, head) = sides(None, None, &repository.root()).expect("one is there");
    assert_eq!((base.presence, names(&head)), (Presence::New, vec!["new"]));
    assert!(base.notices.iter().any(|line| line.contains("it is new")), "{:?}", base.notices);
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
    assert_eq!(head.presence, Presence::Gone);
}

#[test]
fn a_revision_alone_is_the_heads_own_spec_wherever_it_was_then() {
    let repository = Repository::new();
    let long = |name: &str| agent(name) + &"  # a line that stays as it is\n".repeat(40);
    repository.write("crabwalk.yaml", &agent("before"));
    repository.write("old/fleet.yaml", &long("fleet-before"));
    repository.write("desk/a.crabwalk.yaml", &agent("desk-before"));
    let at = repository.commit();
    repository.write("crabwalk.yaml", &agent("after"));
    repository.git(&["mv", "old/fleet.yaml", "fleet.yaml"]);
    repository.write("fleet.yaml", &long("fleet-after"));
    repository.write("desk/b.crabwalk.yaml", &agent("desk-after"));
    let root = repository.root();
    let compared = |base: &str, head: Option<&str>, start: &Path| {
        let (base, head) = sides(Some(base), head, start).unwrap_or_else(|why| panic!("{base}: {why}"));
        (names(&base).join(" "), names(&head).join(" "), base.name, head.name)
    };
    let of = |base: &str, head: &str, base_name: &str, head_name: &str| {
        (base.to_owned(), head.to_owned(), base_name.to_owned(), head_name.to_owned())
    };
    let own = of("before", "after", &format!("HEAD@{at}:crabwalk.yaml"), "crabwalk.yaml");
    assert_eq!(compared("HEAD", Some("crabwalk.yaml"), &root), own);
    assert_eq!(compared("HEAD", None, &root).0, "before");
    assert_eq!(compared(&at, None, &root).2, format!("{at}:crabwalk.yaml"));
    let moved = of("fleet-before", "fleet-after", &format!("main@{at}:old/fleet.yaml"), "fleet.yaml");
    assert_eq!(compared("main", Some("fleet.yaml"), &root), moved);
    let split = compared("HEAD", Some("desk"), &root);
    assert_eq!((split.0.as_str(), split.1.as_str()), ("desk-before", "desk-before desk-after"));
    // From a directory below, by a path that leads up, and by one from the root of the disk.
    assert_eq!(compared("HEAD", Some("../crabwalk.yaml"), &root.join("desk")).0, "before");
    let absolute = root.join("crabwalk.yaml");
    assert_eq!(compared("HEAD", absolute.to_str(), &root).0, "before");
    // What is new was not there, and what is gone leaves the base alone; neither takes another spec in its place.
    repository.write("new.yaml", &agent("new"));
    let new = compared("HEAD", Some("new.yaml"), &root);
    assert_eq!((new.0.as_str(), new.1.as_str()), ("", "new"));
    fs::remove_dir_all(root.join("desk")).expect("removed");
    let gone = compared("HEAD", Some("desk/a.crabwalk.yaml"), &root);
    assert_eq!((gone.0.as_str(), gone.1.as_str()), ("desk-before", ""));
    // A file of that name may be meant as well.
    repository.write("main", &agent("a-file"));
    let (message, help) = problem(sides(Some("main"), Some("crabwalk.yaml"), &root));
    assert!(message.contains("`main` is a file and a revision"), "{message}");
    assert!(help.contains("`./main`") && help.contains("refs/heads/main"), "{help}");
    assert_eq!(compared("./main", Some("crabwalk.yaml"), &root).0, "a-file");
    assert_eq!(compared("refs/heads/main", Some("crabwalk.yaml"), &root).0, "before");
}

#[test]
fn before_the_first_commit_the_base_is_empty() {
    let repository = Repository::new();
    repository.write("crabwalk.yaml", &agent("first"));
    for head in [None, Some("crabwalk.yaml")] {
        let (base, head) = sides(Some("HEAD"), head, &repository.root()).expect("one is there");
        assert_eq!((base.presence, names(&head)), (Presence::New, vec!["first"]));
        assert!(base.notices[0].contains("no commit yet"), "{:?}", base.notices);
    }
}

#[test]
fn a_revision_alone_is_no_base_of_what_lies_elsewhere() {
    let (repository, _) = parted();
    for head in ["topic:crabwalk.yaml", "-"] {
        let (message, help) = problem(sides(Some("main"), Some(head), &repository.root()));
        assert!(message.contains("`main` is a revision") && help.contains("main:crabwalk.yaml"), "{message}");
    }
    let (message, _) = problem(sides(Some("main"), Some("../crabwalk.yaml"), &repository.root()));
    assert!(message.contains("leads out of the repository"), "{message}");
    let bare = repository.beside("bare");
    repository.git(&["clone", "-q", "--bare", ".", "../bare"]);
    let (message, _) = problem(sides(Some("main"), None, &bare));
    assert!(message.contains("no work tree"), "{message}");
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
        sides_in(Some(Path::new("-")), Some(&*root.join(path)), &root, &mut text.as_bytes(), &nothing)
            .expect("both");
    assert_eq!(
        (names(&base), names(&head), base.name.as_str(), files(&base)),
        (vec!["typed"], vec!["file"], "-", vec!["stdin"])
    );
    let (message, _) = problem(sides(Some("-"), Some("-"), &root));
    assert!(message.contains("one side only"), "{message}");
    let (message, _) = problem(sides(None, Some("crabwalk.yaml"), &root));
    assert!(message.contains("no base"), "{message}");
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
