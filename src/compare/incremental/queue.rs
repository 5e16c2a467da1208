//! A queue for what is taken out in rising order: a radix heap (Ahuja, Mehlhorn, Orlin and Tarjan, *Faster algorithms for the
//! shortest path problem*, 1990).
//!
//! A key waits by the highest bit in which it differs from the one that was taken out last, so that putting in is a look at one
//! number and nothing is compared with anything. Keys must not be smaller than the last one that was taken out.

/// How many places a key can differ in, and none.
const BUCKETS: usize = u64::BITS as usize + 1;

/// Values with keys.
#[derive(Debug)]
pub(super) struct Queue<T> {
    last: u64,
    buckets: [Vec<(u64, T)>; BUCKETS],
    /// By bucket, a bit each but for the first: whether anything waits there.
    filled: u64,
}

impl<T: Copy> Queue<T> {
    pub(super) fn new() -> Self {
        Self { last: 0, buckets: std::array::from_fn(|_| Vec::new()), filled: 0 }
    }

    /// Makes ready for keys of any size. Nothing may wait.
    pub(super) fn restart(&mut self) {
        self.last = 0;
    }

    pub(super) fn push(&mut self, key: u64, value: T) {
        let bucket = (u64::BITS - (key ^ self.last).leading_zeros()) as usize;
        self.buckets[bucket].push((key, value));
        if let Some(bit) = bucket.checked_sub(1) {
            self.filled |= 1 << bit;
        }
    }

    /// The value with the least key.
    pub(super) fn pop(&mut self) -> Option<(u64, T)> {
        if let Some(next) = self.buckets[0].pop() {
            return Some(next);
        }
        if self.filled == 0 {
            return None;
        }
        let bit = self.filled.trailing_zeros() as usize;
        self.filled &= !(1 << bit);
        let mut waiting = std::mem::take(&mut self.buckets[bit + 1]);
        self.last = waiting.iter().map(|(key, _)| *key).min().unwrap_or(self.last);
        for (key, value) in waiting.drain(..) {
            self.push(key, value);
        }
        // All of it went further down; the memory stays here.
        self.buckets[bit + 1] = waiting;
        self.buckets[0].pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_out_in_rising_order() {
        let mut state = 7_u64;
        let mut draw = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut queue = Queue::new();
        for _ in 0..50 {
            queue.restart();
            let mut waiting = std::collections::BinaryHeap::new();
            let mut last = draw(1 << 40);
            for _ in 0..200 {
                let spread = 1 << draw(20);
                let key = last + draw(spread);
                queue.push(key, ());
                waiting.push(std::cmp::Reverse(key));
                if draw(3) == 0 {
                    let (key, ()) = queue.pop().expect("waits");
                    assert_eq!(Some(std::cmp::Reverse(key)), waiting.pop());
                    last = key;
                }
            }
            while let Some((key, ())) = queue.pop() {
                assert_eq!(Some(std::cmp::Reverse(key)), waiting.pop());
            }
            assert!(waiting.is_empty());
        }
    }
}
