//! Writing an acceptance into the text of a spec: where it goes in every layout, that no other byte changes, and that what was
//! written is read back.

use crabwalk::language::{EditError, NewAcceptance, has_acceptances, insert_acceptance};
use crabwalk::model::{Accepted, Rule, Spec, Verb, date_from_text};
use proptest::prelude::*;

/// An acceptance of a pair.
fn pair(from: &str, to: &str) -> NewAcceptance {
    let what = Accepted::Pair { from: from.to_owned(), to: to.to_owned() };
    NewAcceptance { what, reason: "it is so".to_owned(), owner: None, ticket: None, expires: None }
}

/// The text with an entry for `u` and `m`.
fn added(text: &str) -> Result<String, EditError> {
    insert_acceptance("spec.yaml", text, &pair("u", "m"))
}

const ENTRY: &str = "{from: u, to: m, reason: \"it is so\"}";
const JSON: &str = "{\"from\": \"u\", \"to\": \"m\", \"reason\": \"it is so\"}";

/// Texts before and after. `§` stands for the entry, `¤` for the entry as JSON.
fn check(cases: &[(&str, &str)]) {
    for (before, after) in cases {
        let after = after.replace('§', ENTRY).replace('¤', JSON);
        match added(before) {
            Ok(found) => assert_eq!(found, after, "from {before:?}"),
            Err(problem) => panic!("{before:?}: {problem}"),
        }
    }
}

/// [`check`] below a version, with what `ONE` stands for.
fn check_items(one: &str, cases: &[(&str, &str)]) {
    for (before, after) in cases {
        let whole = |text: &str| format!("version: 1\n{}", text.replace("ONE", one));
        check(&[(&whole(before), &whole(after))]);
    }
}

#[test]
fn a_key_is_added_at_the_end_where_there_is_none() {
    check(&[
        ("version: 1\n", "version: 1\naccept:\n  - §\n"),
        ("version: 1", "version: 1\naccept:\n  - §"),
        ("version: 1\nsinks:", "version: 1\nsinks:\naccept:\n  - §"),
        ("version: 1\r\nsinks:\r\n", "version: 1\r\nsinks:\r\naccept:\r\n  - §\r\n"),
        ("version: 1\r\nsinks:", "version: 1\r\nsinks:\r\naccept:\r\n  - §"),
        ("version: 1\n# the end\n\n", "version: 1\n# the end\n\naccept:\n  - §\n"),
        ("version: 1 # the end", "version: 1 # the end\naccept:\n  - §"),
        ("\u{feff}version: 1\n", "\u{feff}version: 1\naccept:\n  - §\n"),
        ("---\nversion: 1\n...\n# after\n", "---\nversion: 1\naccept:\n  - §\n...\n# after\n"),
        ("version: 1\n...", "version: 1\naccept:\n  - §\n..."),
        ("%YAML 1.2\n---\nversion: 1\n", "%YAML 1.2\n---\nversion: 1\naccept:\n  - §\n"),
        ("  version: 1\n  sinks:\n", "  version: 1\n  sinks:\n  accept:\n    - §\n"),
        ("\u{feff}  version: 1\n", "\u{feff}  version: 1\n  accept:\n    - §\n"),
        (
            "version: 1\ndescription: |+\n  text\n\n\n",
            "version: 1\ndescription: |+\n  text\n\n\naccept:\n  - §\n",
        ),
        ("version: 1\ndescription: |\n  text", "version: 1\ndescription: |\n  text\naccept:\n  - §"),
        ("version: 1\nname: a\n b\n", "version: 1\nname: a\n b\naccept:\n  - §\n"),
    ]);
}

#[test]
fn an_item_is_added_below_the_last_one() {
    let one = "{from: a, to: b, reason: x}";
    let cases = [
        ("accept:\n  - ONE\n", "accept:\n  - ONE\n  - §\n"),
        ("accept:\n- ONE\n", "accept:\n- ONE\n- §\n"),
        ("accept:\n- ONE", "accept:\n- ONE\n- §"),
        ("accept:\n      - ONE\n", "accept:\n      - ONE\n      - §\n"),
        ("accept:\r\n  - ONE\r\nsinks:\r\n", "accept:\r\n  - ONE\r\n  - §\r\nsinks:\r\n"),
        (
            "accept:\n  - ONE  # why\n\n# the sinks\nsinks:\n",
            "accept:\n  - ONE  # why\n  - §\n\n# the sinks\nsinks:\n",
        ),
        ("\"accept\":\n  -   ONE\nsinks:\n", "\"accept\":\n  -   ONE\n  - §\nsinks:\n"),
        ("accept: &these\n  - ONE\n", "accept: &these\n  - ONE\n  - §\n"),
        ("accept: !!seq\n- ONE\n", "accept: !!seq\n- ONE\n- §\n"),
        (
            "accept: # all of it\n  # the first\n  - ONE\n",
            "accept: # all of it\n  # the first\n  - ONE\n  - §\n",
        ),
        (
            "accept:\n  - from: a\n    to: b\n    reason: x\nsinks:\n",
            "accept:\n  - from: a\n    to: b\n    reason: x\n  - §\nsinks:\n",
        ),
        (
            "accept:\n  -\n    from: a\n    to: b\n    reason:\n      'x\n      y'\nsinks:\n",
            "accept:\n  -\n    from: a\n    to: b\n    reason:\n      'x\n      y'\n  - §\nsinks:\n",
        ),
        (
            "accept:\n- from: a\n  to: b\n  reason: |\n    x\n    # no comment\n\n\nsinks:\n",
            "accept:\n- from: a\n  to: b\n  reason: |\n    x\n    # no comment\n- §\n\n\nsinks:\n",
        ),
        (
            "accept:\n- from: a\n  to: b\n  reason: |+\n    x\n\n\nsinks:\n",
            "accept:\n- from: a\n  to: b\n  reason: |+\n    x\n\n\n- §\nsinks:\n",
        ),
        (
            "accept:\n- from: a\n  to: b\n  reason: >-\n    x\n...\n",
            "accept:\n- from: a\n  to: b\n  reason: >-\n    x\n- §\n...\n",
        ),
        ("accept:\n  - &it ONE\nsinks:\n", "accept:\n  - &it ONE\n  - §\nsinks:\n"),
    ];
    check_items(one, &cases);
}

#[test]
fn an_item_is_added_inside_of_brackets() {
    let one = "{from: a, to: b, reason: x}";
    let cases = [
        ("accept: []\n", "accept: [§]\n"),
        ("accept: [ ] # none\n", "accept: [§ ] # none\n"),
        ("accept: [\n  ]\n", "accept: [§\n  ]\n"),
        ("accept: [ONE]\nsinks:\n", "accept: [ONE, §]\nsinks:\n"),
        ("accept: [ONE, ]\n", "accept: [ONE, § ]\n"),
        ("accept: [ ONE ]\n", "accept: [ ONE, § ]\n"),
        ("accept: [\n  ONE\n]\n", "accept: [\n  ONE,\n  §\n]\n"),
        ("accept: [\n    ONE,\n  ]\n", "accept: [\n    ONE,\n    §,\n  ]\n"),
        ("accept: [\r\n  ONE,\r\n]\r\n", "accept: [\r\n  ONE,\r\n  §,\r\n]\r\n"),
        (
            "accept: [\n  ONE, # why, though\n  # all, so far\n]\n",
            "accept: [\n  ONE, # why, though\n  §,\n  # all, so far\n]\n",
        ),
        ("accept: [\n  ONE # why\n]\n", "accept: [\n  ONE # why\n  , §\n]\n"),
        ("accept: [ONE,\n  # that was it\n]\n", "accept: [ONE, §\n  # that was it\n]\n"),
        ("accept:\n  [ONE]\nsinks:\n", "accept:\n  [ONE, §]\nsinks:\n"),
    ];
    check_items(one, &cases);
}

#[test]
fn a_key_without_a_list_gets_one() {
    check(&[
        ("version: 1\naccept:\n", "version: 1\naccept:\n  - §\n"),
        ("version: 1\naccept:", "version: 1\naccept:\n  - §"),
        ("version: 1\naccept:   # none yet\nsinks:\n", "version: 1\naccept:   # none yet\n  - §\nsinks:\n"),
        ("accept:\nversion: 1\n", "accept:\n  - §\nversion: 1\n"),
        ("  version: 1\n  'accept' :\n", "  version: 1\n  'accept' :\n    - §\n"),
        ("version: 1\naccept: ~\n", "version: 1\naccept: [§]\n"),
        ("version: 1\naccept: null # none\nsinks:\n", "version: 1\naccept: [§] # none\nsinks:\n"),
        ("{version: 1, accept: , sinks: }", "{version: 1, accept: [§] , sinks: }"),
        ("{version: 1, accept: ~}", "{version: 1, accept: [§]}"),
    ]);
}

#[test]
fn a_spec_in_brackets_stays_in_brackets_and_json_stays_json() {
    check(&[
        ("{version: 1}\n", "{version: 1, accept: [§]}\n"),
        ("{version: 1, sinks: }", "{version: 1, sinks:, accept: [§] }"),
        ("--- {version: 1,}\n", "--- {version: 1, accept: [§]}\n"),
        (
            "{\n  version: 1, # one\n  sinks: {} # none\n}\n",
            "{\n  version: 1, # one\n  sinks: {} # none\n  , accept: [§]\n}\n",
        ),
        ("{\"version\": 1}", "{\"version\": 1, \"accept\": [¤]}"),
        (
            "{\n    \"version\": 1,\n    \"sinks\": {}\n}\n",
            "{\n    \"version\": 1,\n    \"sinks\": {},\n    \"accept\": [¤]\n}\n",
        ),
        (
            "{\n  \"accept\": [\n    {\"from\": \"a\", \"to\": \"b\", \"reason\": \"x\"}\n  ],\n  \"version\": 1\n}\n",
            "{\n  \"accept\": [\n    {\"from\": \"a\", \"to\": \"b\", \"reason\": \"x\"},\n    ¤\n  ],\n  \"version\": 1\n}\n",
        ),
        ("{\"version\": 1, \"accept\": []}", "{\"version\": 1, \"accept\": [¤]}"),
        ("{\"version\": 1, \"accept\": null}", "{\"version\": 1, \"accept\": [¤]}"),
    ]);
    let json = added("{\"version\": 1, \"accept\": []}").expect("there is a place");
    let read: serde_json::Value = serde_json::from_str(&json).expect("it is JSON still");
    assert_eq!(read["accept"][0]["reason"], "it is so");
}

#[test]
fn what_cannot_be_edited_is_refused_with_a_way_out() {
    let refused = |text: &str| added(text).expect_err(text);
    let alias = "version: 1\nx: &list [{from: a, to: b, reason: x}]\naccept: *list\n";
    // `x` is no key of a spec, so that an alias of a list needs another home.
    assert!(matches!(refused(alias), EditError::Spec(_)));
    let alias = "version: 1\nagents: {a: {tags: &none []}}\naccept: *none\n";
    assert!(matches!(refused(alias), EditError::Indirect { .. }), "{:?}", refused(alias));
    let merged = "version: 1\n<<: {accept: [{from: a, to: b, reason: x}]}\n";
    assert!(matches!(refused(merged), EditError::Indirect { .. }));
    let shared = "version: 1\naccept: &none []\nagents: {a: {tags: *none}}\n";
    let problem = refused(shared);
    assert!(matches!(problem, EditError::Layout { .. }));
    assert!(problem.help().contains(ENTRY), "{}", problem.help());
    assert!(matches!(refused("{version: 1, accept}"), EditError::Layout { .. }));
    for wrong in ["", "version: 1\naccept: {}\n", "version: 1\nagents: [\n", "version: 2\n"] {
        assert!(matches!(refused(wrong), EditError::Spec(_)), "{wrong}");
    }
    let present = refused("version: 1\n\naccept:\n  - {from: u, to: m, reason: other}\n");
    assert_eq!(present.to_string(), "this is accepted already, at spec.yaml:4");
    assert!(!present.help().is_empty());
}

#[test]
fn entries_that_no_spec_can_hold_are_refused() {
    let with = |change: fn(&mut NewAcceptance)| {
        let mut new = pair("u", "m");
        change(&mut new);
        let problem = insert_acceptance("spec.yaml", "version: 1\n", &new).expect_err("it is wrong");
        assert!(!problem.help().is_empty());
        assert_eq!(new.entry().expect_err("it is wrong").to_string(), problem.to_string());
        problem.to_string()
    };
    assert_eq!(with(|new| new.reason = " \t".to_owned()), "`reason` says nothing");
    let breaks = "`reason` holds a line break or another control character";
    assert_eq!(with(|new| new.reason = "a\nb".to_owned()), breaks);
    assert_eq!(with(|new| new.reason = "a\u{1b}[31m".to_owned()), breaks);
    assert_eq!(with(|new| new.reason = "a\u{2028}b".to_owned()), breaks);
    assert_eq!(with(|new| new.owner = Some(String::new())), "`owner` says nothing");
    assert_eq!(
        with(|new| new.ticket = Some("\r".to_owned() + "x")),
        "`ticket` holds a line break or another control character"
    );
    let named = |from: &str| insert_acceptance("spec.yaml", "version: 1\n", &pair(from, "m"));
    for name in ["", "a\nb", "zone:core"] {
        let problem = named(name).expect_err(name);
        assert!(matches!(problem, EditError::Entry { .. }), "{name:?}: {problem}");
    }
    assert_eq!(named("zone:core").expect_err("a selector").to_string(), "a name cannot begin with `zone:`");
    let short = with(|new| new.what = Accepted::Finding { rule: Rule::NewPath, hash: "12".to_owned() });
    assert_eq!(short, "`CW005:12` is not a finding");
}

#[test]
fn entries_are_quoted_where_they_have_to_be() {
    let entry = |new: &NewAcceptance| new.entry().expect("a spec can hold it");
    let mut new = pair("support-bot", "a: b");
    new.reason = "  \"quoted\" \\ # `x` – ünïcode 🦀 ".to_owned();
    new.owner = Some("no".to_owned());
    new.ticket = Some("SEC-123".to_owned());
    new.expires = date_from_text("2027-03-01");
    assert_eq!(
        entry(&new),
        "{from: support-bot, to: \"a: b\", reason: \"\\\"quoted\\\" \\\\ # `x` – ünïcode 🦀\", owner: \"no\", ticket: SEC-123, \
         expires: 2027-03-01}"
    );
    let edge = Accepted::Edge { from: "007".to_owned(), verb: Verb::Invoke, to: "*all".to_owned() };
    assert_eq!(
        entry(&NewAcceptance { what: edge, ..pair("", "") }),
        "{edge: {from: \"007\", verb: invoke, to: \"*all\"}, reason: \"it is so\"}"
    );
    let finding = Accepted::finding("CW001:9F3C2E1A5B7D4C60").expect("it is one");
    assert_eq!(
        entry(&NewAcceptance { what: finding, ..pair("", "") }),
        "{finding: \"CW001:9f3c2e1a5b7d4c60\", reason: \"it is so\"}"
    );
    let hidden = entry(&pair("a\u{202e}b", "c\u{feff}"));
    assert_eq!(hidden, "{from: \"a\\u202eb\", to: \"c\\ufeff\", reason: \"it is so\"}");
}

#[test]
fn the_key_is_found_wherever_it_stands() {
    for text in ["accept:\nversion: 1\n", "version: 1\n'accept': []\n", "{\"version\": 1, \"accept\": []}"] {
        assert!(has_acceptances(text), "{text}");
    }
    for text in
        ["version: 1\n", "version: 1\nagents: {accept: {}}\n", "# accept:\nversion: 1\nname: accept\n", ""]
    {
        assert!(!has_acceptances(text), "{text}");
    }
}

/// Names and sentences of all sorts. What no name can be is left out.
fn text() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "'",
        "\"",
        "\\",
        "#",
        " #",
        ": ",
        ":",
        ",",
        "[",
        "]",
        "{",
        "}",
        "&",
        "*",
        "!",
        "%",
        "@",
        "`",
        "|",
        ">",
        "-",
        "- ",
        "?",
        "~",
        "null",
        "true",
        "1e3",
        "0x1f",
        "007",
        "é",
        "漢",
        "🦀",
        "\u{202e}",
        "\u{feff}",
        "\u{200b}",
        "<!--",
        "---",
        "...",
        "a",
        "b",
        "word",
        " ",
        "=",
        "<<",
        "$",
        "\u{fffd}",
        "\u{1f3f4}\u{e0067}",
    ]);
    prop::collection::vec(hostile, 1..6).prop_map(|parts| parts.concat().trim().to_owned()).prop_filter(
        "a text that is no selector",
        |text| {
            !text.is_empty()
                && !["zone:", "tag:", "kind:", "type:"].iter().any(|prefix| text.starts_with(prefix))
        },
    )
}

fn what() -> impl Strategy<Value = Accepted> {
    prop_oneof![
        (text(), text()).prop_map(|(from, to)| Accepted::Pair { from, to }),
        (text(), prop::sample::select(Verb::ALL), text()).prop_map(|(from, verb, to)| Accepted::Edge {
            from,
            verb,
            to
        }),
        (prop::sample::select(Rule::ALL), any::<u64>())
            .prop_map(|(rule, hash)| Accepted::Finding { rule, hash: format!("{hash:016x}") }),
        text().prop_filter_map("a path", |path| Accepted::spec(&path)),
    ]
}

fn acceptance() -> impl Strategy<Value = NewAcceptance> {
    let day = prop::option::of((1900_u32..9999, 1_u32..13, 1_u32..29));
    let optional = || prop::option::of(text());
    (what(), text(), optional(), optional(), day).prop_map(|(what, reason, owner, ticket, day)| {
        let day = day.map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
        NewAcceptance { what, reason, owner, ticket, expires: day.and_then(|day| date_from_text(&day)) }
    })
}

/// What can stand under the key `accept`, with its indentation relative to the key. `I` is an item's indentation.
const LISTS: &[&str] = &[
    "",
    "accept:\n",
    "accept: # none\n",
    "accept: []\n",
    "'accept': [ ]\n",
    "accept:\nI- {from: p, to: q, reason: x}\n",
    "accept:\nI- {from: p, to: q, reason: x} # one\n\nI# two\nI- {from: q, to: p, reason: 'x, y'}\n",
    "accept:\nI- from: p\nI  to: q\nI  reason: >\nI    x\nI    y\n\n",
    "accept:\nI- from: p\nI  to: q\nI  reason: |+\nI   # x\n\n\n",
    "accept: [\nJ{from: p, to: q, reason: x},\nJ{from: q, to: p, reason: x}]\n",
    "accept: [\nJ{from: p, to: q, reason: x}, # one\nJ# two\nJ]\n",
    "accept: [\nJ{from: p, to: q, reason: x} # one\nJ]\n",
    "accept: &all [{from: p, to: q, reason: \"#]\"}]\n",
];

/// What can stand before and after.
const PIECES: &[&str] = &[
    "agents: {a: {description: 'é #'}}\n",
    "stores:\n  s: # a store\n    description: |\n      text\n      # more\n\n",
    "# a comment\n",
    "\n",
    "sinks:\n",
    "   # an indented comment\n",
    "description: >+\n  folded\n\n\n",
    "tools: {\n  t: }\n",
];

/// The spec of a file in lines: pieces in any order around the list, indented, with either line break and any ending.
fn in_lines() -> impl Strategy<Value = String> {
    let pieces = prop::sample::subsequence(PIECES.to_vec(), 0..=PIECES.len()).prop_shuffle();
    let list = (prop::sample::select(LISTS), any::<prop::sample::Index>(), 0_usize..4, 1_usize..4);
    let frame = (0_usize..3, prop::bool::ANY, prop::bool::ANY, prop::bool::ANY, 0_usize..4);
    (pieces, list, frame).prop_map(|(mut pieces, (list, at, item, inner), frame)| {
        let (indent, begins, windows, marked, ends) = frame;
        let list = list.replace('I', &" ".repeat(item)).replace('J', &" ".repeat(inner));
        pieces.insert(at.index(pieces.len() + 1), &list);
        let text = format!("version: 1\n{}", pieces.concat());
        let lines = text.split_inclusive('\n').map(|line| match line {
            "\n" => line.to_owned(),
            _ => format!("{}{line}", " ".repeat(indent)),
        });
        let text: String = lines.collect();
        let text = match ends {
            0 => text,
            1 => text.strip_suffix('\n').unwrap_or(&text).to_owned(),
            2 => format!("{text}...\n# after the end\n"),
            _ => format!("{text}# the end"),
        };
        let text = format!("{}{text}", if begins { "---\n" } else { "" });
        let text = if windows { text.replace('\n', "\r\n") } else { text };
        format!("{}{text}", if marked { "\u{feff}" } else { "" })
    })
}

/// The spec of a file in brackets, with blanks, line breaks and comments anywhere between the words.
fn in_brackets() -> impl Strategy<Value = String> {
    let blank = prop::sample::select(vec!["", " ", "\n", "\n  ", " # a, comment\n    ", "\r\n\t"]);
    let blanks = prop::collection::vec(blank, 12);
    let list = prop::sample::select(vec![
        vec![],
        vec!["accept:", " [", "]"],
        vec!["accept:", " ["],
        vec!["\"accept\":", " [", "{from: p, to: q, reason: '#'}", "]"],
        vec!["accept:", " [", "{from: p, to: q, reason: x}", ",", "{from: q, to: p, reason: x}", ",", "]"],
    ]);
    let head = prop::sample::select(vec!["version: 1", "\"version\": 1"]);
    (head, list, blanks, prop::bool::ANY, prop::bool::ANY).prop_map(
        |(head, mut list, blanks, comma, last)| {
            if list.len() == 2 {
                // The key without a value.
                list.pop();
            }
            let mut words = vec!["{", head, ","];
            if last && !list.is_empty() {
                words.extend(["agents: {a: }", ","]);
            }
            let is_empty = list.is_empty();
            words.extend(list);
            if is_empty && !comma {
                words.pop();
            } else if comma && !is_empty {
                words.push(",");
            }
            words.push("}");
            let joined =
                words.iter().zip(blanks.iter().cycle()).map(|(word, blank)| format!("{word}{blank}"));
            joined.collect::<String>().trim_end().to_owned() + "\n"
        },
    )
}

/// Whether taking one stretch out of a text gives the other.
fn is_one_insertion(before: &str, after: &str) -> bool {
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let same = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    let rest = before.len() - same;
    after.len() > before.len() && before[same..] == after[after.len() - rest..]
}

/// The spec without places.
fn said(spec: &Spec) -> String {
    let nodes: Vec<_> = spec.nodes.iter().map(|(name, node)| (name, node.kind, &node.declared)).collect();
    format!("{:?} {:?} {nodes:?} {}", spec.name, spec.description, spec.edges.len())
}

/// What holds for every edit that is made.
fn holds(text: &str, new: &NewAcceptance) -> Result<(), TestCaseError> {
    let before =
        Spec::from_text("spec.yaml", text).map_err(|found| TestCaseError::reject(found.to_string()))?;
    let after = insert_acceptance("spec.yaml", text, new)
        .map_err(|problem| TestCaseError::fail(format!("{problem} {}", problem.help())))?;
    prop_assert!(is_one_insertion(text, &after), "{text:?} became {after:?}");
    let read =
        Spec::from_text("spec.yaml", &after).map_err(|found| TestCaseError::fail(found.to_string()))?;
    prop_assert_eq!(said(&before), said(&read));
    let Some((last, others)) = read.accept.split_last() else {
        return Err(TestCaseError::fail("the entry is not there"));
    };
    let entries = |all: &[crabwalk::model::Acceptance]| -> Vec<_> {
        all.iter().map(|one| (one.what.clone(), one.reason.clone(), one.expires)).collect()
    };
    prop_assert_eq!(entries(&before.accept), entries(others));
    prop_assert_eq!(&last.what, &new.what);
    prop_assert_eq!(&last.reason, &new.reason);
    prop_assert_eq!((&last.owner, &last.ticket, last.expires), (&new.owner, &new.ticket, new.expires));
    // The second one finds the same place.
    let again = insert_acceptance("spec.yaml", &after, new).expect_err("it is there already");
    prop_assert!(matches!(again, EditError::Present { .. }), "{again}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 100_000, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn no_other_byte_changes_in_a_spec_in_lines(text in in_lines(), new in acceptance()) {
        holds(&text, &new)?;
    }

    #[test]
    fn no_other_byte_changes_in_a_spec_in_brackets(text in in_brackets(), new in acceptance()) {
        holds(&text, &new)?;
    }

    /// Whatever the text is, nothing panics, and what comes out is right.
    #[test]
    fn any_text_is_edited_rightly_or_refused(
        text in in_lines(),
        cut in any::<prop::sample::Index>(),
        noise in prop::sample::select(vec!["", "accept:", "  ", "- ", "[", "}", "#", "\t", "&x ", "*x", "? ", "|", "'", "\r"]),
    ) {
        let mut at = cut.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let text = format!("{}{noise}{}", &text[..at], &text[at..]);
        if let Ok(after) = added(&text) {
            prop_assert!(is_one_insertion(&text, &after) || text.contains('~'));
            let accepted = Spec::from_text("spec.yaml", &after).map(|spec| spec.accept.len());
            let before = Spec::from_text("spec.yaml", &text).map(|spec| spec.accept.len());
            if let (Ok(before), Ok(after)) = (before, accepted) {
                prop_assert_eq!(before + 1, after);
            }
        }
    }
}
