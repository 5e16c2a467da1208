//! Lanes of 64 sources, a bit each, on their way down the components of a graph: only what they come to is looked at and cleaned up.

/// The sources that come to each component. Components are numbered sinks first: whatever leads to one has a larger number.
pub(super) struct Sweep {
    lanes: Vec<u64>,
    /// The components that any of them have come to.
    touched: Vec<usize>,
    /// How many of these have not been carried on yet, and below which number they lie.
    waiting: usize,
    below: usize,
}

impl Sweep {
    pub(super) fn new(components: usize) -> Self {
        Self { lanes: vec![0; components], touched: Vec::new(), waiting: 0, below: 0 }
    }

    /// Brings lanes to a component that has not been carried on yet.
    pub(super) fn add(&mut self, component: usize, more: u64) {
        let there = &mut self.lanes[component];
        if *there == 0 && more != 0 {
            self.touched.push(component);
            self.waiting += 1;
            self.below = self.below.max(component + 1);
        }
        *there |= more;
    }

    /// The next component to carry on, with all the lanes that ever come to it.
    pub(super) fn next(&mut self) -> Option<(usize, u64)> {
        if self.waiting == 0 {
            return None;
        }
        loop {
            self.below -= 1;
            if self.lanes[self.below] != 0 {
                self.waiting -= 1;
                return Some((self.below, self.lanes[self.below]));
            }
        }
    }

    /// What was come to, with the lanes; and everything is clean again.
    pub(super) fn finish(&mut self) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.below = 0;
        let lanes = &mut self.lanes;
        self.touched.drain(..).map(|component| (component, std::mem::take(&mut lanes[component])))
    }
}
