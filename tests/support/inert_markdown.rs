//! A Markdown page as a host reads it, by a parser of somebody else's: whether anything in it is more than text.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// What a reader sees of a comment, and what it is made of.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Text outside of code: where hosts look for mentions, references and addresses.
    pub(crate) prose: String,
    /// All text, code too.
    pub(crate) all: String,
    /// Targets of links.
    pub(crate) links: Vec<String>,
    pub(crate) images: usize,
    /// Markup as it stands.
    pub(crate) html: Vec<String>,
    /// Languages of the blocks of code.
    pub(crate) blocks: Vec<String>,
    pub(crate) tables: usize,
    /// Boxes to check.
    pub(crate) tasks: usize,
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
            Event::TaskListMarker(_) => page.tasks += 1,
            _ => {}
        }
    }
    page
}

/// The tags in some markup.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag)).collect()
}

/// A page with its own markup alone, whole, and nothing in it that a host would act on. Links begin with `link`; HTML that stands
/// before the page is cut off by the caller.
pub(crate) fn assert_inert(comment: &str, link: &str) -> Page {
    let page = read(comment);
    assert!(page.links.iter().all(|target| target.starts_with(&format!("{link}/"))), "{:?}", page.links);
    assert_eq!(page.images, 0);
    let tags: Vec<&str> = page.html.iter().flat_map(|markup| tags(markup)).collect();
    let ours = ["details", "/details", "summary", "/summary", "sub", "/sub", "code", "/code", "br", "br/"];
    assert!(tags.iter().all(|tag| ours.contains(tag)), "{tags:?}");
    for tag in ["details", "summary", "sub", "code"] {
        let (open, closed) = (format!("<{tag}>"), format!("</{tag}>"));
        let all: String = page.html.concat();
        assert_eq!(all.matches(&open).count(), all.matches(&closed).count(), "{tag}");
    }
    assert!(
        page.blocks.iter().all(|language| ["mermaid", "yaml", "text", "sh"].contains(&&**language)),
        "{:?}",
        page.blocks
    );
    assert_rows(comment);
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
