//! The matrix as one HTML page: a single table, no script, nothing from elsewhere. Each cell says in a sentence what it means.

use std::fmt::Write as _;

use super::cells::{Face, Size, verbs_text};
use super::grid::{Glance, Grid, GridRow, Hold};
use super::layout::{footer_name, margin_count, margin_name, zone_name};
use super::legend::{directions, entries, figures, loops_of, part, zone_note};
use super::text::{MatrixOptions, View};
use crate::analysis::Matrix;
use crate::graph::Cost;
use crate::model::text::phrase;
use crate::model::{NodeId, Plane, Spec, Text, Verb};
use crate::report::columns::Glyphs;
use crate::report::counts::{counted, size};
use crate::report::what_if::closing;
use crate::report::write::{self, Html, Plain, escaped};

const STYLE: &str = include_str!("page.css");
/// Columns of a loop's members.
const LOOP: usize = 400;

/// The matrix of some rows and columns, as for [`matrix_text`](super::matrix_text), as a page. It needs no width.
#[must_use]
pub fn matrix_html(
    matrix: &Matrix<'_>,
    rows: &[NodeId],
    columns: &[NodeId],
    options: MatrixOptions,
) -> String {
    let face = match options.view {
        View::Verbs => Face::Verbs,
        View::Influence => Face::Hops(Plane::Influence, Size::Three),
        View::Exposure => Face::Hops(Plane::Exposure, Size::Three),
    };
    let grid = Grid::collect(matrix, rows, columns);
    HtmlPage { grid, face, glyphs: Glyphs::choose(options.ascii) }.draw()
}

struct HtmlPage<'g> {
    grid: Grid<'g>,
    face: Face,
    glyphs: Glyphs,
}

impl HtmlPage<'_> {
    fn draw(&self) -> String {
        let title = escaped(&self.grid.spec().name);
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>Lateral movement: {title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>Lateral movement: <bdi>{title}</bdi></h1>\n{}{}{}\
             <footer>{}</footer>\n</body>\n</html>\n",
            self.intro(),
            self.table(),
            self.legend(),
            closing(self.grid.spec()).map(|line| self.shown(&line)).collect::<Vec<_>>().join("<br>")
        )
    }

    fn shown(&self, text: &Text) -> String {
        write::text(&Html, self.grid.spec(), text)
    }

    fn intro(&self) -> String {
        let part = part(&self.grid).map_or_else(Text::default, |part| phrase![" Shown: ", part, "."]);
        let [(row_head, row), (column_head, column)] = directions(self.face);
        format!(
            "<p>{}</p>\n<p><b>{row_head}</b> {row} &nbsp; <b>{column_head}</b> {column}. <i>Open</i>: no declared \
             guard has to fail. Rest on a cell to read it in words.</p>\n",
            self.shown(&phrase![
                size(self.grid.graph),
                ". ",
                figures(&self.grid, self.face.plane()),
                ".",
                part
            ])
        )
    }

    fn table(&self) -> String {
        let mut text = String::from("<div class=\"scroll\"><table>\n");
        text += &self.head();
        for block in self.grid.row_blocks() {
            text += "<tbody>\n";
            for (place, row) in self.grid.rows[block.first..block.first + block.len].iter().enumerate() {
                text += "<tr>";
                if place == 0 {
                    let zone = escaped(&zone_name(&self.grid, &block));
                    let _ = write!(
                        text,
                        "<th scope=\"rowgroup\" rowspan=\"{}\"><bdi>{zone}</bdi></th>",
                        block.len
                    );
                }
                text += &self.row(row);
                text += "</tr>\n";
            }
            text += "</tbody>\n";
        }
        text + &self.foot() + "</table></div>\n"
    }

    fn head(&self) -> String {
        let blocks = self.grid.column_blocks();
        let mut zones = String::new();
        let mut names = String::new();
        for block in &blocks {
            let zone = escaped(&zone_name(&self.grid, block));
            let _ = write!(
                zones,
                "<th scope=\"colgroup\" colspan=\"{}\" class=\"z\"><bdi>{zone}</bdi></th>",
                block.len
            );
            for (place, node) in self.grid.columns[block.first..block.first + block.len].iter().enumerate() {
                let first = if place == 0 { " class=\"z\"" } else { "" };
                let number = self.grid.number(*node);
                let _ =
                    write!(names, "<th scope=\"col\"{first}><span>{number} {}</span></th>", self.name(*node));
            }
        }
        let groups: String =
            blocks.iter().map(|block| format!("<colgroup span=\"{}\">", block.len)).collect();
        let margin = margin_name(self.face.plane());
        format!(
            "<colgroup span=\"2\">{groups}<colgroup>\n<thead>\n<tr><td colspan=\"2\"></td>{zones}<td></td></tr>\n\
             <tr><td colspan=\"2\"></td>{names}<th scope=\"col\">{margin}</th></tr>\n</thead>\n"
        )
    }

    fn row(&self, row: &GridRow) -> String {
        let number = self.grid.number(row.node);
        let mut text = format!("<th scope=\"row\"><small>{number}</small> {}</th>", self.name(row.node));
        let firsts: Vec<usize> = self.grid.column_blocks().iter().map(|block| block.first).collect();
        for (column, node) in self.grid.columns.iter().enumerate() {
            let zone = if firsts.contains(&column) { "z " } else { "" };
            text += &match row.cell(column) {
                _ if *node == row.node => format!("<td class=\"{zone}s\">{}</td>", self.glyphs.itself),
                Some(cell) => self.cell(row.node, *node, cell, zone),
                None if zone.is_empty() => "<td></td>".to_owned(),
                None => "<td class=\"z\"></td>".to_owned(),
            };
        }
        text + &format!("<td class=\"m\">{}</td>", margin_count(&self.grid, row, self.face.plane()))
    }

    fn cell(&self, from: NodeId, to: NodeId, cell: &Glance, zone: &str) -> String {
        let shown = match self.face {
            Face::Verbs => verbs_text(cell, &self.glyphs),
            Face::Hops(plane, _) => cell.reach(plane).map_or_else(String::new, |reach| {
                format!("{}{}", reach.hops, if reach.is_open() { "" } else { "'" })
            }),
        };
        let class = format!("{zone}{}", class(cell, self.face));
        let class = match class.trim_end() {
            "" => String::new(),
            class => format!(" class=\"{class}\""),
        };
        let title = escaped(&sentence(self.grid.spec(), from, to, cell));
        format!("<td{class} title=\"{title}\">{}</td>", escaped(&shown))
    }

    fn foot(&self) -> String {
        let plane = self.face.plane();
        let counts = self.grid.reached_by(plane).into_iter().map(|count| format!("<td>{count}</td>"));
        let name = footer_name(plane);
        format!(
            "<tfoot><tr><th scope=\"row\" colspan=\"2\">{name}</th>{}<td></td></tr></tfoot>\n",
            counts.collect::<String>()
        )
    }

    fn legend(&self) -> String {
        let entries = entries(&self.grid, self.face, &self.glyphs);
        // A cell with nothing in it is empty here: the lines of the table guide the eye.
        let entries = entries.iter().filter(|entry| entry.mark != self.glyphs.nothing);
        let terms =
            entries.map(|entry| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(entry.mark), entry.meaning));
        let note = zone_note(&self.grid).map_or_else(String::new, |note| format!("<p>{note} (red)</p>\n"));
        format!("<dl>\n{}</dl>\n{note}{}", terms.collect::<String>(), self.loops())
    }

    fn loops(&self) -> String {
        // As many as text has room for: entities take none.
        let loops = loops_of(&self.grid, self.face.plane(), LOOP, &Plain);
        if loops.lines.is_empty() {
            return String::new();
        }
        let mut text = String::from("<h2>Loops (taint one, taint all)</h2>\n<ul>\n");
        text.extend(loops.lines.iter().map(|line| format!("<li><bdi>{}</bdi></li>\n", self.shown(line))));
        if loops.others > 0 {
            let _ = writeln!(text, "<li>and {} more</li>", counted(loops.others, "loop"));
        }
        text + "</ul>\n"
    }

    fn name(&self, node: NodeId) -> String {
        format!("<bdi>{}</bdi>", escaped(self.grid.spec().node_name(node)))
    }
}

/// What colour repeats: declared, escalation, behind a guard, only learned from.
fn class(cell: &Glance, face: Face) -> String {
    let open = match face {
        Face::Verbs => {
            let mut verbs = cell.verbs.iter().flatten();
            let learns = cell.exposure.filter(|_| cell.verbs == [None; 4]);
            verbs.any(|mark| mark.hold != Hold::Guarded)
                || cell.shown_influence().or(learns).is_some_and(Cost::is_open)
        }
        Face::Hops(plane, _) => cell.is_open(plane),
    };
    let learns = face == Face::Verbs && cell.verbs == [None; 4] && cell.influence.is_none();
    let shown = face == Face::Verbs || cell.reach(face.plane()).is_some();
    let classes = [
        (shown && cell.is_declared(), "d"),
        (shown && open && cell.escalation && !learns, "e"),
        (shown && !open, "g"),
        (learns, "l"),
    ];
    classes.iter().filter(|(is, _)| *is).map(|(_, class)| *class).collect::<Vec<_>>().join(" ")
}

/// A cell in words.
fn sentence(spec: &Spec, from: NodeId, to: NodeId, cell: &Glance) -> String {
    let (from, to) = (spec.node_name(from), spec.node_name(to));
    let mut parts = verb_parts(cell);
    parts.extend(cell.influence.map(|cost| format!("influences it {}", way(cost))));
    parts.extend(cell.exposure.map(|cost| format!("learns from it {}", way(cost))));
    format!("{from} → {to}: {}", parts.join("; "))
}

fn verb_parts(cell: &Glance) -> Vec<String> {
    let marks = Verb::ALL.iter().zip(cell.verbs).filter_map(|(verb, mark)| Some((verb, mark?)));
    let part = marks.map(|(verb, mark)| {
        let who = if mark.declared { format!("declares {verb}") } else { format!("can have {verb} done") };
        match mark.hold {
            Hold::Open => who,
            Hold::Guarded => format!("{who}, if a guard fails"),
            Hold::Detour => format!("{who} behind a guard, yet there is an open way around"),
        }
    });
    part.collect()
}

fn way(cost: Cost) -> String {
    let sessions = match cost.sessions {
        0 => "within the session".to_owned(),
        count => format!("over {}", counted(count as usize, "later session")),
    };
    let guards = match cost.guards {
        0 => "open".to_owned(),
        1 => "if 1 guard fails".to_owned(),
        count => format!("if {count} guards fail"),
    };
    format!("in {}, {sessions}, {guards}", counted(cost.hops as usize, "hop"))
}
