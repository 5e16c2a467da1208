//! The rows of a matrix → bytes on their way: formatted in parallel, written in order, and never more than two chunks held.

use std::io;
use std::sync::{Mutex, PoisonError};

use crate::analysis::{Matrix, MatrixRow, Progress, Shard};
use crate::model::NodeId;

/// Bytes that a chunk may come to if none of its cells is blank: enough to keep the threads busy.
const CHUNK: usize = 32 << 20;
/// Rows in a chunk, however short they are.
const MOST_ROWS: usize = 1024;

/// How many rows are formatted at once where a full row has so many bytes: at least one a thread.
fn chunk(row_bytes: usize) -> usize {
    (CHUNK / row_bytes.max(1)).clamp(rayon::current_num_threads().min(MOST_ROWS), MOST_ROWS)
}

/// Bytes held while rows are written, if none of their cells is blank: one chunk is written while the next is formatted.
pub(super) fn held(row_bytes: usize, rows: usize) -> usize {
    chunk(row_bytes).saturating_mul(2).min(rows).saturating_mul(row_bytes)
}

/// Formats the rows of a shard and writes them.
///
/// `format` appends a row to what is there; `row_bytes` is what a row without blank cells comes to. Work on the next chunk
/// goes on while one is written.
pub(super) fn write_rows(
    matrix: &Matrix<'_>,
    shard: Shard,
    row_bytes: usize,
    format: impl Fn(&MatrixRow, &mut Vec<u8>) + Sync,
    out: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    progress: &dyn Progress,
) -> io::Result<()> {
    let rows = shard.rows(matrix.row_nodes().len());
    let spare = Spare::default();
    let compute = |from: usize| {
        let chunk = from..rows.end.min(from.saturating_add(chunk(row_bytes)));
        let row = |row: &MatrixRow| {
            let mut bytes = spare.take();
            format(row, &mut bytes);
            bytes
        };
        matrix.map_rows(chunk, row)
    };
    let mut done = rows.start;
    let mut ready = compute(done);
    while !ready.is_empty() {
        done += ready.len();
        let mut next = Vec::new();
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| next = compute(done));
            ready.drain(..).try_for_each(|bytes| {
                out(&bytes)?;
                spare.put(bytes);
                Ok::<(), io::Error>(())
            })
        })?;
        progress.advance(done - rows.start, rows.len());
        ready = next;
    }
    Ok(())
}

/// Buffers to use again: fresh ones would have their pages mapped anew for every row.
#[derive(Default)]
struct Spare(Mutex<Vec<Vec<u8>>>);

impl Spare {
    fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn put(&self, mut buffer: Vec<u8>) {
        buffer.clear();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }
}

/// A short text for each of many things, one after the other in one buffer.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Texts {
    /// Collects what a function appends for each item.
    pub(super) fn of<T>(items: impl Iterator<Item = T>, mut append: impl FnMut(T, &mut Vec<u8>)) -> Self {
        let mut texts = Self::default();
        for item in items {
            append(item, &mut texts.bytes);
            texts.ends.push(texts.bytes.len());
        }
        texts
    }

    /// The text of the thing at a place.
    pub(super) fn at(&self, place: usize) -> &[u8] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.bytes[start..self.ends[place]]
    }

    /// The text of a node.
    pub(super) fn node(&self, node: NodeId) -> &[u8] {
        self.at(node.index())
    }
}

/// Appends a number in decimal. Most are one digit long.
pub(super) fn push_number(bytes: &mut Vec<u8>, number: u32) {
    if let Some(digit) = digit(number) {
        return bytes.push(digit);
    }
    let mut digits = [0; 10];
    let mut at = digits.len();
    let mut rest = number;
    while rest > 0 {
        at -= 1;
        digits[at] = digit(rest % 10).unwrap_or(b'0');
        rest /= 10;
    }
    bytes.extend_from_slice(&digits[at..]);
}

/// A number of one digit.
pub(super) fn digit(number: u32) -> Option<u8> {
    u8::try_from(number).ok().filter(|number| *number < 10).map(|number| b'0' + number)
}

#[cfg(test)]
mod tests {
    use super::{Texts, push_number};

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        for number in [0, 1, 9, 10, 11, 99, 100, 4_294_967_294, u32::MAX] {
            let mut bytes = b"x".to_vec();
            push_number(&mut bytes, number);
            assert_eq!(bytes, format!("x{number}").into_bytes());
        }
    }

    #[test]
    fn texts_are_kept_apart() {
        let texts = Texts::of(["", "ab", "", "c"].iter(), |text, bytes| bytes.extend(text.bytes()));
        let all: Vec<&[u8]> = (0..4).map(|place| texts.at(place)).collect();
        assert_eq!(all, [&b""[..], b"ab", b"", b"c"]);
    }
}
