//! A text → where its lines begin, and how many characters stand before a place in them: a spec can be one line of millions.

/// How many bytes are looked at to find a column, in a text that has longer lines.
const STRIDE: usize = 4096;

/// Where lines begin.
#[derive(Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    /// How many characters begin before each stretch of the text; empty where all lines are short.
    before: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts: Vec<usize> = std::iter::once(0).chain(breaks.map(|at| at + 1)).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let is_long = starts.iter().zip(ends).any(|(start, end)| end - start > 2 * STRIDE);
        let stretches = text.as_bytes().chunks(STRIDE);
        let count = |count: &mut usize, stretch: &[u8]| {
            let before = *count;
            *count += characters(stretch);
            Some(before)
        };
        let before = if is_long { stretches.scan(0, count).collect() } else { Vec::new() };
        Self { starts, before }
    }

    pub(crate) fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// How many characters stand between two places where characters begin.
    pub(crate) fn between(&self, text: &str, from: usize, to: usize) -> usize {
        if to - from <= STRIDE || self.before.is_empty() {
            return characters(&text.as_bytes()[from..to]);
        }
        let before = |at: usize| {
            let stretch = (at / STRIDE).min(self.before.len() - 1);
            self.before[stretch] + characters(&text.as_bytes()[stretch * STRIDE..at])
        };
        before(to) - before(from)
    }
}

/// How many characters begin among some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{Lines, STRIDE};

    #[test]
    fn characters_of_long_lines_are_counted_as_those_of_short_ones() {
        let text = format!("a🦀\n{}\n{}é", "x🦀é".repeat(STRIDE), "é".repeat(3 * STRIDE));
        let lines = Lines::of(&text);
        assert_eq!(lines.starts().len(), 3);
        for start in lines.starts().to_vec() {
            let places = text[start..].char_indices().map(|(at, _)| start + at).chain([text.len()]);
            for place in places.step_by(97) {
                assert_eq!(lines.between(&text, start, place), text[start..place].chars().count());
            }
        }
        let end = text.len();
        assert_eq!(lines.between(&text, 0, end), text.chars().count());
        assert!(Lines::of("short\nlines").before.is_empty());
    }
}
