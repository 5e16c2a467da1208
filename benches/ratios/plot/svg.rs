//! As much of SVG as a chart needs.

use std::fmt::Write as _;

/// The colours of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme {
    pub(super) name: &'static str,
    background: &'static str,
    text: &'static str,
    faint: &'static str,
    grid: &'static str,
    /// By series; told apart without colours by their marks.
    series: [&'static str; 4],
}

pub(super) const LIGHT: Theme = Theme {
    name: "light",
    background: "#ffffff",
    text: "#1f2328",
    faint: "#59636e",
    grid: "#e3e7eb",
    series: ["#0969da", "#cf222e", "#8250df", "#1a7f37"],
};

pub(super) const DARK: Theme = Theme {
    name: "dark",
    background: "#0d1117",
    text: "#e6edf3",
    faint: "#9198a1",
    grid: "#262c36",
    series: ["#58a6ff", "#ff7b72", "#d2a8ff", "#56d364"],
};

/// A picture that is being drawn; lengths are pixels from the upper left corner.
#[derive(Debug)]
pub(super) struct Picture<'t> {
    theme: &'t Theme,
    text: String,
}

/// Where a text stands from its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl<'t> Picture<'t> {
    pub(super) fn new(theme: &'t Theme, (width, height): (f64, f64), title: &str) -> Self {
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\">\n\
             <title>{title}</title>\n"
        );
        let _ = writeln!(text, "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", theme.background);
        Self { theme, text }
    }

    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64)) {
        let (colour, ((x1, y1), (x2, y2))) = (self.theme.grid, (from, to));
        let _ = writeln!(
            self.text,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\"/>"
        );
    }

    /// A dashed line to compare with.
    pub(super) fn guide(&mut self, from: (f64, f64), to: (f64, f64)) {
        let (colour, ((x1, y1), (x2, y2))) = (self.theme.faint, (from, to));
        let _ = writeln!(
            self.text,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{colour}\" \
             stroke-dasharray=\"2 4\"/>"
        );
    }

    pub(super) fn label(&mut self, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        self.write((x, y), anchor, 11, self.theme.faint, "", text);
    }

    pub(super) fn heading(&mut self, (x, y): (f64, f64), text: &str) {
        self.write((x, y), Anchor::Start, 13, self.theme.text, " font-weight=\"600\"", text);
    }

    /// The name of a series.
    pub(super) fn name(&mut self, (x, y): (f64, f64), text: &str) {
        self.write((x, y), Anchor::Start, 12, self.theme.text, "", text);
    }

    fn write(&mut self, (x, y): (f64, f64), anchor: Anchor, size: u32, colour: &str, more: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = writeln!(
            self.text,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{colour}\"{more}>\
             {text}</text>"
        );
    }

    /// A line through points, with a mark on each.
    pub(super) fn series(&mut self, series: usize, points: &[(f64, f64)]) {
        let colour = self.theme.series[series];
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(
            self.text,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"/>",
            path.join(" ")
        );
        for point in points {
            self.mark(series, *point);
        }
    }

    /// The mark of a series: a disc, a square, a diamond or a triangle.
    pub(super) fn mark(&mut self, series: usize, (x, y): (f64, f64)) {
        let (colour, edge) = (self.theme.series[series], self.theme.background);
        let corners: &[(f64, f64)] = match series {
            1 => &[(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)],
            2 => &[(0.0, -5.0), (5.0, 0.0), (0.0, 5.0), (-5.0, 0.0)],
            3 => &[(0.0, -5.0), (4.8, 3.6), (-4.8, 3.6)],
            _ => &[],
        };
        let style = format!("fill=\"{colour}\" stroke=\"{edge}\" stroke-width=\"0.8\"");
        if corners.is_empty() {
            let _ = writeln!(self.text, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" {style}/>");
        } else {
            let corners: Vec<String> =
                corners.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx, y + dy)).collect();
            let _ = writeln!(self.text, "<polygon points=\"{}\" {style}/>", corners.join(" "));
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.text += "</svg>\n";
        self.text
    }
}
