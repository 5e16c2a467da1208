//! Many that write at once, and those that were killed in the middle: no entry is lost, and no hidden file stays.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::program::{crabwalk, folder};
use crabwalk::model::Spec;

/// How many write at once.
const MANY: usize = 20;

/// Starts a command in a folder.
fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = crabwalk(arguments);
    command.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
}

/// Waits for all of them; each must have done what it was asked for.
fn all_succeed(children: Vec<Child>) {
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn load(path: &Path) -> Spec {
    crabwalk::input::load(&[path.to_owned()]).expect("it loads")
}

/// Everything in a folder whose name begins with a dot.
fn hidden(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").file_name());
    names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.starts_with('.')).collect()
}

/// A spec of as many agents as there are processes.
fn many_agents(head: &str) -> String {
    let agents: String = (0..MANY).map(|index| format!("  n{index}: {{read: mail}}\n")).collect();
    format!("version: 1\nsources: {{mail: }}\n{head}agents:\n{agents}")
}

#[test]
fn twenty_acceptances_at_once_are_twenty_entries() {
    for head in ["", "accept: []\n", "accept:\n  - {from: n0, to: n1, reason: \"before\"}\n"] {
        let folder = folder();
        let path = folder.path().join("crabwalk.yaml");
        fs::write(&path, many_agents(head)).expect("writable");
        // Some of them come by a link: it is the same file that is locked.
        symlink("crabwalk.yaml", folder.path().join("link.yaml")).expect("writable");
        let before = load(&path).accept.len();
        let accept = |index: usize| {
            let (node, file) = (format!("n{index}"), ["crabwalk.yaml", "link.yaml"][index % 2]);
            start(folder.path(), &["accept", "--pair", "mail", &node, "--reason", &node, "-s", file])
        };
        all_succeed((0..MANY).map(accept).collect());
        let after = load(&path);
        let mut reasons: Vec<&str> = after.accept[..].iter().map(|entry| entry.reason.as_str()).collect();
        reasons.retain(|reason| *reason != "before");
        reasons.sort_unstable_by_key(|reason| reason[1..].parse::<usize>().expect("a number"));
        let wanted: Vec<String> = (0..MANY).map(|index| format!("n{index}")).collect();
        assert_eq!(
            (after.accept.len(), reasons),
            (before + MANY, wanted.iter().map(String::as_str).collect())
        );
        assert!(hidden(folder.path()).is_empty());
    }
}

/// Of twenty who enter the same, one does, and the others say that it is there.
#[test]
fn the_same_acceptance_is_entered_once() {
    let folder = folder();
    let path = folder.path().join("crabwalk.yaml");
    fs::write(&path, many_agents("")).expect("writable");
    let arguments = ["accept", "--pair", "mail", "n0", "--reason", "x"];
    let children: Vec<Child> = (0..MANY).map(|_| start(folder.path(), &arguments)).collect();
    let codes = children.into_iter().map(|child| child.wait_with_output().expect("it ends").status.code());
    let (entered, refused): (Vec<_>, Vec<_>) = codes.partition(|code| *code == Some(0));
    assert_eq!((entered.len(), refused), (1, vec![Some(2); MANY - 1]));
    assert_eq!(load(&path).accept.len(), 1);
}

/// `accept` and `matrix --bless` write into one file, and into several of one spec.
#[test]
fn blessing_and_accepting_go_together() {
    for files in [1, 3] {
        let folder = folder();
        let text = many_agents("");
        fs::write(folder.path().join("crabwalk.yaml"), &text).expect("writable");
        for file in 1..files {
            let text = format!("version: 1\nagents: {{other{file}: {{invoke: n{file}}}}}\n");
            fs::write(folder.path().join(format!("part{file}.crabwalk.yaml")), text).expect("writable");
        }
        let both = |index: usize| {
            let node = format!("n{index}");
            let bless = start(folder.path(), &["matrix", "--bless", "--row", &node, "."]);
            let accept = ["accept", "--pair", "mail", &node, "--reason", "x", "-s", "."];
            [bless, start(folder.path(), &accept)]
        };
        all_succeed((0..MANY / 2).flat_map(both).collect());
        let after = load(folder.path());
        assert_eq!((after.accept.len(), after.rules.len()), (MANY / 2, MANY / 2), "{files} files");
    }
}

/// What a program that locks nothing has written is not lost: it is read again.
#[test]
fn who_waits_reads_what_was_written_meanwhile() {
    let folder = folder();
    let path = folder.path().join("crabwalk.yaml");
    fs::write(&path, many_agents("")).expect("writable");
    let editor = fs::File::open(&path).expect("readable");
    editor.lock().expect("free");
    let mut child = start(folder.path(), &["accept", "-v", "--pair", "mail", "n0", "--reason", "x"]);
    // It says that it waits, and has read the spec by then.
    let mut said = std::io::BufReader::new(child.stderr.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("waiting for who else writes into `") {
        line.clear();
        assert!(std::io::BufRead::read_line(&mut said, &mut line).expect("text") > 0, "it waits");
    }
    fs::write(&path, many_agents("name: meanwhile\n")).expect("writable");
    drop(editor);
    std::io::Read::read_to_string(&mut said, &mut line).expect("text");
    assert!(child.wait().expect("it ends").success(), "{line}");
    let after = load(&path);
    assert_eq!((after.name.as_str(), after.accept.len()), ("meanwhile", 1));
}

/// Ctrl-C while it waits for others leaves everything as it is.
#[test]
fn an_interrupt_while_waiting_leaves_nothing() {
    let folder = folder();
    let path = folder.path().join("crabwalk.yaml");
    fs::write(&path, many_agents("")).expect("writable");
    let other = fs::File::open(&path).expect("readable");
    other.lock().expect("free");
    let mut child = start(folder.path(), &["accept", "-v", "--pair", "mail", "n0", "--reason", "x"]);
    let mut said = std::io::BufReader::new(child.stderr.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("waiting") {
        assert!(std::io::BufRead::read_line(&mut said, &mut line).expect("text") > 0, "it waits");
    }
    assert!(signal("-INT", &child));
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(fs::read_to_string(&path).expect("there"), many_agents(""));
    assert!(hidden(folder.path()).is_empty());
}

fn signal(name: &str, child: &Child) -> bool {
    Command::new("kill").args([name, &child.id().to_string()]).status().expect("kill is there").success()
}

/// A process that is writing into a folder and will be for a while: the answer is larger than it ever writes.
fn writing(folder: &Path, arguments: &[&str]) -> Child {
    let mut child = start(folder, arguments);
    let own = format!(".crabwalk-{}-", child.id());
    while !hidden(folder).iter().any(|name| name.starts_with(&own)) {
        assert!(child.try_wait().expect("a child").is_none(), "it was too fast to be killed");
        std::thread::yield_now();
    }
    child
}

#[test]
fn what_a_killed_run_left_goes_with_the_next_that_writes_there() {
    let folder = folder();
    let chain: String =
        (1..6_000).map(|index| format!("  n{index}: {{write: [n{}]}}\n", index - 1)).collect();
    fs::write(folder.path().join("chain.yaml"), format!("version: 1\nagents:\n  n0: \n{chain}"))
        .expect("writable");
    fs::write(folder.path().join("small.yaml"), "version: 1\nagents: {a: }\n").expect("writable");
    // Never ours, however it is called.
    let others = [".crabwalk-notes.tmp", ".crabwalk.yaml.swp", ".crabwalk-1-1-abcdefgh"];
    for other in others {
        fs::write(folder.path().join(other), "mine").expect("writable");
    }
    let long = ["matrix", "chain.yaml", "-f", "json", "-o"];
    let mut killed = writing(folder.path(), &[&long[..], &["killed.json"]].concat());
    killed.kill().expect("it runs");
    killed.wait().expect("it ends");
    let made = ["gen", "chain", "--nodes", "300000", "--files", "3", "-o", "fleet"];
    let mut killed = writing(folder.path(), &made);
    killed.kill().expect("it runs");
    killed.wait().expect("it ends");
    let mut alive = writing(folder.path(), &[&long[..], &["alive.json"]].concat());
    // It has its own file before it looks for what others left.
    while hidden(folder.path()).len() > others.len() + 1 {
        assert!(alive.try_wait().expect("a child").is_none(), "{:?}", hidden(folder.path()));
        std::thread::yield_now();
    }
    let small = start(folder.path(), &["matrix", "small.yaml", "-f", "csv", "-o", "small.csv"]);
    all_succeed(vec![small]);
    assert!(alive.try_wait().expect("a child").is_none());
    assert_eq!(hidden(folder.path()).len(), others.len() + 1, "what is being written stays");
    alive.kill().expect("it runs");
    alive.wait().expect("it ends");
    all_succeed(vec![start(folder.path(), &["matrix", "small.yaml", "-f", "csv", "-o", "small.csv"])]);
    let mut left = hidden(folder.path());
    left.sort();
    let mut wanted = others.map(str::to_owned);
    wanted.sort();
    assert_eq!(left, wanted);
    assert!(!folder.path().join("killed.json").exists() && !folder.path().join("fleet").exists());
}
