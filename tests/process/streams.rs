//! The program as a process: pipes, files, streams, exit codes, and the same bytes whatever the number of threads.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::program::{crabwalk, folder};
use crabwalk::language::Code;

fn run(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// A fleet whose matrix does not fit a pipe's buffer.
fn large_spec(folder: &Path) -> PathBuf {
    let mut spec = String::from("version: 1\nname: large\nagents:\n");
    for index in 0..200 {
        spec += &format!("  agent-{index}: {{invoke: [agent-{}]}}\n", (index + 1) % 200);
    }
    let path = folder.join("large.yaml");
    fs::write(&path, spec).expect("writable");
    path
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = folder();
    let spec = large_spec(folder.path());
    for format in ["text", "json", "csv", "html"] {
        let mut child = crabwalk(&["matrix", spec.to_str().expect("UTF-8"), "-f", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdout = child.stdout.take().expect("piped");
        let mut first = [0];
        stdout.read_exact(&mut first).expect("it prints something");
        drop(stdout);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(code(&output), 0, "{format}");
        assert_eq!(text(&output.stderr), "", "{format}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let mut command = crabwalk(&["matrix", "specs/confused-deputy.yaml"]);
    let output = command.stdout(full).stderr(Stdio::piped()).spawn().expect("it starts");
    let output = output.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("cannot write to the standard output"));
    let output =
        run(&mut crabwalk(&["matrix", "specs/confused-deputy.yaml", "-f", "csv", "-o", "/dev/full"]));
    assert_eq!(code(&output), 2);
}

#[test]
fn output_files_are_written_whole_or_not_at_all() {
    let folder = folder();
    let file = folder.path().join("answer.json");
    let path = file.to_str().expect("UTF-8");
    let output = run(&mut crabwalk(&["matrix", "specs/confused-deputy.yaml", "-o", path]));
    assert_eq!(code(&output), 0);
    assert!(output.stdout.is_empty());
    let first = fs::read_to_string(&file).expect("written");
    assert!(first.contains("crabwalk/matrix/2"));
    let wrong = folder.path().join("wrong.yaml");
    fs::write(&wrong, "version: 1\nagents: {a: {read: [nobody]}}\n").expect("writable");
    let output = run(&mut crabwalk(&["matrix", wrong.to_str().expect("UTF-8"), "-o", path]));
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty());
    assert_eq!(fs::read_to_string(&file).expect("still there"), first);
    let left: Vec<_> = fs::read_dir(folder.path()).expect("readable").collect();
    assert_eq!(left.len(), 2, "no temporary file is left: {left:?}");
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let (file, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
    fs::write(&file, "old").expect("writable");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("ours");
    std::os::unix::fs::symlink(&file, &link).expect("writable");
    let path = link.to_str().expect("UTF-8");
    let output = run(&mut crabwalk(&["matrix", "specs/confused-deputy.yaml", "-o", path]));
    assert_eq!(code(&output), 0);
    assert!(fs::symlink_metadata(&link).expect("there").file_type().is_symlink());
    assert!(fs::read_to_string(&file).expect("there").starts_with("from,to"));
    assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
}

#[test]
fn redirected_output_has_no_escapes_unless_asked() {
    for command in [&["matrix"][..], &["check", "--fail-on", "never"], &["blast", "untrusted", "-s"]] {
        let plain: Vec<&str> = command.iter().copied().chain(["specs/support-desk.yaml"]).collect();
        let output = run(&mut crabwalk(&plain));
        assert_eq!(code(&output), 0);
        assert!(!output.stdout.contains(&0x1b), "{command:?}");
        let coloured: Vec<&str> = plain.iter().copied().chain(["--color", "always"]).collect();
        assert!(run(&mut crabwalk(&coloured)).stdout.contains(&0x1b), "{command:?}");
        let refused = run(crabwalk(&plain).env("NO_COLOR", "1"));
        assert_eq!(refused.stdout, output.stdout);
    }
}

#[test]
fn init_writes_right_specs_and_never_overwrites() {
    for template in ["minimal", "team", "memory", "platform"] {
        let folder = folder();
        let created = run(crabwalk(&["init", "--template", template]).current_dir(folder.path()));
        assert_eq!(code(&created), 0, "{template}");
        let file = folder.path().join("crabwalk.yaml");
        let written = fs::read_to_string(&file).expect("written");
        assert!(written.starts_with("# yaml-language-server: $schema="), "{template}");
        let again = run(crabwalk(&["init", "--template", template]).current_dir(folder.path()));
        assert_eq!(code(&again), 2);
        assert_eq!(fs::read_to_string(&file).expect("still there"), written);
        let checked = run(crabwalk(&["check", "--fail-on", "never"]).current_dir(folder.path()));
        assert_eq!(code(&checked), 0, "{template}: {}", text(&checked.stderr));
        let matrix = run(crabwalk(&["matrix"]).current_dir(folder.path()));
        assert_eq!(code(&matrix), 0, "{template}");
    }
}

#[test]
fn the_nearest_spec_up_to_the_repository_is_taken() {
    let folder = folder();
    let deep = folder.path().join("repository/services/desk");
    fs::create_dir_all(&deep).expect("writable");
    let outside = folder.path().join("crabwalk.yaml");
    fs::write(&outside, "version: 1\nname: outside\n").expect("writable");
    fs::create_dir(folder.path().join("repository/.git")).expect("writable");
    let nothing = run(crabwalk(&["check"]).current_dir(&deep));
    assert_eq!(code(&nothing), 2, "the search stops at the repository's root");
    fs::write(folder.path().join("repository/crabwalk.yaml"), "version: 1\nname: inside\nagents: {a: }\n")
        .expect("writable");
    let found = run(crabwalk(&["check"]).current_dir(&deep));
    assert_eq!(code(&found), 0);
    assert!(text(&found.stdout).contains("inside: the spec is valid"));
}

#[test]
fn a_spec_comes_through_the_standard_input_too() {
    let mut child = crabwalk(&["matrix", "-", "-f", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let spec = fs::read("specs/confused-deputy.yaml").expect("part of the project");
    child.stdin.take().expect("piped").write_all(&spec).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).contains("\"name\": \"confused-deputy\""));
}

#[test]
fn mistakes_as_json_are_an_answer_with_exit_code_2() {
    let folder = folder();
    let wrong = folder.path().join("wrong.yaml");
    fs::write(&wrong, "version: 1\nagents: {a: {read: [nobody], wirte: [b]}}\n").expect("writable");
    let output = run(&mut crabwalk(&["check", wrong.to_str().expect("UTF-8"), "-f", "json"]));
    assert_eq!(code(&output), 2);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value["schema"], "crabwalk/diagnostics/1");
    assert_eq!(value["diagnostics"].as_array().map(Vec::len), Some(2), "both mistakes in one run");
}

/// What the explanation of a code shows as wrong, as a spec.
fn wrong_example(code: Code) -> Option<String> {
    let explanation = code.explanation();
    let (_, examples) = explanation.split_once("\n\nWrong")?;
    let (wrong, _) = examples.split_once("\n\nRight")?;
    let lines: Vec<&str> = wrong.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    Some(format!("version: 1\n{}\n", lines.join("\n")))
}

#[test]
fn every_diagnostic_comes_out_of_the_program_with_exit_code_2_and_no_answer() {
    let folder = folder();
    let file = folder.path().join("wrong.yaml");
    let path = file.to_str().expect("UTF-8");
    let mut seen = 0;
    // What takes two files, or a text too long to be shown whole, has tests of its own.
    let is_shown = |code: &&Code| {
        code.as_str() >= "E102" && !matches!(code, Code::DeclaredInTwoFiles | Code::TooMuchAuthority)
    };
    for code in Code::ALL.iter().filter(is_shown) {
        let text = wrong_example(*code).expect("it shows a wrong example");
        fs::write(&file, &text).expect("writable");
        for command in
            [&["check", path][..], &["matrix", path], &["blast", "a", "-s", path], &["graph", path]]
        {
            let output = run(&mut crabwalk(command));
            assert_eq!(self::code(&output), 2, "{command:?} on {text}");
            assert!(output.stdout.is_empty(), "no partial answer");
            let said = self::text(&output.stderr);
            assert!(said.contains(code.as_str()) && said.contains("wrong.yaml:"), "{said}");
        }
        seen += 1;
    }
    assert!(seen >= 20);
}

#[test]
fn files_that_cannot_be_read_are_diagnostics_too() {
    let folder = folder();
    let file = folder.path().join("wrong.yaml");
    let path = file.to_str().expect("UTF-8");
    let other = folder.path().join("other.yaml");
    fs::write(&other, "version: 1\nname: other\n").expect("writable");
    let cases: [(&[u8], Code); 6] = [
        (b"version: 1\nname: caf\xe9\n", Code::NotUtf8),
        (b"", Code::EmptyFile),
        (b"version: 1\nagents: {a: [}\n", Code::Syntax),
        (b"version: 1\n---\nversion: 1\n", Code::ManyDocuments),
        (b"version: 3\n", Code::Version),
        (b"version: 1\nname: one\n", Code::DeclaredInTwoFiles),
    ];
    for (content, code) in cases {
        fs::write(&file, content).expect("writable");
        let output = run(&mut crabwalk(&["matrix", path, other.to_str().expect("UTF-8")]));
        assert_eq!(self::code(&output), 2);
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains(code.as_str()), "{}", text(&output.stderr));
    }
    let nested = format!("version: 1\nagents: {}\n", "[".repeat(100_000));
    fs::write(&file, nested).expect("writable");
    for (arguments, code) in [
        (&["check", path][..], Code::TooMuch),
        (&["check", "no-such-file.yaml"], Code::CannotRead),
        (&["check", "tests/fixtures/no-specs"], Code::NoSpec),
    ] {
        let output = run(&mut crabwalk(arguments));
        assert_eq!(self::code(&output), 2);
        assert!(text(&output.stderr).contains(code.as_str()), "{}", text(&output.stderr));
    }
}

#[test]
fn bytes_are_the_same_with_any_number_of_threads_and_run_after_run() {
    let mut files: Vec<PathBuf> = fs::read_dir("specs")
        .expect("part of the project")
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    for spec in files.iter().map(|path| path.to_str().expect("UTF-8")) {
        for command in [
            &["matrix", spec, "-f", "json"][..],
            &["matrix", spec, "-f", "csv", "--shard", "2/3"],
            &["matrix", spec, "--sizes-only", "--order", "reach"],
            &["matrix", spec, "--order", "flow"],
            &["blast", "kind:agent", "-s", spec],
            &["graph", spec],
        ] {
            let with = |jobs: &str| {
                let arguments: Vec<&str> = command.iter().copied().chain(["--jobs", jobs]).collect();
                run(&mut crabwalk(&arguments)).stdout
            };
            let one = with("1");
            assert!(!one.is_empty(), "{command:?}");
            assert!(one == with("8") && one == with("8"), "{command:?}");
        }
    }
}

#[test]
fn an_svg_needs_graphviz_and_says_so() {
    let folder = folder();
    let file = folder.path().join("picture.svg");
    let path = file.to_str().expect("UTF-8");
    let command = &["graph", "specs/confused-deputy.yaml", "-o", path];
    let without = run(crabwalk(command).env("PATH", folder.path()));
    assert_eq!(code(&without), 2);
    assert!(text(&without.stderr).contains("graphviz"), "{}", text(&without.stderr));
    assert!(!file.exists());
    let with = run(&mut crabwalk(command));
    if code(&with) == 0 {
        assert!(fs::read_to_string(&file).expect("written").contains("</svg>"));
    } else {
        assert!(std::env::var_os("CRABWALK_REQUIRE_DOT").is_none(), "{}", text(&with.stderr));
    }
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_nothing_behind() {
    let folder = folder();
    let spec = large_spec(folder.path());
    // A ring of agents has a path from each to each; enough of them to be interrupted in the middle.
    let text = fs::read_to_string(&spec).expect("readable").replace("% 200", "");
    let more: String =
        (200..4_000).map(|index| format!("  agent-{index}: {{write: [agent-{}]}}\n", index - 1)).collect();
    fs::write(&spec, text + &more).expect("writable");
    let spec = spec.to_str().expect("UTF-8");
    for (file, part) in [("answer.json", "1/1"), ("answer.csv", "2/3")] {
        let output = folder.path().join(file);
        fs::write(&output, "before").expect("writable");
        let arguments = ["matrix", spec, "--shard", part, "-o", output.to_str().expect("UTF-8")];
        let mut child = crabwalk(&arguments).spawn().expect("the program starts");
        while unfinished(folder.path()) == 0 {
            assert!(child.try_wait().expect("a child").is_none(), "it was too fast to be interrupted");
            std::thread::yield_now();
        }
        let interrupted =
            Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
        assert!(interrupted.success());
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        assert_eq!(unfinished(folder.path()), 0);
        assert_eq!(fs::read_to_string(&output).expect("still there"), "before");
    }
}

/// Temporary files in a folder.
#[cfg(unix)]
fn unfinished(folder: &Path) -> usize {
    let names = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").file_name());
    names.filter(|name| name.to_string_lossy().starts_with(".crabwalk-")).count()
}

#[test]
fn a_fleet_over_files_is_written_whole_and_never_over_another() {
    let folder = folder();
    let directory = folder.path().join("fleet");
    let path = directory.to_str().expect("UTF-8");
    let arguments = ["gen", "org", "--nodes", "300", "--mixed", "--files", "12", "-o", path];
    assert_eq!(code(&run(&mut crabwalk(&arguments))), 0);
    let checked = run(&mut crabwalk(&["check", path]));
    assert_eq!(code(&checked), 0, "{}", text(&checked.stderr));
    assert!(text(&checked.stdout).contains("(12 files)"));
    let again = run(&mut crabwalk(&arguments));
    assert_eq!(code(&again), 2);
    assert!(text(&again.stderr).contains("never overwrites"));
    let left: Vec<_> = fs::read_dir(folder.path()).expect("readable").collect();
    assert_eq!(left.len(), 1, "no temporary directory is left: {left:?}");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).expect("writable");
    let into_empty = ["gen", "org", "--files", "2", "-o", empty.to_str().expect("UTF-8")];
    assert_eq!(code(&run(&mut crabwalk(&into_empty))), 0);
    assert_eq!(fs::read_dir(&empty).expect("readable").count(), 2);
}
