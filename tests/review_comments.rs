//! The comment on a pull request: whatever names and texts hold, they stay text (checked by a parser of somebody else's), and
//! whatever the size of a change, the comment can be posted and the picture drawn.

#[path = "support/review_pages.rs"]
#[expect(dead_code, reason = "fixtures are for the snapshots")]
mod review_pages;

use std::collections::BTreeSet;

use crabwalk::report::review::{Context, markdown, mermaid};
use crabwalk::review::Review;
use crabwalk::spec::Level;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use review_pages::{HOSTILE, context, judge, spec};

/// What hosts take is 65,536 characters.
const MOST: usize = 60_000;

/// More names that are something else to Markdown, to a shell or to a host.
const MORE_HOSTILE: [&str; 32] = [
    "$(id)",
    "&lt;b&gt;",
    "&#64;everyone",
    "a\u{200b}b",
    "- [ ] task",
    "1. one",
    "# heading",
    "> quote",
    "    code",
    "---",
    "\\",
    "![x](https://evil.example/x.png)",
    "[ref]: https://evil.example",
    "<https://evil.example>",
    "user@evil.example",
    "${{ secrets.TOKEN }}",
    "%0A::error::x",
    "acme/agents#7",
    ":tada:",
    "</summary>",
    "</sub>",
    "</code>@everyone",
    "`` @everyone ``",
    "*",
    "_a_",
    "a__b__c",
    "~~~",
    "|",
    "\\|",
    "🦀",
    "שלום",
    "9f3c2e1",
];

/// What a reader sees of a comment, and what it is made of.
#[derive(Debug, Default)]
struct Page {
    /// Text outside of code: where hosts look for mentions, references and addresses.
    prose: String,
    /// All text, code too.
    all: String,
    /// Targets of links.
    links: Vec<String>,
    images: usize,
    /// Markup as it stands.
    html: Vec<String>,
    /// Languages of the blocks of code.
    blocks: Vec<String>,
    tables: usize,
}

fn read(comment: &str) -> Page {
    let mut page = Page::default();
    let (mut is_code, mut is_block) = (false, false);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(comment, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => page.links.push(dest_url.to_string()),
            Event::Start(Tag::Image { .. }) => page.images += 1,
            Event::Start(Tag::Table(_)) => page.tables += 1,
            Event::Start(Tag::CodeBlock(kind)) => {
                is_block = true;
                let language = if let CodeBlockKind::Fenced(language) = kind {
                    language.to_string()
                } else {
                    String::new()
                };
                page.blocks.push(language);
            }
            Event::End(TagEnd::CodeBlock) => is_block = false,
            Event::Html(markup) | Event::InlineHtml(markup) => {
                match &*markup {
                    "<code>" => is_code = true,
                    "</code>" => is_code = false,
                    _ => {}
                }
                page.html.push(markup.to_string());
            }
            Event::Code(text) => page.all += &text,
            Event::Text(text) => {
                page.all += &text;
                if !is_code && !is_block {
                    page.prose += &text;
                }
            }
            // Between two pieces of text nothing joins them.
            Event::SoftBreak | Event::HardBreak | Event::End(_) => {
                page.prose.push('\n');
                page.all.push('\n');
            }
            Event::TaskListMarker(_) => panic!("a task"),
            _ => {}
        }
    }
    page
}

/// The tags in some markup.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag)).collect()
}

/// Everything that makes a comment one: its own markup alone, whole, and nothing in it that a host would act on.
fn assert_inert(comment: &str, context: &Context) -> Page {
    assert!(comment.len() <= MOST && comment.chars().count() <= MOST, "{} bytes", comment.len());
    let page = read(comment);
    let link = context.link.as_deref().unwrap_or("none");
    assert!(page.links.iter().all(|target| target.starts_with(&format!("{link}/"))), "{:?}", page.links);
    assert_eq!(page.images, 0);

    let (marker, rest) = comment.split_once('\n').expect("the marker has a line of its own");
    assert!(marker.starts_with("<!-- crabwalk:") && marker.ends_with(" -->"), "{marker}");
    assert_eq!(marker.matches("--").count(), 2, "{marker}");
    let tags: Vec<&str> = page.html.iter().skip(1).flat_map(|markup| tags(markup)).collect();
    let ours = ["details", "/details", "summary", "/summary", "sub", "/sub", "code", "/code"];
    assert!(tags.iter().all(|tag| ours.contains(tag)), "{tags:?}");
    for tag in ["details", "summary", "sub", "code"] {
        let (open, closed) = (format!("<{tag}>"), format!("</{tag}>"));
        let all: String = page.html.concat();
        assert_eq!(all.matches(&open).count(), all.matches(&closed).count(), "{tag}");
    }
    assert!(
        page.blocks.iter().all(|language| ["mermaid", "yaml", "text"].contains(&&**language)),
        "{:?}",
        page.blocks
    );
    assert_rows(rest);
    assert_nothing_for_hosts(&page.prose);
    page
}

/// Every row of a table has the cells of its head: a bar in a name is none.
fn assert_rows(comment: &str) {
    let mut columns = None;
    let mut is_block = false;
    for line in comment.lines() {
        is_block ^= line.starts_with("```");
        let bars = line.matches('|').count();
        match columns {
            _ if is_block || !line.starts_with('|') => columns = None,
            None => columns = Some(bars),
            Some(columns) => assert_eq!(bars, columns, "{line}"),
        }
    }
}

/// No mention, no reference to an issue or a commit, no address, no emoji by name, no formula.
fn assert_nothing_for_hosts(prose: &str) {
    let letters: Vec<char> = prose.chars().collect();
    for pair in letters.windows(2) {
        assert!(!(pair[0] == '@' && pair[1].is_alphanumeric()), "a mention in {prose}");
        assert!(!(pair[0] == '#' && pair[1].is_ascii_digit()), "a reference in {prose}");
        assert!(!(pair[0] == ':' && pair[1].is_alphabetic()), "an emoji in {prose}");
    }
    let lower = prose.to_lowercase();
    for sign in ["://", "www.evil", "gh-7", "$math$", "evil.example"] {
        assert!(!lower.contains(sign), "{sign} in {prose}");
    }
    let is_commit = |word: &str| {
        word.len() >= 7
            && word.chars().all(|c| c.is_ascii_hexdigit())
            && word.contains(|c: char| c.is_ascii_digit())
    };
    assert!(!prose.split(|c: char| !c.is_alphanumeric()).any(is_commit), "a commit in {prose}");
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is a string")
}

/// Every name and every free text of both specs is hostile: nodes, zones, guards, attributes, acceptances, files.
fn hostile(names: &[&str]) -> Review {
    let text = |is_head: bool| {
        let (one, other) = (quoted("low|`@x` --> </details>"), quoted("<b>high</b> | #1"));
        let guard = quoted("</code>|@guard");
        let mut text =
            format!("version: 1\nzones: {{{one}: {{}}, {other}: {{}}}}\nguards: {{{guard}: {{}}}}\n");
        text += "accept:\n";
        for (at, name) in names.iter().enumerate().take(names.len() / 2) {
            let reason =
                quoted(&format!("line one\nline two {name} @everyone #1 https://evil.example </details>"));
            let (to, owner, ticket) = (quoted(name), quoted(&format!("@{name}")), quoted(&format!("#{at}")));
            text +=
                &format!("  - {{from: hub, to: {to}, reason: {reason}, owner: {owner}, ticket: {ticket}}}\n");
        }
        text += &format!(
            "agents:\n  hub:\n    zone: {one}\n    model: {}\n",
            quoted(names[usize::from(is_head)])
        );
        if is_head {
            text += "    write:\n";
            for name in names {
                text += &format!("      - {{target: {}, guards: {guard}}}\n", quoted(name));
            }
        }
        for name in names {
            let sensitivity = if is_head { "internal" } else { "secret" };
            text += &format!("  {}: {{zone: {other}, sensitivity: {sensitivity}}}\n", quoted(name));
        }
        text
    };
    let file = "a dir/--> `x`|@everyone [x](y).yaml";
    judge(&spec(file, &text(false)), &spec(file, &text(true)))
}

fn hostile_context() -> Context {
    Context {
        base: "main|@x:--> `a`.yaml".to_owned(),
        head: "<b>|`@everyone` --> x.yaml".to_owned(),
        base_commit: None,
        head_commit: None,
        command: "crabwalk diff '@everyone | `x` </sub> -->'".to_owned(),
        link: Some("https://github.com/acme/agents/blob/a) [x](https://evil.example".to_owned()),
        ..context()
    }
}

#[test]
fn hostile_names_and_texts_stay_text() {
    let long = [
        "x".repeat(200),
        "a\u{301}".repeat(100),
        "`|".repeat(100),
        "<!--".repeat(50),
        "@a ".repeat(60) + "x",
    ];
    let all: Vec<&str> =
        HOSTILE.into_iter().chain(MORE_HOSTILE).chain(long.iter().map(String::as_str)).collect();
    for names in all.chunks(7) {
        let review = hostile(names);
        let page = assert_inert(&markdown(&review, &context()), &context());
        assert!(page.tables >= 1 && page.blocks.contains(&"mermaid".to_owned()), "{:?}", page.blocks);
        // It is still there to be read, also where it is not acted on.
        for name in names.iter().filter(|name| name.chars().count() < 40) {
            let visible: String = name
                .chars()
                .map(|c| if matches!(c, '\u{200b}' | '\u{202e}' | '\u{2066}') { '\u{fffd}' } else { c })
                .collect();
            assert!(page.all.contains(visible.trim()), "{name} is not in {}", page.all);
        }
        let hostile = hostile_context();
        let link = Context {
            link: Some(
                "https://github.com/acme/agents/blob/a%29%20%5Bx%5D%28https://evil.example".to_owned(),
            ),
            ..hostile.clone()
        };
        assert_inert(&markdown(&review, &hostile), &link);
    }
}

/// Chains into a more trusted zone of so many hops, the first of which are new, and of nodes with such names.
fn chains(chains: usize, hops: usize, new: usize, name: impl Fn(usize) -> String) -> Review {
    let text = |is_head: bool| {
        let mut text = "version: 1\nzones: {low: {}, high: {}}\nagents:\n".to_owned();
        for chain in 0..chains {
            for hop in 0..=hops {
                let node = |hop: usize| quoted(&name(chain * (hops + 1) + hop));
                let zone = if hop == hops { "high" } else { "low" };
                let edge = if hop == hops || hop < new && !is_head {
                    String::new()
                } else {
                    format!(", write: [{}]", node(hop + 1))
                };
                text += &format!("  {}: {{zone: {zone}{edge}}}\n", node(hop));
            }
        }
        text
    };
    judge(&spec("crabwalk.yaml", &text(false)), &spec("crabwalk.yaml", &text(true)))
}

/// Rows of the first table with errors, and with warnings.
fn rows(comment: &str) -> [usize; 2] {
    let table: Vec<&str> = comment
        .lines()
        .skip_while(|line| !line.starts_with("| |"))
        .take_while(|line| line.starts_with('|'))
        .collect();
    ["| ❌", "| ⚠️"].map(|sign| table.iter().filter(|row| row.starts_with(sign)).count())
}

#[test]
fn the_longer_the_names_the_fewer_rows_and_every_rung_is_whole() {
    let mut seen = BTreeSet::new();
    // Marks that take no column are the longest that a name can be: nine bytes each as an entity.
    let fillings = ["x", "|", "\u{e0100}"];
    for filling in fillings {
        for (changes, hops, new) in [(1, 1, 1), (22, 1, 1), (22, 6, 1), (22, 12, 1), (2, 24, 24)] {
            let review = chains(changes, hops, new, |at| format!("n{at}{}", filling.repeat(190)));
            let comment = markdown(&review, &context());
            assert_inert(&comment, &context());
            let [errors, warnings] = rows(&comment);
            seen.insert(errors);
            assert!((1..=20).contains(&errors) && warnings <= 10, "{errors} {warnings}");
            let found = review.count(Level::Error);
            if found > errors {
                let left = format!("{} errors", found - errors);
                let sentence =
                    comment.lines().find(|line| line.starts_with("There are ")).expect("it is said");
                assert!(sentence.contains(&left) && sentence.contains("the command below"), "{sentence}");
            }
            assert!(comment.contains("reproduce: "), "{comment}");
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [1, 2, 5, 10, 20]);
}

#[test]
fn a_change_of_six_hundred_edges_and_one_of_two_thousand_nodes_can_be_posted() {
    // The first names are short, the others as long as names get.
    let name =
        |at: usize| if at < 40 { format!("agent-{at}") } else { format!("n{at}-{}", "\"".repeat(190)) };
    let many = chains(600, 1, 1, name);
    let comment = markdown(&many, &context());
    assert_inert(&comment, &context());
    assert_eq!(rows(&comment)[0], 20);
    assert!(
        comment.contains("580 errors") && comment.contains("the command below shows all of them"),
        "{comment}"
    );
    let chart = mermaid(&many, &context());
    assert!(lines_of(&chart) >= 10, "{chart}");
    assert!(chart.contains("more paths not drawn"), "{chart}");

    let large = chains(20, 99, 1, |at| format!("agent-{at}"));
    let comment = markdown(&large, &context());
    assert_inert(&comment, &context());
    assert!(!comment.contains("Matrix after this change"), "{comment}");
}

/// What does not fit is left out by itself, and that is said.
#[test]
fn a_section_that_is_too_long_does_not_take_the_others_with_it() {
    let long = chains(26, 1, 1, |at| format!("n{at}-{}", "\u{e0100}".repeat(190)));
    let comment = markdown(&long, &context());
    assert_inert(&comment, &context());
    assert!(comment.contains("some sections are left out, as they are too long for a comment"), "{comment}");
    assert!(comment.contains("**To clear this check**"), "{comment}");
}

/// Lines of a chart, and that its parts are whole.
fn lines_of(chart: &str) -> usize {
    assert!(chart.chars().count() <= 50_000, "{} characters", chart.chars().count());
    assert!(chart.starts_with("flowchart LR\n"));
    let is_line = |line: &&str| ["-->|", "==>|", ".->|"].iter().any(|arrow| line.contains(arrow));
    let lines = chart.lines().filter(is_line).count();
    assert!(lines <= 500, "{lines} lines");
    let opened = chart.lines().filter(|line| line.starts_with("  subgraph ")).count();
    assert_eq!(opened, chart.lines().filter(|line| *line == "  end").count());
    // Styles are given to lines by number.
    for style in chart.lines().filter_map(|line| line.trim_start().strip_prefix("linkStyle ")) {
        let numbers = style.split(' ').next().expect("numbers").split(',');
        assert!(
            numbers.map(|number| number.parse::<usize>().expect("a number")).all(|number| number < lines)
        );
    }
    lines
}

#[test]
fn a_picture_of_no_edge_one_or_forty_has_them_all() {
    let chart = |review: &Review| mermaid(review, &context());
    let same = spec("crabwalk.yaml", "version: 1\nagents: {a: {}}\n");
    let none = judge(&same, &same);
    assert_eq!(lines_of(&chart(&none)), 0);
    for edges in [1, 40] {
        let review = chains(edges, 1, 1, |at| format!("agent-{at}"));
        assert_eq!(lines_of(&chart(&review)), edges);
        assert!(!chart(&review).contains("not drawn"));
    }
}
