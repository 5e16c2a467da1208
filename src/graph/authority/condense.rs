//! Arcs that cost nothing → groups of doors that learn the same: whatever comes to one comes to all, at the same price.
//!
//! Tarjan's components with an explicit stack, numbered as they are emitted: an arc leads to the same or a smaller number.

const UNSEEN: u32 = u32::MAX;

/// The group of each door, and how many groups there are. `arcs` are (tail, head).
pub(super) fn condense(doors: usize, arcs: impl Iterator<Item = (u32, u32)> + Clone) -> (Vec<u32>, u32) {
    let mut walk = Walk::new(doors, arcs);
    for root in 0..u32::try_from(doors).unwrap_or(UNSEEN) {
        if walk.number[root as usize] == UNSEEN {
            walk.visit(root);
        }
    }
    (walk.group, walk.groups)
}

struct Walk {
    starts: Vec<u32>,
    heads: Vec<u32>,
    number: Vec<u32>,
    low: Vec<u32>,
    group: Vec<u32>,
    open: Vec<u32>,
    counter: u32,
    groups: u32,
}

impl Walk {
    fn new(doors: usize, arcs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let (starts, heads) = rows(doors, arcs, |head| head);
        Self {
            starts,
            heads,
            number: vec![UNSEEN; doors],
            low: vec![0; doors],
            group: vec![UNSEEN; doors],
            open: Vec::new(),
            counter: 0,
            groups: 0,
        }
    }

    /// Depth first from a root; the stack holds (door, next arc to look at).
    fn visit(&mut self, root: u32) {
        let mut stack = vec![(root, self.discover(root))];
        while let Some((door, next)) = stack.last_mut() {
            let door = *door;
            if *next == self.starts[door as usize + 1] {
                stack.pop();
                self.leave(door, stack.last().map(|(parent, _)| *parent));
                continue;
            }
            let head = self.heads[*next as usize];
            *next += 1;
            if self.number[head as usize] == UNSEEN {
                stack.push((head, self.discover(head)));
            } else if self.group[head as usize] == UNSEEN {
                self.low[door as usize] = self.low[door as usize].min(self.number[head as usize]);
            }
        }
    }

    /// Numbers a door; its first arc.
    fn discover(&mut self, door: u32) -> u32 {
        self.number[door as usize] = self.counter;
        self.low[door as usize] = self.counter;
        self.counter += 1;
        self.open.push(door);
        self.starts[door as usize]
    }

    /// Emits the group of a door that is the first of it, and tells its parent how far up it reaches.
    fn leave(&mut self, door: u32, parent: Option<u32>) {
        if self.low[door as usize] == self.number[door as usize] {
            while let Some(member) = self.open.pop() {
                self.group[member as usize] = self.groups;
                if member == door {
                    break;
                }
            }
            self.groups += 1;
        }
        if let Some(parent) = parent {
            self.low[parent as usize] = self.low[parent as usize].min(self.low[door as usize]);
        }
    }
}

/// Arcs grouped by their tails, in compressed rows: starts (one more than there are tails), then what is kept of each arc.
pub(super) fn rows<H: Copy, T: Copy + Default>(
    tails: usize,
    arcs: impl Iterator<Item = (u32, H)> + Clone,
    keep: impl Fn(H) -> T,
) -> (Vec<u32>, Vec<T>) {
    let mut starts = vec![0_u32; tails + 1];
    for (tail, _) in arcs.clone() {
        starts[tail as usize + 1] += 1;
    }
    for index in 0..tails {
        starts[index + 1] += starts[index];
    }
    let mut next = starts.clone();
    let mut kept = vec![T::default(); starts[tails] as usize];
    for (tail, head) in arcs {
        let slot = &mut next[tail as usize];
        kept[*slot as usize] = keep(head);
        *slot += 1;
    }
    (starts, kept)
}

#[cfg(test)]
mod tests {
    use super::condense;

    #[test]
    fn a_loop_is_one_group_and_arcs_lead_to_smaller_numbers() {
        let arcs = [(0, 1), (1, 2), (2, 0), (2, 3), (4, 0)];
        let (group, groups) = condense(5, arcs.into_iter());
        assert_eq!(groups, 3);
        assert!(group[0] == group[1] && group[1] == group[2]);
        assert!(arcs.iter().all(|(tail, head)| group[*tail as usize] >= group[*head as usize]));
    }
}
