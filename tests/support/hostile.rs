//! A spec whose every text is somebody else's worst, and what has to hold of it in each format, by parsers of somebody else's.

use super::inert_markdown;
use super::junit_schema::assert_schema;

/// Texts that are more than text somewhere. Names may hold anything but control characters.
pub(crate) const WORDS: [&str; 36] = [
    "@octocat",
    "#1",
    "https://e.example/x",
    "www.e.example",
    "user@e.example",
    "GH-12",
    "octo/cat#1",
    "9f3c2e1abc0",
    "a|b",
    "`tick``",
    "<script>alert(1)</script>",
    "<!-- open",
    "</details></sub>",
    "[x](https://e.example)",
    "]]>",
    "::error::x",
    "::add-mask::y",
    "##[error]x",
    "x ##vso[task.setvariable]",
    "%0A::error::x",
    "direction LR",
    "redirection   TB of it",
    "click n0 callback",
    "%%{init: {}}%%",
    "=cmd()",
    "+1|'!A0",
    "\"quoted\" 'twice'",
    "&lt;b&gt;&#64;",
    "back\\slash\\N\\E",
    "turn\u{202e}around\u{2066}",
    "zero\u{200b}width\u{feff}",
    "${{ secrets.T }} $(id)",
    "**bold** _it_ ~~no~~",
    "- [ ] task",
    "-flag --x",
    "end",
];

/// The word at a position, which wraps around; with a number, so that no two are the same.
fn word(at: usize) -> String {
    let again = at / WORDS.len();
    let word = WORDS[at % WORDS.len()];
    if again == 0 { word.to_owned() } else { format!("{word} {again}") }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is a string")
}

/// A spec in which every name and every free text is a hostile one, those from `first` on. As the head of a change it has edges,
/// rules and acceptances that the base has not.
pub(crate) fn spec(first: usize, is_head: bool) -> String {
    let text = |at: usize| quoted(&word(first + at));
    // Free texts may be long, and have lines.
    let free = |at: usize| quoted(&format!("{0}\nsecond {0} {1}", word(first + at), "long ".repeat(80)));
    let (low, high, guard, soft) = (text(0), text(1), text(2), text(3));
    let mut yaml = format!(
        "version: 1\nname: {}\ndescription: {}\nzones:\n  {low}: {{description: {}}}\n  {high}: {{}}\n",
        text(4),
        free(5),
        free(6)
    );
    yaml += &format!("guards:\n  {guard}: {{description: {}}}\n  {soft}: {{stops: [influence]}}\n", free(7));
    let (source, agent, helper, tool, store, key, sink, person) =
        (text(8), text(9), text(10), text(11), text(12), text(13), text(14), text(15));
    yaml += &format!(
        "sources:\n  {source}: {{zone: {low}, untrusted: true, description: {}, owner: {}}}\n",
        free(16),
        text(17)
    );
    yaml += &format!(
        "agents:\n  {agent}:\n    zone: {low}\n    tags: [{}]\n    model: {}\n    platform: {}\n    owner: {}\n    description: {}\n",
        text(18),
        text(if is_head { 19 } else { 20 }),
        free(21),
        text(22),
        free(23)
    );
    yaml += &format!("    read: [{source}, {key}, {store}]\n    write: [{store}, {sink}]\n");
    if is_head {
        yaml += &format!(
            "    invoke:\n      - {{target: {tool}, guards: [{soft}]}}\n      - {{target: {helper}, note: {}}}\n",
            free(24)
        );
    }
    let former = if is_head { format!("was: {}, ", text(30)) } else { String::new() };
    yaml += &format!(
        "  {}: {{{former}zone: {high}, invoke: [{{target: {tool}, guards: [{guard}]}}]}}\n",
        if is_head { helper } else { text(30) }
    );
    yaml += &format!("tools:\n  {tool}: {{zone: {high}, critical: true, sensitivity: secret}}\n");
    yaml +=
        &format!("stores:\n  {store}: {{zone: {low}, retention: {}, revocation: {}}}\n", free(25), free(26));
    yaml += &format!(
        "credentials:\n  {key}: {{zone: {low}, opens: [{tool}], lifetime: {}, revocation: {}}}\n",
        free(27),
        free(28)
    );
    yaml += &format!(
        "sinks:\n  {sink}: {{zone: {low}}}\nprincipals:\n  {person}: {{kind: human, zone: {high}, read: [{store}]}}\n"
    );
    if is_head {
        yaml += &format!(
            "rules:\n  - {{name: {}, deny: {{from: {source}, to: {tool}}}, why: {}}}\n  - {{limit: {{of: {source}, to: 1}}, why: {}}}\n",
            text(31),
            free(32),
            free(33)
        );
        yaml += &format!(
            "accept:\n  - {{from: {agent}, to: {store}, reason: {}, owner: {}, ticket: {}}}\n",
            free(34),
            text(35),
            text(29)
        );
    }
    yaml
}

/// No character that steers a terminal or hides, and no line that a runner obeys. Our own styles are allowed where colour is.
pub(crate) fn assert_terminal(text: &str, coloured: bool) {
    let plain = anstream::adapter::strip_str(text).to_string();
    if coloured {
        for style in text.split('\u{1b}').skip(1) {
            let figures =
                style.strip_prefix('[').and_then(|style| style.split_once('m')).map(|(figures, _)| figures);
            let is_style = figures
                .is_some_and(|figures| figures.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'));
            assert!(is_style, "{style:?}");
        }
    } else {
        assert_eq!(plain, text, "no escape sequence");
    }
    assert_visible(&plain);
    // A runner reads the bytes, styles and all.
    for line in text.lines() {
        assert!(!line.trim_start().starts_with("::"), "{line}");
        assert!(!line.contains("##[") && !line.contains("##vso["), "{line}");
    }
}

/// Nothing that steers, turns around or hides.
pub(crate) fn assert_visible(text: &str) {
    let hidden = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let found = text.char_indices().find(|(_, c)| hidden(*c));
    assert_eq!(found, None, "{}", text.lines().find(|line| line.contains(hidden)).unwrap_or_default());
}

/// Every line is a workflow command of ours, and says nothing else.
fn assert_annotations(text: &str) {
    assert_visible(text);
    for line in text.lines() {
        let level = ["::error ", "::warning ", "::notice "].iter().find(|sign| line.starts_with(**sign));
        let level = level.unwrap_or_else(|| panic!("{line}"));
        let (properties, _) = line[level.len()..].split_once("::").expect("a message");
        let keys = ["file", "line", "endLine", "col", "endColumn", "title"];
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').expect("a value");
            assert!(keys.contains(&key) && !value.contains(':'), "{line}");
        }
    }
}

/// Mermaid, line by line: labels are letters, digits, blanks and numeric entities, and none says which way to lay out.
fn assert_mermaid(text: &str) {
    assert_visible(text);
    let lines = text.lines().skip_while(|line| *line == "---" || line.starts_with("title: "));
    for line in lines.filter(|line| !line.trim_start().starts_with("%%")) {
        for label in line.split('"').skip(1).step_by(2) {
            let label = label.replace("<br/>", "");
            let plain = |c: char| c.is_alphanumeric() || " #;·▲‖,-−+±→[]".contains(c);
            assert!(label.chars().all(plain), "{label} in {line}");
        }
        let outside: String = line.split('"').step_by(2).collect();
        assert!(!outside.contains("::error") && !outside.contains('@'), "{line}");
        let words: Vec<&str> = line.split("direction").skip(1).collect();
        let ways = ["TB", "BT", "RL", "LR", "TD"];
        assert!(
            !words.iter().any(|rest| ways
                .iter()
                .any(|way| rest.starts_with(' ') && rest.trim_start().starts_with(way))),
            "{line}"
        );
    }
}

/// No field that a spreadsheet computes.
fn assert_csv(text: &str) {
    let mut fields = 0;
    for line in text.lines() {
        let bare: String = line
            .split('"')
            .enumerate()
            .map(|(at, part)| if at % 2 == 0 { part.to_owned() } else { "q".repeat(part.len()) })
            .collect();
        let mut from = 0;
        for field in bare.split(',') {
            let field = &line[from..from + field.len()];
            from += field.len() + 1;
            fields += 1;
            let begin = field.trim_start_matches('"');
            assert!(!begin.starts_with(['=', '+', '-', '@']), "{field} in {line}");
        }
    }
    assert!(fields > 20, "{text}");
}

/// HTML with elements of ours alone, and no text that begins one.
fn assert_html(text: &str) {
    let ours = [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "caption",
        "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "abbr", "i", "bdi", "b", "br",
        "code", "small", "span", "dl", "dt", "dd", "ul", "li", "div", "section", "footer", "main",
    ];
    for tag in text.split('<').skip(1) {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '!')
            .collect();
        assert!(ours.iter().any(|own| own.eq_ignore_ascii_case(&name)), "<{tag}");
    }
    assert!(!text.contains("onmouseover") && !text.contains("href"), "{text}");
}

/// A picture as XML, without anything in it that acts.
fn assert_svg(text: &str) {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).expect("XML");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(!["script", "foreignObject", "image"].contains(&node.tag_name().name()), "{node:?}");
        assert!(
            node.attributes()
                .all(|attribute| attribute.name() != "href" && !attribute.name().starts_with("on")),
            "{node:?}"
        );
    }
}

/// What has to hold of an answer in a format.
pub(crate) fn assert_format(format: &str, answer: &str) {
    match format {
        "text" => assert_terminal(answer, false),
        "markdown" => {
            // The comment on a pull request is marked by its first line.
            let page = match answer.strip_prefix("<!-- crabwalk:") {
                Some(rest) => rest.split_once(" -->\n").expect("the mark ends").1,
                None => answer,
            };
            assert_visible(page);
            inert_markdown::assert_inert(page, "none");
        }
        "github" => assert_annotations(answer),
        "junit" => {
            assert_schema(answer);
            assert_visible(answer);
        }
        "json" | "sarif" | "gitlab" => {
            let value: serde_json::Value = serde_json::from_str(answer).expect("JSON");
            assert!(!value.is_null());
        }
        "mermaid" => assert_mermaid(answer),
        "csv" => assert_csv(answer),
        "html" => assert_html(answer),
        "svg" => assert_svg(answer),
        "dot" => assert_visible(answer),
        other => panic!("nothing is known of {other}"),
    }
}
