//! What the writers make of names, sentences and code that would be more than text.

use super::{Budget, Html, Markdown, Plain, Terminal, markdown, terminal, text};
use crate::model::text::{count, name, phrase, quoted};
use crate::model::{Level, Link, Piece, Place, Rule, Spec, Text, Tone};
use crate::report::document::{
    Block, Document, Fact, Fold, Form, Found, Item, Line, Lines, Part, Proof, Route, Row, Section, Shown,
    Small, Spot, Table,
};

const HOSTILE: [&str; 8] = [
    "@org/team",
    "[x](http://y.z)",
    "a|b",
    "<script>",
    "\u{1b}[31mred\u{202e}",
    "`tick` ``` fence",
    "two\nlines",
    "![i](u) #12 deadbeef1",
];

fn spec(hostile: &str) -> Spec {
    let quoted = serde_json::to_string(hostile).expect("text");
    Spec::from_text("a.yaml", &format!("version: 1\nname: {quoted}\nagents: {{a: }}\n"))
        .or_else(|_| Spec::from_text("a.yaml", "version: 1\nname: n\nagents: {a: }\n"))
        .expect("it is valid")
}

/// All that somebody else may have written.
fn pieces(hostile: &str) -> Text {
    phrase![
        name(hostile),
        " ",
        quoted(hostile),
        " ",
        Piece::Code(hostile.to_owned()),
        " ",
        Piece::Path(hostile.to_owned()),
        " ",
        Piece::Places(hostile.to_owned()),
        " ",
        Piece::Id(hostile.to_owned()),
        " ",
        phrase![name(hostile)].toned(Tone::Dim),
        " ",
        Piece::Passage(hostile.to_owned()),
        Piece::Break,
        phrase![name(hostile)].toned(Tone::Names),
        " ",
        phrase![name(hostile)].toned(Tone::Struck)
    ]
}

fn found(hostile: &str) -> Found {
    Found {
        level: Level::Warning,
        rule: Rule::AcceptanceUnused,
        title: pieces(hostile),
        spot: Some(Spot {
            place: Place { file: 0, start: 11, len: 4 },
            has_column: true,
            beside: Text::default(),
            has_excerpt: true,
            label: Text::default(),
        }),
        causes: vec![pieces(hostile)],
        routes: vec![Route {
            kind: "new",
            path: pieces(hostile),
            cost: pieces(hostile),
            answers: pieces(hostile),
        }],
        proofs: vec![Proof { label: pieces(hostile), path: hostile.to_owned() }],
        details: vec![pieces(hostile)],
        fix: pieces(hostile),
        more: vec![Line::shown(Shown::Everywhere, pieces(hostile))],
    }
}

fn document<'s>(spec: &'s Spec, hostile: &str) -> Document<'s> {
    let mut page = Document::new(spec, 1, pieces(hostile));
    let row = || Row { under: vec![pieces(hostile)], ..Row::of([pieces(hostile), pieces(hostile)]) };
    let grid = |form| Table { form, ..Table::new(["one", "two"], vec![row()]) };
    let section = |form| Section {
        title: pieces(hostile),
        notes: vec![pieces(hostile)],
        table: grid(form),
        after: vec![pieces(hostile)],
        ..Section::default()
    };
    page.blocks = vec![
        Block::Heading(2, pieces(hostile)),
        Block::Paragraph(Text::sentences([pieces(hostile)])),
        Block::List(vec![Item { text: pieces(hostile), under: vec![pieces(hostile)] }]),
        Block::Table(grid(Form::Grid)),
        Block::Section(section(Form::Tasks)),
        Block::Section(section(Form::Items)),
        Block::Found(found(hostile)),
        Block::Lines(Lines { texts: vec![pieces(hostile)], is_close: false }),
        Block::Facts(vec![Fact { head: "about", text: pieces(hostile) }]),
        Block::Alert(Level::Error, vec![pieces(hostile)]),
        Block::Fold(Fold { summary: pieces(hostile), blocks: vec![Block::Prose(pieces(hostile))] }),
        Block::Small(Small::caption(pieces(hostile))),
        Block::Part(Part { level: 3, title: pieces(hostile), blocks: vec![Block::list([pieces(hostile)])] }),
        Block::Small(Small::of([pieces(hostile)])),
    ];
    page
}

#[test]
fn nothing_of_somebody_elses_is_markup_in_markdown() {
    for hostile in HOSTILE {
        let spec = spec(hostile);
        let page = markdown(&document(&spec, hostile));
        // In code nothing is looked at, between backticks or in its element.
        let spans: String = page.split('`').step_by(2).collect();
        let open: String =
            spans.split("<code>").map(|part| part.rsplit("</code>").next().unwrap_or_default()).collect();
        for mark in ["](", "@org", "<script", " #12", "deadbeef1"] {
            assert!(!open.contains(mark), "{hostile:?} brings {mark:?}: {page}");
        }
        assert!(!page.contains(['\u{1b}', '\u{202e}']), "{page}");
        assert!(
            page.lines().all(|line| line.matches('`').count() % 2 == 0),
            "{hostile:?} opens a span: {page}"
        );
        let bars = |line: &str| line.matches('|').count();
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rows.len(), 3, "a head, a line and a row: {page}");
        assert!(rows.iter().all(|row| bars(row) == 3), "{hostile:?} makes cells: {page}");
    }
}

#[test]
fn nothing_of_somebody_elses_steers_a_terminal_or_begins_a_line() {
    for hostile in HOSTILE {
        let spec = spec(hostile);
        let lines = |hostile: &str| terminal(&document(&spec, hostile)).lines().count();
        let page = anstream::adapter::strip_str(&terminal(&document(&spec, hostile))).to_string();
        assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'), "{page}");
        // Names of the same length break paragraphs in the same way.
        let tame = "x".repeat(hostile.chars().count());
        assert!(lines(hostile) <= lines(&tame) + 8, "{hostile:?} makes lines: {page}");
        assert!(!page.lines().any(|line| line == "lines"), "{page}");
    }
}

#[test]
fn nothing_of_somebody_elses_is_a_tag_in_html() {
    for hostile in HOSTILE {
        let page = text(&Html, &spec(hostile), &pieces(hostile));
        let ours = ["<code>", "</code>", "<br>", "<s>", "</s>"];
        let bare = ours.iter().fold(page.clone(), |bare, tag| bare.replace(tag, ""));
        assert!(!bare.contains(['<', '>', '\u{1b}', '\u{202e}']), "{page}");
    }
}

#[test]
fn our_own_words_show_their_signs() {
    let words = phrase!["-W-> writes a_b _c | ", count(2, "entry"), " ", Piece::Number(1000)];
    let spec = spec("n");
    assert_eq!(text(&Plain, &spec, &words), "-W-> writes a_b _c | 2 entries 1,000");
    assert_eq!(text(&Markdown, &spec, &words), "-W-&gt; writes a_b \\_c \\| 2 entries 1,000");
    assert_eq!(text(&Html, &spec, &words), "-W-&gt; writes a_b _c | 2 entries 1,000");
    assert_eq!(text(&Terminal, &spec, &phrase!["x"].toned(Tone::Dim)), "\u{1b}[2mx\u{1b}[0m");
}

#[test]
fn a_sentence_has_a_capital_of_ours_and_one_full_stop() {
    let spec = spec("n");
    let said = |text: Text| super::text(&Markdown, &spec, &Text::sentences([text]));
    assert_eq!(said(phrase!["it is kept for ", quoted("a year")]), "It is kept for a year.");
    assert_eq!(said(phrase!["by ", quoted("human approval.")]), "By human approval.");
    assert_eq!(said(phrase![quoted("example.com"), " it is"]), "example&#46;&#8203;com it is.");
    // What could go on to an address stays as it was.
    assert_eq!(said(phrase![quoted("example."), "com"]), "example&#46;&#8203;com.");
}

#[test]
fn a_page_reads_well_on_both() {
    let spec = spec("n");
    let mut page = Document::new(&spec, 1, phrase!["Title"]);
    let row = |one, two| Row::of([phrase![Piece::Number(one)], phrase![two]]);
    let rows = vec![row(1, "long cell"), row(22, "x")];
    page.blocks = vec![
        Block::Paragraph(phrase!["Words."]),
        Block::Table(Table::new(["a", "b"], rows).headed(60)),
        Block::list([phrase!["one"]]),
        Block::Small(Small::of([phrase!["end"]])),
    ];
    assert_eq!(
        anstream::adapter::strip_str(&terminal(&page)).to_string(),
        "Title\n\nWords.\n   a  b\n   1  long cell\n  22  x\n  one\n\nend\n"
    );
    assert_eq!(
        markdown(&page),
        "# Title\n\nWords.\n\n| a | b |\n|:--|:--|\n| 1 | long cell |\n| 22 | x |\n\n- one\n\n<sub>end</sub>\n"
    );
}

#[test]
fn a_finding_is_a_message_on_a_terminal_and_an_item_on_a_page() {
    let spec = spec("n");
    let mut page = Document::new(&spec, 1, Text::default());
    let proof = |label, path: &str| Proof { label: phrase![label], path: path.to_owned() };
    page.blocks = vec![
        Block::Found(Found {
            title: phrase!["it is so"],
            causes: Vec::new(),
            routes: Vec::new(),
            proofs: vec![proof("first", "a -W-> b"), proof("the second", "b -I-> c")],
            details: vec![phrase!["a detail"]],
            fix: phrase!["write ", Piece::Code("read".to_owned())],
            more: vec![
                Line::shown(Shown::OnTerminal, phrase!["help"]),
                Line::shown(Shown::OnPage, phrase!["id"]),
            ],
            ..found("n")
        }),
        Block::Lines(Lines { texts: vec![phrase!["one"]], is_close: true }),
        Block::Part(Part {
            level: 3,
            title: phrase!["Part"],
            blocks: vec![Block::Heading(2, phrase!["Below"])],
        }),
        Block::Heading(2, phrase!["Beside"]),
    ];
    assert_eq!(
        anstream::adapter::strip_str(&terminal(&page)).to_string(),
        "warning[CW011]: it is so\n --> a.yaml:2:1\n  |\n2 | name: \"n\"\n  | ^^^^\n  |\n  = first       a -W-> b\n  = the second  \
         b -I-> c\n  = a detail\n  = fix: write `read`\n  = help\none\n\nPart\n\nBelow\n\nBeside\n"
    );
    assert_eq!(
        markdown(&page),
        "### warning CW011: it is so\n\n- at `a.yaml:2`\n- first: `a -W-> b`\n- the second: `b -I-> c`\n- a detail\n- **fix**: \
         write `read`\n- id\n\none\n\n### Part\n\n#### Below\n\n## Beside\n\n"
    );
}

#[test]
fn a_comment_has_its_mark_its_links_and_what_it_folds() {
    let spec = spec("n");
    let link = Link {
        text: "a.yaml:2".to_owned(),
        site: "https://example.com/a) b/".to_owned(),
        path: "x--> .yaml".to_owned(),
        line: 2,
    };
    let page = Document {
        marker: Some("a--> b".to_owned()),
        blocks: vec![
            Block::Alert(Level::Warning, vec![phrase![phrase![name("n")].toned(Tone::Names), " is it"]]),
            Block::Table(Table { centered: &[1], keeps_heads: true, ..Table::new(["a", "b"], Vec::new()) }),
            Block::Fold(Fold {
                summary: phrase!["more (", count(1, "thing"), ")"],
                blocks: vec![Block::list([phrase!["at ", Piece::Link(link)]])],
            }),
            Block::Small(Small::caption(phrase![phrase!["1"].toned(Tone::Struck), "\u{a0}2"])),
        ],
        ..Document::new(&spec, 3, phrase!["Title"])
    };
    assert_eq!(
        markdown(&page),
        "<!-- crabwalk:a-%2D%3E%20b -->\n### Title\n\n> [!WARNING]\n> `n` is it\n\n| a | b |\n|:--|:-:|\n\n<details>\n<summary>more (1 \
         thing)</summary>\n\n- at [`a.yaml:2`](https://example.com/a%29%20b/x-%2D%3E%20.yaml#L2)\n\n</details>\n\n<sub>~~1~~&nbsp;2</sub>\n"
    );
    assert_eq!(
        anstream::adapter::strip_str(&terminal(&page)).to_string(),
        "Title\n\nn is it\n\nmore (1 thing)\n  at a.yaml:2\n\n1\u{a0}2\n"
    );
}

#[test]
fn a_budget_is_kept_to_the_byte_by_the_first_version_that_fits() {
    let spec = spec("n");
    let of = |words: &'static str| vec![Block::Paragraph(phrase![words])];
    let budget = || Budget::of(Document::new(&spec, 1, phrase!["Title"]));
    let (long, short) = ("a paragraph of many words", "few words");
    let with = |most: usize| {
        let mut page = budget();
        let is_put = page.put_within(most, [of(long), of(short)]);
        page.put(of("end"));
        (is_put, markdown(&page.page()))
    };
    let whole = |words: &str| format!("# Title\n\n{words}\n\nend\n");
    // What sets a part off from the next one belongs to it.
    let room = |words: &str| whole(words).len() - "end\n".len();
    assert_eq!(with(room(long)), (true, whole(long)));
    assert_eq!(with(room(long) - 1), (true, whole(short)));
    assert_eq!(with(room(short)), (true, whole(short)));
    assert_eq!(with(room(short) - 1), (false, "# Title\n\nend\n".to_owned()));
    assert_eq!(budget().used(), "# Title\n\n".len());
}
