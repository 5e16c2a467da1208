//! Where a list stands in a text, and how it is laid out there: the places that an edit goes by.

use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use super::entry::Style;
use crate::language::reader;
use crate::language::tree::{Tree, Value};

/// A list or a mapping. Places are byte offsets.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Collection {
    /// Whether it stands in brackets.
    pub flow: bool,
    /// Its opening bracket, its first `-`, or its first key.
    pub start: usize,
    /// Its closing bracket; nothing that can be pointed at without brackets.
    pub close: usize,
    /// Its last item or entry, if there is any.
    pub last: Option<Last>,
}

/// The last item or entry of a collection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last {
    /// Where it begins; a list item after its `-`.
    pub start: usize,
    /// Where its last word ends.
    pub end: usize,
}

/// What stands under the key of the list.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// There is no such key.
    Absent,
    /// The key with nothing after it.
    Empty {
        /// Where the key ends.
        key_end: usize,
    },
    /// A null that is written out.
    Null(Range<usize>),
    /// A list.
    List(Collection),
    /// An alias.
    Alias,
}

/// The layout of a text that is a spec.
#[derive(Debug)]
pub(super) struct Layout {
    /// The whole.
    pub root: Collection,
    /// How keys are written in it.
    pub style: Style,
    /// The key of the list.
    pub key: &'static str,
    /// What stands under it.
    pub slot: Slot,
    /// Where the document ends: its `...`, or the end of the text.
    pub end: usize,
}

impl Layout {
    /// The layout of a text around the list with this key. Of a text that is no YAML what can be seen until it breaks off.
    pub(super) fn of(text: &str, key: &'static str) -> Self {
        let mut scan = Scan::new(text, key);
        for event in Parser::new_from_str_with_options(text, reader::options()) {
            let Ok((event, span)) = event else { break };
            scan.take(&event, &span);
        }
        scan.layout
    }

    /// Whether the key is there.
    pub(super) fn has_key(&self) -> bool {
        !matches!(self.slot, Slot::Absent)
    }

    /// Whether what the tree has under the key was written elsewhere.
    pub(super) fn is_indirect(&self, tree: &Tree<'_>) -> bool {
        let has = |entries: &[crate::language::tree::Entry<'_>]| {
            entries.iter().any(|entry| entry.key.text == self.key)
        };
        let in_tree = matches!(tree.value, Value::Map(entries) if has(entries));
        matches!(self.slot, Slot::Alias) || (in_tree && !self.has_key())
    }
}

/// Goes through the events of a text.
struct Scan<'a> {
    text: &'a str,
    layout: Layout,
    /// How many collections are open.
    depth: usize,
    /// Whether the next value at the top is a key.
    key_next: bool,
    /// The end of the key, while its value is awaited.
    awaited: Option<usize>,
    /// Whether the list under it is open.
    in_list: bool,
    /// Where the last word ends.
    word_end: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, key: &'static str) -> Self {
        let layout = Layout {
            root: Collection::default(),
            style: Style::Yaml,
            key,
            slot: Slot::Absent,
            end: text.len(),
        };
        Self { text, layout, depth: 0, key_next: true, awaited: None, in_list: false, word_end: 0 }
    }

    fn take(&mut self, event: &Event<'_>, span: &Span) {
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::Scalar(value, style, ..) => {
                self.begin(event, &range);
                self.scalar(value, *style, &range);
            }
            Event::Alias(_) => {
                self.begin(event, &range);
                self.word_end = range.end;
            }
            Event::SequenceStart(style, ..) | Event::MappingStart(style, ..) => {
                self.begin(event, &range);
                self.depth += 1;
                if *style == StructureStyle::Flow {
                    self.word_end = range.end;
                }
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish(&range),
            Event::DocumentEnd if self.text[range.clone()].starts_with("...") => {
                self.layout.end = range.start
            }
            _ => {}
        }
    }

    /// Takes the words of a scalar in. Blank lines after a text in block style are not its own, unless it keeps them.
    fn scalar(&mut self, value: &str, style: ScalarStyle, range: &Range<usize>) {
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        if range.is_empty() {
            return;
        }
        let written = &self.text[..range.end];
        let keeps = block && value.ends_with("\n\n");
        let trimmed = if block { written.trim_end() } else { written };
        self.word_end = if keeps { strip_break(written).len() } else { trimmed.len() };
    }

    /// A value begins.
    fn begin(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match self.depth {
            0 => self.layout.root = collection(event, range),
            1 if self.key_next => {
                self.key_next = false;
                self.layout.root.last = Some(Last { start: range.start, end: range.end });
                if let Event::Scalar(key, style, ..) = event {
                    let first = self.word_end <= self.layout.root.start + 1;
                    if first && self.layout.root.flow && *style == ScalarStyle::DoubleQuoted {
                        self.layout.style = Style::Json;
                    }
                    self.awaited = (key == self.layout.key).then_some(range.end);
                }
            }
            1 => {
                self.key_next = true;
                if let Some(key_end) = self.awaited.take() {
                    self.value(event, range, key_end);
                }
            }
            2 if self.in_list => {
                if let Slot::List(list) = &mut self.layout.slot {
                    list.last = Some(Last { start: range.start, end: range.end });
                }
            }
            _ => {}
        }
    }

    /// The value of the key begins.
    fn value(&mut self, event: &Event<'_>, range: &Range<usize>, key_end: usize) {
        self.layout.slot = match event {
            Event::Scalar(..) if range.is_empty() => Slot::Empty { key_end },
            Event::Scalar(..) => Slot::Null(range.clone()),
            Event::Alias(_) => Slot::Alias,
            _ => {
                self.in_list = true;
                let list = collection(event, range);
                // A list that is not indented below its key is said to begin behind its first dash.
                let dash = self.text[..range.start].rfind('-').unwrap_or(range.start);
                let at_dash = list.flow || self.text[range.start..].starts_with('-');
                Slot::List(if at_dash { list } else { Collection { start: dash, ..list } })
            }
        };
    }

    /// A collection ends.
    fn finish(&mut self, range: &Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        let ended = match (self.depth, &mut self.layout.slot) {
            (0, _) => Some(&mut self.layout.root),
            (1, Slot::List(list)) if self.in_list => {
                self.in_list = false;
                Some(list)
            }
            _ => None,
        };
        if let Some(ended) = ended {
            ended.close = range.start;
            let end = self.word_end;
            ended.last = ended.last.map(|last| Last { end: last.end.max(end), ..last });
        }
        // Nothing that can be seen ends a collection without brackets.
        self.word_end = self.word_end.max(if range.is_empty() { 0 } else { range.end });
    }
}

fn collection(event: &Event<'_>, range: &Range<usize>) -> Collection {
    let flow = matches!(
        event,
        Event::SequenceStart(StructureStyle::Flow, ..) | Event::MappingStart(StructureStyle::Flow, ..)
    );
    Collection { flow, start: range.start, close: range.end, last: None }
}

/// The text without the line break that it ends with, and without the indentation of the line that has only begun.
fn strip_break(text: &str) -> &str {
    let text = text.trim_end_matches(' ');
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}
