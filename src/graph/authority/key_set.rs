//! Sets of small numbers (credentials, targets) as bits, kept in the chunks that have any.
//!
//! In a loop that knows every secret a set is a plain bitset; where only a few secrets come, it takes a few words, however
//! many secrets the fleet has.

const WORDS: usize = 2;
const BITS: usize = WORDS * 64;

/// A set of numbers. Chunks are sorted and never empty.
#[derive(Debug, Clone, Default)]
pub(super) struct KeySet(Vec<Chunk>);

#[derive(Debug, Clone, Copy)]
struct Chunk {
    at: u32,
    words: [u64; WORDS],
}

impl KeySet {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds one number; whether it is new.
    pub(super) fn insert(&mut self, key: usize) -> bool {
        let at = u32::try_from(key / BITS).unwrap_or(u32::MAX);
        let (word, bit) = (key % BITS / 64, 1_u64 << (key % 64));
        let place = self.find(0, at);
        match self.0.get_mut(place) {
            Some(chunk) if chunk.at == at => {
                let is_new = chunk.words[word] & bit == 0;
                chunk.words[word] |= bit;
                is_new
            }
            _ => {
                let mut words = [0; WORDS];
                words[word] = bit;
                self.0.insert(place, Chunk { at, words });
                true
            }
        }
    }

    /// Adds what `other` has and `known` lacks; whether there is any of it.
    pub(super) fn add_unknown(&mut self, other: &Self, known: &Self) -> bool {
        let (mut mine, mut theirs) = (0, 0);
        let mut any = false;
        for chunk in &other.0 {
            let mut words = chunk.words;
            theirs = known.find(theirs, chunk.at);
            if let Some(had) = known.0.get(theirs).filter(|had| had.at == chunk.at) {
                (0..WORDS).for_each(|word| words[word] &= !had.words[word]);
            }
            if words == [0; WORDS] {
                continue;
            }
            any = true;
            mine = self.find(mine, chunk.at);
            match self.0.get_mut(mine) {
                Some(have) if have.at == chunk.at => {
                    (0..WORDS).for_each(|word| have.words[word] |= words[word]);
                }
                _ => self.0.insert(mine, Chunk { at: chunk.at, words }),
            }
        }
        any
    }

    /// The numbers, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().flat_map(|chunk| {
            let base = chunk.at as usize * BITS;
            chunk.words.iter().enumerate().flat_map(move |(word, bits)| ones(*bits, base + word * 64))
        })
    }

    /// Where the chunk is or belongs, from a position on that is not behind it.
    fn find(&self, from: usize, at: u32) -> usize {
        match self.0.get(from) {
            Some(chunk) if chunk.at < at => {
                from + 1 + self.0[from + 1..].partition_point(|chunk| chunk.at < at)
            }
            _ => from,
        }
    }
}

/// The positions of the ones of a word.
fn ones(mut bits: u64, base: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(base + bit)
    })
}

#[cfg(test)]
mod tests {
    use super::KeySet;

    fn set(keys: &[usize]) -> KeySet {
        let mut set = KeySet::default();
        for key in keys {
            set.insert(*key);
        }
        set
    }

    #[test]
    fn numbers_come_back_sorted_and_once() {
        let mut keys = set(&[700, 3, 64, 127, 128, 3]);
        assert!(!keys.insert(64));
        assert!(keys.insert(100_000));
        assert_eq!(keys.iter().collect::<Vec<_>>(), [3, 64, 127, 128, 700, 100_000]);
    }

    #[test]
    fn only_what_is_unknown_is_added() {
        let mut keys = set(&[1, 900]);
        assert!(keys.add_unknown(&set(&[1, 2, 130, 500, 901]), &set(&[2, 500])));
        assert_eq!(keys.iter().collect::<Vec<_>>(), [1, 130, 900, 901]);
        assert!(!keys.add_unknown(&set(&[2, 5000]), &set(&[2, 5000])));
    }
}
