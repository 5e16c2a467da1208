//! Sets of small numbers (credentials, targets) as bits, kept in the chunks that have any.
//!
//! In a loop that knows every secret a set is a plain bitset; where only a few secrets come, it takes a few words, however
//! many secrets the fleet has.

const WORDS: usize = 4;
const BITS: usize = WORDS * 64;

/// A set of numbers. Chunks are sorted and never empty.
#[derive(Debug, Clone, Default)]
pub(super) struct KeySet(Vec<Chunk>);

/// Some numbers in a row, those that are in a set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    at: u32,
    words: [u64; WORDS],
}

impl Chunk {
    fn is_empty(&self) -> bool {
        self.words == [0; WORDS]
    }

    fn add(&mut self, other: &Self) {
        (0..WORDS).for_each(|word| self.words[word] |= other.words[word]);
    }

    fn remove(&mut self, other: &Self) {
        (0..WORDS).for_each(|word| self.words[word] &= !other.words[word]);
    }

    /// The numbers, rising.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let base = self.at as usize * BITS;
        (0..WORDS).flat_map(move |word| ones(self.words[word], base + word * 64))
    }
}

/// What came somewhere, arrival by arrival: chunks in the order of levels, then of time, then of numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct History(Vec<(Arrival, Chunk)>);

/// When something came somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrival {
    pub(super) level: u32,
    /// How many arrivals there were anywhere before; 0 where the order inside a level does not matter.
    pub(super) time: u32,
}

impl History {
    /// Adds what came, at the last arrival so far or a later one.
    pub(super) fn add(&mut self, arrival: Arrival, keys: &KeySet) {
        for chunk in keys.chunks() {
            match self.0.binary_search_by_key(&(arrival, chunk.at), |(known, chunk)| (*known, chunk.at)) {
                Ok(place) => self.0[place].1.add(&chunk),
                Err(place) => self.0.insert(place, (arrival, chunk)),
            }
        }
    }

    /// Arrival by arrival, what came.
    pub(super) fn arrivals(&self) -> impl Iterator<Item = (Arrival, impl Iterator<Item = Chunk> + '_)> + '_ {
        let arrivals = self.0.chunk_by(|(one, _), (other, _)| one == other);
        arrivals.map(|arrival| (arrival[0].0, arrival.iter().map(|(_, chunk)| *chunk)))
    }
}

impl KeySet {
    pub(super) fn of(numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut all = Self::default();
        numbers.into_iter().for_each(|number| {
            all.insert(number);
        });
        all
    }

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

    /// Whether a number is in it.
    pub(super) fn has(&self, key: usize) -> bool {
        let at = u32::try_from(key / BITS).unwrap_or(u32::MAX);
        let chunk = self.0.get(self.find(0, at)).filter(|chunk| chunk.at == at);
        chunk.is_some_and(|chunk| chunk.words[key % BITS / 64] >> (key % 64) & 1 == 1)
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        let words = self.0.iter().flat_map(|chunk| chunk.words);
        words.map(|word| word.count_ones() as usize).sum()
    }

    /// Adds what is among some chunks, in their order, and not in `known`; whether there is any of it.
    pub(super) fn add_unknown(&mut self, chunks: impl Iterator<Item = Chunk>, known: &Self) -> bool {
        let (mut mine, mut theirs) = (0, 0);
        let mut any = false;
        for mut chunk in chunks {
            theirs = known.find(theirs, chunk.at);
            if let Some(had) = known.0.get(theirs).filter(|had| had.at == chunk.at) {
                chunk.remove(had);
            }
            if chunk.is_empty() {
                continue;
            }
            any = true;
            mine = self.find(mine, chunk.at);
            match self.0.get_mut(mine) {
                Some(have) if have.at == chunk.at => have.add(&chunk),
                _ => self.0.insert(mine, chunk),
            }
        }
        any
    }

    /// Adds all of another set.
    pub(super) fn add(&mut self, other: &Self) {
        self.add_unknown(other.chunks(), &Self::default());
    }

    pub(super) fn chunks(&self) -> impl Iterator<Item = Chunk> + '_ {
        self.0.iter().copied()
    }

    /// Takes out what another set has.
    pub(super) fn remove(&mut self, other: &Self) {
        let mut theirs = 0;
        for chunk in &mut self.0 {
            theirs = other.find(theirs, chunk.at);
            if let Some(out) = other.0.get(theirs).filter(|out| out.at == chunk.at) {
                chunk.remove(out);
            }
        }
        self.0.retain(|chunk| !chunk.is_empty());
    }

    /// Makes room for other numbers without giving the memory back.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The numbers, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().flat_map(|chunk| chunk.iter())
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
    use super::{Arrival, History, KeySet};

    fn set(keys: &[usize]) -> KeySet {
        KeySet::of(keys.iter().copied())
    }

    #[test]
    fn numbers_come_back_sorted_and_once() {
        let mut keys = set(&[700, 3, 64, 127, 128, 3]);
        assert_eq!((keys.len(), keys.has(128), keys.has(129), keys.has(9_000)), (5, true, false, false));
        assert!(!keys.insert(64));
        assert!(keys.insert(100_000));
        assert_eq!(keys.iter().collect::<Vec<_>>(), [3, 64, 127, 128, 700, 100_000]);
    }

    #[test]
    fn only_what_is_unknown_is_added() {
        let mut keys = set(&[1, 900]);
        assert!(keys.add_unknown(set(&[1, 2, 130, 500, 901]).chunks(), &set(&[2, 500])));
        assert_eq!(keys.iter().collect::<Vec<_>>(), [1, 130, 900, 901]);
        keys.remove(&set(&[130, 131, 900]));
        assert_eq!(keys.iter().collect::<Vec<_>>(), [1, 901]);
        assert!(!keys.add_unknown(set(&[2, 5000]).chunks(), &set(&[2, 5000])));
    }

    #[test]
    fn a_history_is_sorted_by_arrival_then_number() {
        let at = |level, time| Arrival { level, time };
        let mut history = History::default();
        history.add(at(1, 3), &set(&[900]));
        history.add(at(1, 3), &set(&[2, 901]));
        history.add(at(1, 7), &set(&[1]));
        history.add(at(4, 8), &set(&[3]));
        let arrivals: Vec<(Arrival, Vec<usize>)> = history
            .arrivals()
            .map(|(arrival, chunks)| (arrival, chunks.flat_map(|chunk| chunk.iter()).collect()))
            .collect();
        assert_eq!(arrivals, [(at(1, 3), vec![2, 900, 901]), (at(1, 7), vec![1]), (at(4, 8), vec![3])]);
    }
}
