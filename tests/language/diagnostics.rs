//! Every mistake that a spec can hold: what is said about it, where, and what to do. One fixture for each code.

use std::path::{Path, PathBuf};

use crabwalk::graph::{CapabilityGraph, most_derived};
use crabwalk::input::load_from;
use crabwalk::language::{Code, Diagnostics};
use crabwalk::model::{SourceFile, Spec};
use crabwalk::report::diagnostics::{render, to_json};

/// The diagnostics of one text.
fn mistakes(text: &str) -> Diagnostics {
    Spec::from_text("spec.yaml", text).expect_err("there is a mistake")
}

/// The diagnostics of several files.
fn mistakes_in_files(files: &[(&str, &str)]) -> Diagnostics {
    let files = files.iter().map(|(name, text)| SourceFile::new(name, (*text).to_owned())).collect();
    Spec::from_files(files).expect_err("there is a mistake")
}

/// One line for each diagnostic: code, place and message.
fn lines(diagnostics: &Diagnostics) -> Vec<String> {
    let line = |item: &crabwalk::language::Diagnostic| {
        let place = item.labels.first().map_or(String::new(), |label| {
            let file = &diagnostics.files[label.place.file as usize];
            let (line, column) = file.line_column(label.place.start as usize);
            format!(" {}:{line}:{column}", file.name())
        });
        format!("{}{place} {}", item.code.as_str(), item.message)
    };
    diagnostics.items.iter().map(line).collect()
}

/// A spec with everything that the fixtures name.
const BASE: &str = "version: 1
zones: {edge: , core: }
agents: {a: , b: }
principals: {person: , role: {kind: iam-role}}
tools: {t: }
stores: {memo: }
sources: {web: }
sinks: {out: }
credentials: {key: {opens: [t]}}
";

/// `BASE` with more text after it.
fn with(more: &str) -> Diagnostics {
    mistakes(&format!("{BASE}{more}"))
}

/// The diagnostics of a folder of its own, outside of any repository, named as `desk`; with a link there to a file beside the folder.
fn in_a_folder(files: &[(&str, &str)], link_to: Option<&str>) -> Diagnostics {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = folder.path().join("desk");
    std::fs::create_dir(&desk).expect("a folder can be made");
    for (name, text) in files {
        let place = if link_to.is_some() { folder.path() } else { &desk };
        std::fs::write(place.join(name), text).expect("a file can be written");
    }
    #[cfg(unix)]
    if let Some(target) = link_to {
        std::os::unix::fs::symlink(Path::new("..").join(target), desk.join("crabwalk.yaml")).expect("a link");
    }
    let mut found =
        load_from(Path::new("."), std::slice::from_ref(&desk), &mut &b""[..]).expect_err("it is refused");
    for item in &mut found.items {
        item.message = item.message.replace(&desk.display().to_string(), "desk");
    }
    found
}

/// Roles of which each assumes either of the next two, every time behind a guard of its own.
fn ladder(levels: usize) -> String {
    let guards: Vec<String> = (0..2 * levels).map(|guard| format!("g{guard}: ")).collect();
    let mut text = format!("version: 1\nguards: {{{}}}\nprincipals:\n", guards.join(", "));
    for (level, side) in (0..levels).flat_map(|level| [(level, "a"), (level, "b")]) {
        let (next, one, other) = (level + 1, 2 * level, 2 * level + 1);
        let next = format!("{{target: {next}a, guards: g{one}}}, {{target: {next}b, guards: g{other}}}");
        text += &format!("  {level}{side}: {{kind: iam-role, invoke: [{next}]}}\n");
    }
    text + &format!("  {levels}a: {{kind: iam-role}}\n  {levels}b: {{kind: iam-role}}\n")
}

/// The fixture of a code that is not about reading files.
fn fixture(code: Code) -> Diagnostics {
    match code {
        Code::CannotRead => load_from(Path::new("."), &[PathBuf::from("no-such-file.yaml")], &mut &b""[..])
            .expect_err("there is no such file"),
        Code::NoSpec => load_from(Path::new("."), &[PathBuf::from("tests/fixtures/no-specs")], &mut &b""[..])
            .expect_err("there is no spec"),
        Code::NotUtf8 => {
            load_from(Path::new("."), &[PathBuf::from("-")], &mut &b"version: 1\nname: caf\xe9\n"[..])
                .expect_err("it is not UTF-8")
        }
        Code::EmptyFile => mistakes("# nothing but a comment\n"),
        Code::Syntax => mistakes("version: 1\nagents: {a: {read: [b}}\n"),
        Code::ManyDocuments => mistakes("version: 1\n---\nversion: 1\n"),
        Code::TooMuch => mistakes(&format!("version: 1\nagents: {}\n", "[".repeat(1000))),
        Code::TwoNames => {
            in_a_folder(&[("crabwalk.yaml", "version: 1\n"), ("crabwalk.yml", "version: 1\n")], None)
        }
        Code::Refused => in_a_folder(&[("agents.yaml", "version: 1\n")], Some("agents.yaml")),
        Code::Version => mistakes("version: 2\nagnets: {a: }\n"),
        Code::WrongType => with("sessions: {s: {sandbox: yes, owner: [x], members: {a: b}}}\n"),
        Code::UnknownKey => {
            mistakes("version: 1\nagents: {a: {isolaton: shared}, b: {read: [{target: a, gaurds: x}]}}\n")
        }
        Code::MisplacedAttribute => mistakes("version: 1\nagents:\n  a: {persists: true}\n"),
        Code::UnknownValue => {
            mistakes("version: 1\nagents:\n  a: {sensitivity: secrte}\nstores: {s: {kind: disk}}\n")
        }
        Code::DuplicateKey => {
            mistakes("version: 1\nagents:\n  a:\n    owner: x\n    model: m\n    owner: y\n")
        }
        Code::DeclaredInTwoFiles => {
            mistakes_in_files(&[("a.yaml", "version: 1\nname: one\n"), ("b.yaml", "version: 1\nname: two\n")])
        }
        Code::PartialTrust => mistakes("version: 1\nzones:\n  edge: {trust: 1}\n  core:\n"),
        Code::BadName => mistakes("version: 1\nagents: {'zone:x': , '': , \"a\\tb\": }\n"),
        Code::NameUsedTwice => mistakes("version: 1\nagents:\n  a:\n  b:\n  a:\ntools: {b: }\n"),
        Code::UnknownTarget => {
            mistakes("version: 1\nagents: {reader: {read: [stroe, nowhere]}}\nstores: {store: }\n")
        }
        Code::UnknownZone => {
            mistakes("version: 1\nzones: {edge: }\nagents:\n  a: {zone: egde}\n  b: {read: 'zone:x'}\n")
        }
        Code::UnknownGuard => mistakes(
            "version: 1\nagents: {a: {invoke: [{target: t, guards: human-aproval, returns: {guards: dlp}}]}}\ntools: {t: }\n",
        ),
        Code::UnknownSelector => mistakes("version: 1\nagents: {a: {read: 'tags:x'}, b: {tags: x}}\n"),
        Code::EmptySelector => mistakes(
            "version: 1\nagents: {a: {read: ['tag:brian', 'kind:agent']}}\ntools: {t: {tags: brain}}\n",
        ),
        Code::ImpossibleVerb => mistakes(
            "version: 1\nagents: {a: {invoke: s, read: o}}\nstores: {s: {kind: database}}\nsinks: {o: }\n",
        ),
        Code::CannotAct => mistakes("version: 1\nagents: {a: }\nstores: {s: {write: a}}\n"),
        Code::SelfEdge => mistakes("version: 1\nagents: {a: {read: a}}\n"),
        Code::SameEdgeTwice => mistakes(
            "version: 1\nagents:\n  a:\n    read: [s, {target: s, note: again}]\n    write: room\nstores: {s: }\nsessions: {room: {members: [a, a]}}\ntools: {t: }\ncredentials: {k: {opens: [t, t]}}\n",
        ),
        Code::GuardTwice => mistakes(
            "version: 1\nagents: {a: {read: {target: s, guards: [redaction, redaction]}}}\nstores: {s: }\n",
        ),
        Code::NothingReturns => mistakes(
            "version: 1\nagents: {a: {write: {target: s, returns: false}, invoke: {target: r, returns: true}}}\nstores: {s: }\nprincipals: {r: {kind: iam-role}}\n",
        ),
        Code::MisplacedRole => mistakes("version: 1\nagents: {a: {write: {target: b, as: advisor}}, b: }\n"),
        Code::CannotBeMember => mistakes("version: 1\nstores: {s: }\nsessions: {room: {members: s}}\n"),
        Code::CannotBeOpened => {
            mistakes("version: 1\nstores: {db: {kind: database}}\ncredentials: {k: {opens: db}}\n")
        }
        Code::PrincipalWithoutKind => {
            mistakes("version: 1\nagents: {a: {invoke: boss}}\nprincipals: {boss: }\n")
        }
        Code::MustRelay => mistakes(
            "version: 1\ntools:\n  shell: {general: true, relays: false}\n  desk: {relays: false, isolation: shared}\n",
        ),
        Code::NotKeptThere => mistakes(
            "version: 1\nguards: {list: {kept_in: gateway}, dlp: {kept_in: config}}\ntools: {gateway: }\nstores: {config: }\n",
        ),
        Code::TooMuchAuthority => {
            let spec = Spec::from_text("spec.yaml", &ladder(12)).expect("it loads");
            let most = most_derived(&spec);
            CapabilityGraph::within(spec, most).expect_err("it derives too much").diagnostics
        }
        Code::FormerName => mistakes(
            "version: 1\nagents:\n  a: {was: c}\n  b: {was: c}\n  d: {was: a}\ntools:\n  t: {was: t}\n",
        ),
        Code::UnknownRule => mistakes(
            "version: 1\nreview: {levels: {new-lop: note, CW999: off}}\naccept:\n  - {finding: 'CV001:0123456789abcdef', reason: x}\n",
        ),
        Code::LevelledTwice => {
            mistakes("version: 1\nreview:\n  levels:\n    CW006: error\n    new-loop: note\n    cw006: off\n")
        }
        Code::UnclearAcceptance => mistakes(
            "version: 1\naccept:\n  - reason: x\n  - {from: a, reason: x}\n  - {to: a, reason: x}\n  - {from: a, to: b, finding: 'CW001:0123456789abcdef', reason: x}\n  - {edge: {from: a, to: b}, reason: x}\n",
        ),
        Code::NoReason => mistakes(
            "version: 1\naccept:\n  - {from: a, to: b}\n  - {from: b, to: a, reason: }\n  - {from: b, to: c, reason: ' '}\n",
        ),
        Code::BadFinding => mistakes(
            "version: 1\naccept:\n  - {finding: CW001, reason: x}\n  - {finding: 'CW001:0123', reason: x}\n  - {finding: 'CW001:0123456789abcdeg', reason: x}\n",
        ),
        Code::BadDate => mistakes(
            "version: 1\naccept:\n  - {from: a, to: b, reason: x, expires: 2027-02-29}\n  - {from: b, to: a, reason: x, expires: 1.3.2027}\n",
        ),
        Code::BadSpecPath => mistakes(
            "version: 1\naccept:\n  - {spec: ../crabwalk.yaml, reason: x}\n  - {spec: /a.yaml, reason: x}\n  - {spec: 'a\\b', reason: x}\n",
        ),
        Code::UnclearRule => with(
            "rules:\n  - why: x\n  - {why: x, deny: {from: a, to: b}, limit: {of: a, to: 1}}\n  - {why: x, expect: {row: a, column: b, read: t}}\n",
        ),
        Code::NoWhy => with(
            "rules:\n  - deny: {from: a, to: b}\n  - {why: , deny: {from: b, to: a}}\n  - {why: ' ', deny: {from: a, to: t}}\n",
        ),
        Code::RuleWithoutNodes => with(
            "rules:\n  - {why: x, deny: {from: 'zone:core', to: [a, 'tag:none']}}\n  - {why: x, deny: {from: a, to: a}}\n  - {why: x, expect: {row: a, influence: ['kind:session']}}\n",
        ),
        Code::IncompleteRule => with(
            "rules:\n  - {why: x, deny: {from: a}}\n  - {why: x, only-through: {from: a, to: b}}\n  - {why: x, independent: [a]}\n  - {why: x, layers: {order: [a, b]}}\n  - {why: x, limit: {of: a}}\n  - {why: x, expect: {row: a}}\n",
        ),
        Code::InTwoGroups => with("rules: [{why: x, independent: ['kind:agent', [t, b]]}]\n"),
        Code::GuardWithoutEffect => with(
            "rules: [{why: x, only-through: {from: web, to: t, guard: redaction, by: [influence, exposure]}}]\n",
        ),
        Code::RuleTwice => mistakes_in_files(&[
            (
                "a.yaml",
                "version: 1\nagents: {a: , b: }\nrules:\n  - {why: x, deny: {from: a, to: b}}\n  - {name: n, why: x, deny: {from: b, to: a}}\n",
            ),
            (
                "b.yaml",
                "version: 1\nrules:\n  - {why: y, deny: {to: [b], from: [a]}}\n  - {name: n, why: y, limit: {of: a, to: 1}}\n",
            ),
        ]),
        Code::ExpectedTwice => with(
            "rules: [{why: x, expect: {influence: {a: [b, {b: 1}], b: [b]}, read: {t: {memo: 0, a: 1}}}}]\n",
        ),
        Code::AcceptedTwice => mistakes_in_files(&[
            (
                "a.yaml",
                "version: 1\naccept:\n  - {from: a, to: b, reason: x}\n  - {finding: 'CW001:0123456789ABCDEF', reason: x}\n",
            ),
            (
                "b.yaml",
                "version: 1\naccept:\n  - {from: a, to: b, reason: y, ticket: T-1}\n  - {finding: 'new-path-up:0123456789abcdef', reason: y}\n",
            ),
        ]),
        other => panic!("{other:?} has no fixture"),
    }
}

#[test]
fn every_code_has_a_fixture_that_produces_it() {
    for code in Code::ALL {
        let found = fixture(*code);
        assert!(found.items.iter().any(|item| item.code == *code), "{code:?}: {:#?}", lines(&found));
        assert!(found.items.iter().all(|item| item.code == *code), "{code:?} alone: {:#?}", lines(&found));
    }
}

#[test]
fn every_code_is_shown_as_it_was_reviewed() {
    for code in Code::ALL {
        let name = format!("{}-{}", code.as_str(), code.title());
        insta::assert_snapshot!(name, render(&fixture(*code), false));
    }
}

#[test]
fn codes_and_titles_are_unique_and_in_order() {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
    let mut titles: Vec<&str> = Code::ALL.iter().map(|code| code.title()).collect();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), codes.len());
}

/// `docs/diagnostics.md` says what `crabwalk explain` says. `UPDATE_DOCS=1` writes it.
#[test]
fn the_documentation_of_the_codes_is_current() {
    let mut text = String::from(
        "# Diagnostics\n\nEvery mistake in a spec has a stable code. `crabwalk explain E203` prints what stands here.\n\
         This page is generated: `UPDATE_DOCS=1 cargo test --test language diagnostics` writes it.\n",
    );
    let themes = ["Files and text", "Shape", "Names", "Edges", "Review", "Rules"];
    let mut theme = None;
    for code in Code::ALL {
        let of_code = code.as_str().as_bytes()[1] - b'0';
        if theme != Some(of_code) {
            theme = Some(of_code);
            text.push_str(&format!("\n## {}\n", themes[usize::from(of_code)]));
        }
        text.push_str(&format!("\n### {} {}\n\n{}", code.as_str(), code.title(), code.page()));
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write("docs/diagnostics.md", &text).expect("it can be written");
    }
    let written = std::fs::read_to_string("docs/diagnostics.md").unwrap_or_default();
    assert!(
        written == text,
        "docs/diagnostics.md is stale: run UPDATE_DOCS=1 cargo test --test language diagnostics"
    );
}

#[test]
fn json_has_every_place_with_line_and_column() {
    let found = to_json(&fixture(Code::DuplicateKey));
    assert_eq!(
        found,
        serde_json::json!({
            "schema": "crabwalk/diagnostics/1",
            "diagnostics": [{
                "code": "E106",
                "title": "duplicate-key",
                "message": "the key `owner` stands twice here",
                "help": "put both contents under one key",
                "places": [
                    {"file": "spec.yaml", "line": 6, "column": 5, "length": 5, "text": "again"},
                    {"file": "spec.yaml", "line": 4, "column": 5, "length": 5, "text": "the first one"},
                ],
            }],
        })
    );
}

/// A mistake that makes other things unknown is reported alone.
#[test]
fn one_mistake_does_not_bring_others() {
    let alone = |text: &str, code: Code| {
        let found = mistakes(text);
        assert_eq!(found.items.len(), 1, "{:#?}", lines(&found));
        assert_eq!(found.items[0].code, code);
    };
    // A section with a slip in its key: its nodes are not unknown wherever they are named.
    alone("version: 1\nagnets: {a: }\ntools: {t: {read: a}}\n", Code::UnknownKey);
    // A node with a wrong body is a target all the same.
    alone("version: 1\nagents: {a: {read: b}, b: nonsense}\n", Code::WrongType);
    // A name that cannot be: what names it is right.
    alone("version: 1\nagents: {a: {read: \"b\\tb\"}, \"b\\tb\": }\n", Code::BadName);
    // A mistake under an anchor is one mistake, however many aliases repeat it.
    alone("version: 1\nagents:\n  a: &x {zone: nowhere}\n  b: *x\n  c: {<<: *x}\n", Code::UnknownZone);
    // A member that is named twice would write twice and read twice.
    alone("version: 1\nagents: {a: }\nsessions: {s: {members: [a, a]}}\n", Code::SameEdgeTwice);
    // A broken part makes the names of the others unknown.
    let found =
        mistakes_in_files(&[("a.yaml", "version: 1\nagents: {a: {read: b}}\n"), ("b.yaml", "agents: [\n")]);
    assert_eq!(lines(&found), ["E005 b.yaml:1:9 `[` is never closed"]);
}

/// All mistakes of all files come in one run, in the order of the files and of their text.
#[test]
fn all_mistakes_come_at_once_and_in_order() {
    let found = mistakes_in_files(&[
        ("a.yaml", "version: 1\nagents:\n  a: {zone: x, read: [y, a], isolation: none}\n  a:\n"),
        ("b.yaml", "tools: {t: {egress: 1, write: u, tags: {}}}\nwhat: ever\n"),
    ]);
    insta::assert_snapshot!(lines(&found).join("\n"), @r"
    E204 a.yaml:3:13 the zone `x` is not declared
    E203 a.yaml:3:23 `y` is not declared
    E303 a.yaml:3:26 `a` names itself
    E105 a.yaml:3:41 `isolation` cannot be `none`
    E202 a.yaml:4:3 the name `a` is used twice
    E101 b.yaml:1:1 the spec does not say its `version`
    E102 b.yaml:1:21 `egress` must be `true` or `false`, not `1`
    E203 b.yaml:1:31 `u` is not declared
    E102 b.yaml:1:34 `tags` must be a text or a list of texts, not a mapping
    E103 b.yaml:2:1 unknown key `what` at the top of the spec
    ");
}

/// The parser's objections, in our words.
#[test]
fn yaml_errors_are_told_in_plain_words() {
    let texts = [
        "version: 1\nagents:\n\ta:\n",
        "version: 1\nagents:\n  a:\n    read: b\n   write: c\n",
        "version: 1\nname: \"open\nagents:\n",
        "version: 1\nname: a: b\n",
        "version: 1\nagents: {a: *nowhere}\n",
        "version: 1\nagents: {a: {read: [b, c}\n",
        "version: 1\nagents: {a: &x {read: *x}}\n",
        "version: 1\nagents: {a: {read: [b, c]\n",
        "version: 1\nname: @home\n",
        "version: 1\nname: 'a' b\n",
        "version: 1\nagents\n",
        "version: 1\n- a\n",
        "version: 1\nname: \"\\q\"\n",
        "version: 1\nagents: {a: {read: b}}}\n",
        "version: 1\nagents: !include a.yaml\n",
        "- a\n",
        "nonsense",
        "version: '1'\nagents: {a: {critical: 'true'}}\n",
        "%YAML 3.0\n---\nversion: 1\n",
    ];
    let found: Vec<String> = texts.iter().map(|text| lines(&mistakes(text)).join("; ")).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    E005 spec.yaml:3:2 a tab cannot indent
    E005 spec.yaml:5:4 a `key: value` is expected here
    E005 spec.yaml:2:7 a quote is never closed
    E005 spec.yaml:2:8 a second `:` stands in one entry
    E005 spec.yaml:2:13 this alias has no anchor above it
    E005 spec.yaml:2:20 `[` is closed by `}`
    E005 spec.yaml:2:23 an alias stands inside what it repeats
    E005 spec.yaml:2:13 `{` is never closed
    E005 spec.yaml:2:7 `@` cannot stand here
    E005 spec.yaml:2:11 something follows a closing quote
    E005 spec.yaml:2:1 a `:` is missing after this key
    E005 spec.yaml:2:3 a `key: value` is expected here
    E005 spec.yaml:2:7 `\` begins an escape that does not exist
    E005 spec.yaml:2:23 a bracket is closed that was not opened
    E005 spec.yaml:2:18 `!include` is a YAML tag, and a spec has none
    E102 spec.yaml:1:1 a spec is a mapping, not a list
    E102 spec.yaml:1:1 a spec is a mapping, not `nonsense`
    E101 spec.yaml:1:10 `version` must be the number 1, not the text `1`; E102 spec.yaml:2:24 `critical` must be `true` or `false`, not the text `true`
    E005 spec.yaml:1:1 this is another version of YAML
    ");
}

/// The wrong examples are wrong in the way that they show, and the right ones load. Without a `version` they are pieces of
/// specs; those of whole files, of commands, in two columns and with more to come are left out.
#[test]
fn the_examples_of_the_explanations_show_what_they_say() {
    let too_long = [Code::DeclaredInTwoFiles, Code::TooMuchAuthority];
    let shown = |code: &Code| *code >= Code::WrongType && !too_long.contains(code);
    for code in Code::ALL.iter().copied().filter(shown).chain([Code::Syntax]) {
        let explanation = code.explanation();
        let (wrong, right) = explanation.split_once("\n\nRight").expect("it has a right example");
        let wrong = wrong.split_once("Wrong").expect("it has a wrong example").1;
        let found = Spec::from_text("spec.yaml", &example(wrong)).expect_err(wrong);
        assert!(found.items.iter().all(|item| item.code == code), "{wrong}: {:#?}", lines(&found));
        for right in right.split("\n\n").skip(1) {
            // A line that repeats a section is one more way.
            let ways: Vec<&str> =
                if code == Code::PartialTrust { right.lines().collect() } else { vec![right] };
            for way in ways {
                let loaded = Spec::from_text("spec.yaml", &example(way));
                assert!(loaded.is_ok(), "{way}: {:#?}", loaded.err().map(|found| lines(&found)));
            }
        }
    }
}

/// Values of the wrong shape under `review` and `accept` are told like all others.
#[test]
fn mistakes_in_review_and_accept_have_their_places() {
    let found = mistakes(
        "version: 1
review: {level: {}, levels: {CW001: eror, new-path: [off], CW009: }}
accept:
  - {from: [a], to: b, reason: x}
  - {from: '', to: b, reason: x}
  - {from: 'zone:core', to: b, reason: [x], until: never}
  - {edge: invoke, reason: x}
  - {edge: {from: a, verb: invok, to: b, guards: x}, reason: x}
  - a word
  - {finding: [x], reason: x, expires: {day: 1}, owner: , ticket: [1]}
  - {from: a, from: b, to: c, reason: x}
",
    );
    insta::assert_snapshot!(lines(&found).join("\n"));
    let found = mistakes("version: 1\nreview: strict\naccept: {from: a, to: b, reason: x}\n");
    insta::assert_snapshot!(lines(&found).join("\n"), @r"
    E102 spec.yaml:2:9 `review` must be a mapping, or nothing, not `strict`
    E102 spec.yaml:3:1 `accept` must be a list of entries, not a mapping
    ");
    let found = mistakes_in_files(&[
        ("a.yaml", "version: 1\nreview: {levels: {CW001: note}}\n"),
        ("b.yaml", "version: 1\nreview:\n"),
    ]);
    insta::assert_snapshot!(lines(&found).join("\n"), @"E107 b.yaml:2:1 `review` stands in two files");
}

/// Values of the wrong shape under `rules` are told like all others.
#[test]
fn mistakes_in_rules_have_their_places() {
    let found = with(
        "rules:
  - a word
  - {why: x, because: y, deny: {from: , to: {a: b}, by: , guards: -1}}
  - {why: x, deny: {from: [a, nobody], to: 'tags:x', by: [influence, writes], guards: many, at: most}}
  - {why: [x], deny: a}
  - {name: , why: x, only-through: {from: a, to: b, through: [], guard: nobody}}
  - {why: x, independent: {groups: a}}
  - {why: x, independent: [[], 'kind:agnet']}
  - {why: x, layers: {order: [a, b], flow: sideways, by: write}}
  - {why: x, layers: {flow: up, order: a}}
  - {why: x, limit: {of: a, to: 101%, kind: agents}}
  - {why: x, limit: {of: a, to: '7'}}
  - {why: x, expect: {row: 'kind:agent', influence: {b: one}}}
  - {why: x, expect: {row: [a], influence: b}}
  - {why: x, expect: {influence: [a], read: {nobody: [b]}, steer: {}}}
  - {why: x, expect: {row: a, write: [[b]], read: {b: -1}}}
  - {why: x, expect: all}
  - {name: '', why: x, deny: {from: a, to: b}}
  - {name: \"a\\tb\", why: x, deny: {from: a, to: b}}
",
    );
    insta::assert_snapshot!(lines(&found).join("\n"));
    let found = mistakes("version: 1\nagents: {a: , b: }\nrules: {why: x, deny: {from: a, to: b}}\n");
    insta::assert_snapshot!(lines(&found).join("\n"), @"E102 spec.yaml:3:1 `rules` must be a list of rules, not a mapping");
    let found = mistakes("version: 1\nagents: {a: , b: }\nrules: [{why: x, layers: {flow: up}}]\n");
    insta::assert_snapshot!(
        lines(&found).join("\n"),
        @"E504 spec.yaml:3:18 `layers` has no `order`, and the spec has fewer than two zones"
    );
}

/// An indented example as a spec.
fn example(text: &str) -> String {
    let code = text.lines().filter_map(|line| line.strip_prefix("    "));
    format!("version: 1\n{}\n", code.collect::<Vec<_>>().join("\n"))
}
