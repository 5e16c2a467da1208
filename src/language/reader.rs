//! YAML text → located tree. Reads the parser's events one by one, because only they give the place of every key, keep the
//! typed text of every scalar, and let a name that stands twice be reported with both places.

use std::borrow::Cow;
use std::collections::HashMap;

use bumpalo::Bump;
use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle, Span, Tag};

use super::code::Code;
use super::diagnostic::Diagnostic;
use super::merge::merge;
use super::sink::Sink;
use super::syntax;
use super::tree::{Entry, Text, Tree, Value};
use crate::model::{Place, quoted};

/// How deep mappings and lists may be nested. A spec needs six levels.
const DEEPEST: usize = 64;

/// How many values a text may stand for, its aliases counted with all that they repeat. It grows with the text, so that a
/// large spec is read and a small one that blows up is not.
fn most_values(text: &str) -> u64 {
    1_000_000 + 8 * text.len() as u64
}

/// Reads the text of the file with this position into the arena. Nothing if the mistake ends its reading; it is in the sink
/// then.
pub(super) fn read<'a>(file: u32, text: &'a str, arena: &'a Bump, sink: &mut Sink) -> Option<Tree<'a>> {
    let mut reader = Reader::new(file, text, arena);
    for event in Parser::new_from_str_with_options(text, options()) {
        let step = match event {
            Ok((event, span)) => reader.take(event, span, sink),
            Err(error) => Err(syntax::diagnose(file, text, &error)),
        };
        if let Err(diagnostic) = step {
            sink.push(diagnostic);
            return None;
        }
    }
    let tree = reader.root.filter(|tree| !tree.is_null());
    if tree.is_none() {
        sink.push(empty(file));
    }
    tree
}

/// How texts are parsed.
pub(super) fn options() -> Options {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEEPEST;
    options.block_nesting_limit = DEEPEST;
    options
}

/// A file that says nothing.
fn empty(file: u32) -> Diagnostic {
    Diagnostic::new(Code::EmptyFile, "the file is empty")
        .at(Place { file, start: 0, len: 0 }, "")
        .help("a spec begins with `version: 1`; `crabwalk init` writes one to start from")
}

/// A list or a mapping whose end has not come yet. Its content lies on top of the reader's stack of its kind.
struct Frame<'a> {
    place: Place,
    anchor: usize,
    /// How many values had been counted when it began.
    counted: u64,
    /// How many items or entries lay on the stack when it began.
    from: usize,
    shape: Shape<'a>,
}

/// Which of the two; of a mapping also which entries are merges, and the key that waits for its value.
enum Shape<'a> {
    List,
    Map { merges: Vec<usize>, key: Option<PendingKey<'a>> },
}

/// A key that waits for its value.
enum PendingKey<'a> {
    Key(Text<'a>),
    /// `<<` without quotes.
    Merge(Text<'a>),
    /// A key that is no text: reported, its value is dropped.
    Unusable,
}

/// Builds the tree from events.
struct Reader<'a> {
    file: u32,
    arena: &'a Bump,
    most: u64,
    counted: u64,
    documents: usize,
    stack: Vec<Frame<'a>>,
    items: Vec<Tree<'a>>,
    entries: Vec<Entry<'a>>,
    anchors: HashMap<usize, (Tree<'a>, u64)>,
    root: Option<Tree<'a>>,
}

impl<'a> Reader<'a> {
    fn new(file: u32, text: &str, arena: &'a Bump) -> Self {
        Self {
            file,
            arena,
            most: most_values(text),
            counted: 0,
            documents: 0,
            stack: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            anchors: HashMap::new(),
            root: None,
        }
    }

    /// Takes one event. An error ends the reading.
    fn take(&mut self, event: Event<'a>, span: Span, sink: &mut Sink) -> Result<(), Diagnostic> {
        let place = self.place(&span);
        match event {
            Event::DocumentStart(..) => self.begin_document(place),
            Event::Scalar(text, style, anchor, tag) => {
                self.count(1, place)?;
                let quoted = style != ScalarStyle::Plain || is_text(tag.as_deref());
                refuse_tag(tag.as_deref(), place)?;
                let text = match text {
                    Cow::Borrowed(text) => text,
                    Cow::Owned(text) => self.arena.alloc_str(&text),
                };
                let tree = Tree { place, value: Value::Scalar { text, quoted } };
                self.complete(tree, anchor, 1, sink);
                Ok(())
            }
            Event::SequenceStart(_, anchor, tag) => {
                refuse_tag(tag.as_deref(), place)?;
                self.open(place, anchor, self.items.len(), Shape::List)
            }
            Event::MappingStart(_, anchor, tag) => {
                refuse_tag(tag.as_deref(), place)?;
                self.open(place, anchor, self.entries.len(), Shape::Map { merges: Vec::new(), key: None })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(sink);
                Ok(())
            }
            Event::Alias(anchor) => self.repeat(anchor, place, sink),
            _ => Ok(()),
        }
    }

    fn begin_document(&mut self, place: Place) -> Result<(), Diagnostic> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        Err(Diagnostic::new(Code::ManyDocuments, "the file holds more than one YAML document")
            .at(place, "a second one begins here")
            .help("put each document in a file of its own and give all the files, or their directory"))
    }

    /// Counts values; refuses when there are too many.
    fn count(&mut self, more: u64, place: Place) -> Result<(), Diagnostic> {
        self.counted = self.counted.saturating_add(more);
        if self.counted <= self.most {
            return Ok(());
        }
        Err(Diagnostic::new(Code::TooMuch, format!("aliases repeat more than {} values", self.most))
            .at(place, "the limit is reached here")
            .help("an alias stands for all that its anchor holds: write selectors such as `tag:` instead of repeating long lists"))
    }

    fn open(&mut self, place: Place, anchor: usize, from: usize, shape: Shape<'a>) -> Result<(), Diagnostic> {
        let counted = self.counted;
        self.count(1, place)?;
        self.stack.push(Frame { place, anchor, counted, from, shape });
        Ok(())
    }

    fn close(&mut self, sink: &mut Sink) {
        let Some(frame) = self.stack.pop() else { return };
        let value = match frame.shape {
            Shape::List => {
                let items = self.arena.alloc_slice_copy(&self.items[frame.from..]);
                self.items.truncate(frame.from);
                Value::List(items)
            }
            Shape::Map { merges, .. } => {
                let entries = &self.entries[frame.from..];
                let entries = if merges.is_empty() {
                    self.arena.alloc_slice_copy(entries)
                } else {
                    self.arena.alloc_slice_copy(&merge(entries, &merges, sink))
                };
                self.entries.truncate(frame.from);
                Value::Map(entries)
            }
        };
        let weight = self.counted - frame.counted;
        self.complete(Tree { place: frame.place, value }, frame.anchor, weight, sink);
    }

    /// Puts in what an anchor holds.
    fn repeat(&mut self, anchor: usize, place: Place, sink: &mut Sink) -> Result<(), Diagnostic> {
        let Some((tree, weight)) = self.anchors.get(&anchor).copied() else {
            return Err(Diagnostic::new(Code::Syntax, "an alias stands inside what it repeats")
                .at(place, "this would never end")
                .help("move the alias out of the value that its anchor names"));
        };
        self.count(weight, place)?;
        self.complete(tree, 0, weight, sink);
        Ok(())
    }

    /// Hands a complete value to whoever waits for it.
    fn complete(&mut self, tree: Tree<'a>, anchor: usize, weight: u64, sink: &mut Sink) {
        if anchor != 0 {
            self.anchors.insert(anchor, (tree, weight));
        }
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(tree);
            return;
        };
        match &mut frame.shape {
            Shape::List => self.items.push(tree),
            Shape::Map { merges, key } => match key.take() {
                None => *key = Some(as_key(&tree, sink)),
                Some(PendingKey::Key(key)) => self.entries.push(Entry { key, value: tree }),
                Some(PendingKey::Merge(key)) => {
                    merges.push(self.entries.len() - frame.from);
                    self.entries.push(Entry { key, value: tree });
                }
                Some(PendingKey::Unusable) => {}
            },
        }
    }

    /// The place of a span.
    fn place(&self, span: &Span) -> Place {
        let range = span.byte_range().unwrap_or_default();
        syntax::place(self.file, range.start, range.len())
    }
}

/// Refuses a tag that means something elsewhere, such as `!include`: what it stands on is not what it seems.
fn refuse_tag(tag: Option<&Tag>, place: Place) -> Result<(), Diagnostic> {
    let Some(tag) = tag.filter(|tag| tag.is_custom()) else { return Ok(()) };
    Err(Diagnostic::new(
        Code::Syntax,
        format!("`{}` is a YAML tag, and a spec has none", quoted(&tag.original())),
    )
    .at(place, "tagged")
    .help("remove it; to spread a spec over several files, give them all or their directory"))
}

/// Whether a tag makes a text of whatever it stands on.
fn is_text(tag: Option<&Tag>) -> bool {
    tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"))
}

/// A value in the place of a key.
fn as_key<'a>(tree: &Tree<'a>, sink: &mut Sink) -> PendingKey<'a> {
    if let Some(text) = tree.text() {
        // A quoted `<<` is a name like any other.
        let merges = tree.plain() == Some("<<");
        return if merges { PendingKey::Merge(text) } else { PendingKey::Key(text) };
    }
    sink.push(
        Diagnostic::new(Code::WrongType, format!("a key must be a text, not {}", tree.in_words()))
            .at(tree.place, "not a text"),
    );
    PendingKey::Unusable
}
