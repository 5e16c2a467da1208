//! The only user of dot-writer, which escapes nothing: ids are `n0` and `cluster_0`, and every text goes through `escape`.

use dot_writer::{Attributes as _, DotWriter, Scope};

use super::palette::Palette;
use crate::report::DISCLAIMER;
use crate::report::escape::{columns, html, quoted, wrap};

const FONT: &str = "Helvetica,Arial,sans-serif";
/// How many columns the rows above a picture have: about 600 points.
const ROW_COLUMNS: usize = 110;

/// Attributes of one statement, escaped when they are added.
#[derive(Debug, Clone, Default)]
pub(super) struct Attributes(Vec<(&'static str, String, bool)>);

impl Attributes {
    /// Sets a value of ours, in place of what was set before.
    pub(super) fn set(mut self, name: &'static str, value: impl ToString) -> Self {
        self.0.retain(|(before, ..)| *before != name);
        self.0.push((name, value.to_string(), true));
        self
    }

    /// Adds text of somebody else's.
    pub(super) fn text(mut self, name: &'static str, text: &str) -> Self {
        self.0.push((name, quoted(text), true));
        self
    }

    /// Adds an HTML-like label whose texts are escaped already.
    pub(super) fn html_label(mut self, markup: &str) -> Self {
        self.0.push(("label", format!("<{markup}>"), false));
        self
    }

    fn write(&self, to: &mut impl dot_writer::Attributes) {
        for (name, value, quote) in &self.0 {
            to.set(name, value, *quote);
        }
    }
}

/// An open graph, cluster or rank that statements are written into.
pub(super) struct Canvas<'d, 'w>(Scope<'d, 'w>);

impl<'w> Canvas<'_, 'w> {
    pub(super) fn node(&mut self, id: &str, attributes: &Attributes) {
        attributes.write(&mut *self.0.node_named(id));
    }

    pub(super) fn edge(&mut self, from: &str, to: &str, attributes: &Attributes) {
        attributes.write(&mut self.0.edge(from, to).attributes());
    }

    /// A box around what `fill` writes.
    pub(super) fn cluster(&mut self, attributes: &Attributes, fill: impl FnOnce(&mut Canvas<'_, 'w>)) {
        let mut scope = self.0.cluster();
        attributes.write(&mut scope.graph_attributes());
        fill(&mut Canvas(scope));
    }

    /// Puts an invisible point below some nodes and above others.
    pub(super) fn separate(&mut self, point: &str, above: &[String], below: &[String]) {
        let point_looks = Attributes::default()
            .set("style", "invis")
            .set("shape", "point")
            .set("width", 0)
            .set("height", 0);
        self.node(point, &point_looks);
        let unseen = Attributes::default().set("style", "invis").set("weight", 0);
        let group = |ids: &[String]| format!("{{{}}}", ids.join(" "));
        let mut edge = self.0.edge(group(above), point);
        edge.edge(group(below));
        unseen.write(&mut edge.attributes());
    }

    /// Puts some nodes on one rank.
    pub(super) fn same_rank(&mut self, ids: &[String]) {
        let mut scope = self.0.subgraph();
        scope.set("rank", "same", false);
        for id in ids {
            scope.node_named(id.as_str());
        }
    }
}

/// Writes a whole graph. The buffer is a vector, because dot-writer panics where a write fails.
pub(super) fn graph(
    attributes: &Attributes,
    palette: &Palette,
    fill: impl FnOnce(&mut Canvas<'_, '_>),
) -> String {
    let mut bytes = Vec::new();
    {
        let mut writer = DotWriter::from(&mut bytes);
        let mut scope = writer.digraph();
        attributes.write(&mut scope.graph_attributes());
        node_defaults(palette).write(&mut scope.node_attributes());
        edge_defaults(palette).write(&mut scope.edge_attributes());
        fill(&mut Canvas(scope));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The attributes of a graph under a header.
pub(super) fn graph_attributes(palette: &Palette, direction: &str, header: &Header) -> Attributes {
    Attributes::default()
        .set("rankdir", direction)
        .set("newrank", true)
        .set("bgcolor", palette.page)
        .set("fontname", FONT)
        .set("fontsize", 14)
        .set("fontcolor", palette.ink)
        .set("pad", 0.25)
        .set("nodesep", 0.2)
        .set("ranksep", 0.34)
        .set("splines", true)
        .set("outputorder", "edgesfirst")
        .set("labelloc", "t")
        .set("labeljust", "l")
        .text("tooltip", &header.title)
        .html_label(&header.markup(palette))
}

fn node_defaults(palette: &Palette) -> Attributes {
    Attributes::default()
        .set("shape", "box")
        .set("style", "rounded,filled")
        .set("fontname", FONT)
        .set("fontsize", 12)
        .set("fontcolor", palette.ink)
        .set("color", palette.line)
        .set("fillcolor", palette.page)
        .set("margin", "0.14,0.07")
        .set("height", 0.36)
        .set("penwidth", 1.1)
}

fn edge_defaults(palette: &Palette) -> Attributes {
    Attributes::default()
        .set("fontname", FONT)
        .set("fontsize", 10)
        .set("fontcolor", palette.ink)
        .set("color", palette.line)
        .set("penwidth", 1.4)
        .set("arrowsize", 0.75)
}

/// What stands above a picture. It is the graph's label, so that it takes part in no rank.
#[derive(Debug, Clone, Default)]
pub(super) struct Header {
    /// The heading.
    pub(super) title: String,
    /// Sentences under it, plain text.
    pub(super) subtitles: Vec<String>,
    /// Entries of the legend: what they look like, in markup, and how many columns that takes.
    pub(super) legend: Vec<Legend>,
    /// Small print, plain text.
    pub(super) notes: Vec<String>,
}

/// One entry of a legend.
#[derive(Debug, Clone)]
pub(super) struct Legend {
    markup: String,
    columns: usize,
}

impl Legend {
    /// A sign in a colour, and what it means.
    pub(super) fn sign(colour: &str, sign: &str, meaning: &str) -> Self {
        let markup = format!("<font color=\"{colour}\">{}</font>&#160;{}", html(sign), html(meaning));
        Self { markup, columns: columns(sign) + 1 + columns(meaning) }
    }

    /// Words that need no sign.
    pub(super) fn words(meaning: &str) -> Self {
        Self { markup: html(meaning), columns: columns(meaning) }
    }
}

impl Header {
    fn markup(&self, palette: &Palette) -> String {
        let mut rows = Vec::new();
        for line in wrap(&self.title, 72) {
            rows.push(format!("<b><font point-size=\"15\">{}</font></b>", html(&line)));
        }
        let soft = |size: u32, text: &str| {
            format!("<font point-size=\"{size}\" color=\"{}\">{text}</font>", palette.soft)
        };
        let plain = |text: &String, size| {
            wrap(text, ROW_COLUMNS).iter().map(|line| soft(size, &html(line))).collect::<Vec<_>>()
        };
        rows.extend(self.subtitles.iter().flat_map(|text| plain(text, 11)));
        rows.extend(legend_rows(&self.legend).iter().map(|row| soft(10, row)));
        rows.extend(self.notes.iter().flat_map(|text| plain(text, 10)));
        rows.push(soft(9, &html(DISCLAIMER)));
        let rows: String = rows.iter().map(|row| format!("<tr><td align=\"left\">{row}</td></tr>")).collect();
        let open = "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\">";
        format!("{open}{rows}<tr><td height=\"6\"></td></tr></table>")
    }
}

/// Fills rows with the entries of a legend, in order.
fn legend_rows(legend: &[Legend]) -> Vec<String> {
    let mut rows: Vec<(String, usize)> = Vec::new();
    for entry in legend {
        match rows.last_mut() {
            Some((row, width)) if *width + 3 + entry.columns <= ROW_COLUMNS => {
                row.push_str("&#160;&#160;&#160;");
                row.push_str(&entry.markup);
                *width += 3 + entry.columns;
            }
            _ => rows.push((entry.markup.clone(), entry.columns)),
        }
    }
    rows.into_iter().map(|(row, _)| row).collect()
}
