//! Where the value of a key stands in an item of a list at the top of a text.

use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser, Span, StructureStyle};

use crate::language::reader;

/// A mapping that is the value of a key.
#[derive(Debug, Clone)]
pub(super) struct Value {
    /// From its opening bracket or its first key to its closing bracket or its last word.
    pub at: Range<usize>,
    /// Whether it stands in brackets.
    pub flow: bool,
}

/// The value of `key` in the item at this position of the list under `list`; nothing if it is no mapping that is written out
/// there.
pub(super) fn find(text: &str, list: &str, item: usize, key: &str) -> Option<Value> {
    let mut scan = Scan { text, path: Vec::new(), keys: [list, key], item, found: None, word_end: 0 };
    for event in Parser::new_from_str_with_options(text, reader::options()) {
        let (event, span) = event.ok()?;
        scan.take(&event, &span);
    }
    scan.found.filter(|found| found.at.end > found.at.start)
}

/// An open collection.
#[derive(Default)]
struct Frame {
    /// Whether the value lies in it: the whole, the list, the item.
    on_the_way: bool,
    /// Whether it is the value.
    is_value: bool,
    /// Of a list on the way: how many items have begun.
    items: usize,
    /// Of a mapping on the way: whether a key has begun whose value has not.
    in_entry: bool,
    /// Whether that is the key.
    is_key: bool,
}

struct Scan<'a> {
    text: &'a str,
    path: Vec<Frame>,
    keys: [&'a str; 2],
    item: usize,
    found: Option<Value>,
    word_end: usize,
}

impl Scan<'_> {
    fn take(&mut self, event: &Event<'_>, span: &Span) {
        let range = span.byte_range().unwrap_or_default();
        match event {
            Event::Scalar(text, ..) => {
                self.begin(Some(text));
                if !range.is_empty() {
                    self.word_end = self.text[..range.end].trim_end().len();
                }
            }
            Event::Alias(_) => {
                self.begin(None);
                self.word_end = range.end;
            }
            Event::SequenceStart(style, ..) => self.open(false, *style, &range),
            Event::MappingStart(style, ..) => self.open(true, *style, &range),
            Event::SequenceEnd | Event::MappingEnd => self.close(&range),
            _ => {}
        }
    }

    /// A key, an item or a value begins. Whether the value lies in it, or is it.
    fn begin(&mut self, text: Option<&str>) -> bool {
        let depth = self.path.len();
        let Some(frame) = self.path.last_mut() else { return true };
        if !frame.on_the_way {
            return false;
        }
        if depth == 2 {
            frame.items += 1;
            return frame.items == self.item + 1;
        }
        frame.in_entry = !frame.in_entry;
        if frame.in_entry {
            frame.is_key = text == Some(self.keys[depth / 2]);
            return false;
        }
        frame.is_key
    }

    fn open(&mut self, map: bool, style: StructureStyle, range: &Range<usize>) {
        let flow = style == StructureStyle::Flow;
        let depth = self.path.len();
        let wanted = self.begin(None);
        // The whole is a mapping, the list is none, the item is one, and so is the value.
        let on_the_way = wanted && depth < 3 && map == (depth != 1);
        let is_value = wanted && depth == 3 && map;
        if is_value {
            self.found = Some(Value { at: range.start..range.start, flow });
        }
        if flow {
            self.word_end = range.end;
        }
        self.path.push(Frame { on_the_way, is_value, ..Frame::default() });
    }

    fn close(&mut self, range: &Range<usize>) {
        let flow = !range.is_empty();
        if flow {
            self.word_end = range.end;
        }
        if self.path.pop().is_some_and(|frame| frame.is_value)
            && let Some(found) = &mut self.found
        {
            found.at.end = self.word_end;
        }
    }
}
