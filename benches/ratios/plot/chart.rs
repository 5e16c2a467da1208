//! Figures → a chart: a panel for each task, both axes logarithmic, a line for each shape.

use super::svg::{Anchor, Picture, Theme};
use super::{Point, SHAPES, TASKS};

const WIDTH: f64 = 1_000.0;
const HEIGHT: f64 = 370.0;
const TOP: f64 = 76.0;
const BOTTOM: f64 = 320.0;
const LEFT: f64 = 58.0;
const GAP: f64 = 22.0;

/// Nodes, as powers of ten.
const NODES: [i32; 2] = [3, 6];
pub(super) fn draw(points: &[Point], theme: &Theme) -> String {
    let mut picture =
        Picture::new(theme, (WIDTH, HEIGHT), "Time against the number of nodes, by shape of fleet");
    legend(&mut picture);
    let seconds = powers(points);
    let width = (WIDTH - LEFT - GAP) / TASKS.len() as f64 - GAP;
    for (task, title) in TASKS.iter().enumerate() {
        let panel = Panel { left: LEFT + task as f64 * (width + GAP), width, seconds };
        panel.frame(&mut picture, title, task == 0);
        for (series, shape) in SHAPES.iter().enumerate() {
            let line: Vec<(f64, f64)> = points
                .iter()
                .filter(|point| point.task == task && point.shape == *shape)
                .map(|point| panel.place(f64::from(point.nodes), point.seconds))
                .collect();
            picture.series(series, &line);
        }
    }
    picture.label((WIDTH / 2.0, HEIGHT - 12.0), Anchor::Middle, "nodes");
    picture.finish()
}

fn legend(picture: &mut Picture<'_>) {
    const WORDS: [&str; 4] = [
        "org: teams, few edges between",
        "org-dense: a giant loop",
        "random: most in one loop",
        "layered: 100 layers, no loop",
    ];
    let mut left = LEFT + 6.0;
    for (series, words) in WORDS.iter().enumerate() {
        picture.mark(series, (left, 20.0));
        picture.name((left + 11.0, 24.0), words);
        left += 60.0 + 6.3 * words.len() as f64;
    }
}

/// The powers of ten between which all times lie.
fn powers(points: &[Point]) -> [i32; 2] {
    let seconds = || points.iter().map(|point| point.seconds.log10());
    let (low, high) = (seconds().fold(0.0, f64::min).floor(), seconds().fold(0.0, f64::max).ceil());
    // Clocks of machines end long before numbers do.
    [low.max(-9.0) as i32, high.min(9.0) as i32]
}

/// One panel.
struct Panel {
    left: f64,
    width: f64,
    /// Powers of ten at the bottom and at the top.
    seconds: [i32; 2],
}

impl Panel {
    /// Where a figure stands.
    fn place(&self, nodes: f64, seconds: f64) -> (f64, f64) {
        let part = |value: f64, [low, high]: [i32; 2]| {
            ((value.log10() - f64::from(low)) / f64::from(high - low)).clamp(0.0, 1.0)
        };
        (self.left + part(nodes, NODES) * self.width, BOTTOM - part(seconds, self.seconds) * (BOTTOM - TOP))
    }

    fn frame(&self, picture: &mut Picture<'_>, title: &str, with_times: bool) {
        picture.heading((self.left, TOP - 16.0), title);
        for power in self.seconds[0]..=self.seconds[1] {
            let (_, y) = self.place(1.0, 10_f64.powi(power));
            picture.rule((self.left, y), (self.left + self.width, y));
            if with_times {
                picture.label((self.left - 8.0, y + 4.0), Anchor::End, &time(power));
            }
        }
        for power in NODES[0]..=NODES[1] {
            let (x, _) = self.place(10_f64.powi(power), 1.0);
            picture.rule((x, TOP), (x, BOTTOM));
            // The outermost stand inside the panel, clear of those of the next one.
            let anchor = match power {
                3 => Anchor::Start,
                6 => Anchor::End,
                _ => Anchor::Middle,
            };
            picture.label((x, BOTTOM + 18.0), anchor, count(power));
        }
        self.proportional(picture);
    }

    /// What is proportional to the number of nodes rises like this.
    fn proportional(&self, picture: &mut Picture<'_>) {
        let top = 10_f64.powi(self.seconds[1]);
        let (from, to) = (self.place(1e3, top / 1e3), self.place(1e6, top));
        picture.guide(from, to);
        picture.label((from.0 + 4.0, from.1 - 30.0), Anchor::Start, "∝ nodes");
    }
}

fn time(power: i32) -> String {
    let (unit, of) = match power {
        0.. => ("s", 0),
        -3..0 => ("ms", -3),
        -6..-3 => ("µs", -6),
        _ => ("ns", -9),
    };
    format!("{} {unit}", 10_f64.powi(power - of))
}

fn count(power: i32) -> &'static str {
    match power {
        3 => "1k",
        4 => "10k",
        5 => "100k",
        _ => "1M",
    }
}
