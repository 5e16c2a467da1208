//! The matrix reports: what they look like, that they line up, that they leave nothing out, and that no name breaks them.

use crabwalk::analysis::{FleetSummary, Matrix, Order};
use crabwalk::graph::CapabilityGraph;
use crabwalk::model::{NodeId, Plane};
use crabwalk::report::{
    DISCLAIMER, MatrixOptions, View, fleet_summary, matrix_csv, matrix_html, matrix_markdown, matrix_text,
};
use unicode_width::UnicodeWidthStr;

use crate::support::matrix_specs::{DESK, PLAIN, fleet, graph, hostile};

fn all(graph: &CapabilityGraph) -> Vec<NodeId> {
    let nodes: Vec<NodeId> = graph.spec().node_ids().collect();
    Order::Declared.arrange(graph, &nodes)
}

fn styled(graph: &CapabilityGraph, options: MatrixOptions) -> String {
    let nodes = all(graph);
    matrix_text(&Matrix::new(graph), &nodes, &nodes, options)
}

fn text(graph: &CapabilityGraph, view: View, width: Option<usize>) -> String {
    plain(&styled(graph, MatrixOptions { view, width, ascii: false }))
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

fn csv(graph: &CapabilityGraph) -> String {
    let mut bytes = Vec::new();
    matrix_csv(&Matrix::new(graph), &mut bytes).expect("a vector takes everything");
    String::from_utf8(bytes).expect("CSV is text")
}

#[test]
fn every_view_of_a_small_desk() {
    let graph = graph(DESK);
    insta::assert_snapshot!("desk_verbs", text(&graph, View::Verbs, None));
    insta::assert_snapshot!("desk_influence", text(&graph, View::Influence, Some(80)));
    insta::assert_snapshot!("desk_exposure", text(&graph, View::Exposure, Some(80)));
    let ascii = MatrixOptions { ascii: true, ..MatrixOptions::default() };
    insta::assert_snapshot!("desk_ascii", plain(&styled(&graph, ascii)));
    insta::assert_snapshot!("desk_styles", styled(&graph, MatrixOptions::default()).replace('\u{1b}', "^"));
}

#[test]
fn a_spec_without_zones() {
    let graph = graph(PLAIN);
    insta::assert_snapshot!("plain_verbs", text(&graph, View::Verbs, Some(80)));
    insta::assert_snapshot!("plain_influence", text(&graph, View::Influence, Some(80)));
}

#[test]
fn every_format_of_a_small_desk() {
    let graph = graph(DESK);
    let (matrix, nodes) = (Matrix::new(&graph), all(&graph));
    let options = MatrixOptions::default();
    insta::assert_snapshot!("desk_markdown", matrix_markdown(&matrix, &nodes, &nodes, options));
    insta::assert_snapshot!("desk_html", matrix_html(&matrix, &nodes, &nodes, options));
    insta::assert_snapshot!("desk_csv", csv(&graph));
}

#[test]
fn a_part_names_the_columns_that_have_no_row() {
    let graph = graph(DESK);
    let rows = ["inbox", "auditor"].map(|name| graph.spec().node_id(name).expect("it is declared"));
    let columns: Vec<NodeId> = all(&graph).into_iter().filter(|node| *node != rows[1]).collect();
    let matrix = Matrix::restricted(&graph, rows.to_vec(), &columns);
    let text =
        matrix_text(&matrix, &rows, &columns, MatrixOptions { width: Some(80), ..MatrixOptions::default() });
    insta::assert_snapshot!("desk_part", plain(&text));
}

#[test]
fn a_fleet_at_falling_widths() {
    let graph = fleet(48);
    for width in [240, 200, 140, 80] {
        insta::assert_snapshot!(format!("fleet_48_at_{width}"), text(&graph, View::Influence, Some(width)));
    }
    insta::assert_snapshot!("fleet_120_at_80", text(&fleet(120), View::Verbs, Some(80)));
}

#[test]
fn a_fallback_says_so_first() {
    let graph = fleet(48);
    let first =
        |width| text(&graph, View::Verbs, Some(width)).lines().next().map(str::to_owned).unwrap_or_default();
    assert!(first(80).ends_with("the influence view instead"), "{}", first(80));
    assert!(first(40).starts_with("48 nodes do not fit 40 columns: a"), "{}", first(40));
    let markdown = |graph: &CapabilityGraph| {
        let nodes = all(graph);
        matrix_markdown(&Matrix::new(graph), &nodes, &nodes, MatrixOptions::default())
    };
    assert!(markdown(&fleet(61)).contains("Zone to zone"));
    assert!(!markdown(&graph).contains("Zone to zone"));
}

#[test]
fn no_line_is_wider_than_the_limit() {
    for (count, width) in
        [(8, 60), (8, 72), (24, 72), (48, 80), (48, 100), (48, 200), (120, 80), (120, 150), (120, 200)]
    {
        let graph = fleet(count);
        for view in [View::Verbs, View::Influence, View::Exposure] {
            for line in text(&graph, view, Some(width)).lines() {
                assert!(line.width() <= width, "{count} nodes at {width}: {} columns: {line}", line.width());
            }
        }
    }
}

/// The lines of the matrix itself: from the first rule character on.
fn table(text: &str) -> Vec<&str> {
    let is_table = |line: &&str| line.contains(['│', '┼']);
    text.lines().filter(is_table).collect()
}

/// On which columns a line has a rule.
fn rules(line: &str) -> Vec<usize> {
    line.char_indices().filter(|(_, c)| matches!(c, '│' | '┼')).map(|(at, _)| line[..at].width()).collect()
}

#[test]
fn all_lines_of_a_matrix_line_up() {
    for graph in [graph(DESK), fleet(24), fleet(48), graph(&hostile())] {
        for (view, width) in [
            (View::Verbs, None),
            (View::Influence, Some(100)),
            (View::Exposure, Some(80)),
            (View::Influence, Some(72)),
        ] {
            let text = text(&graph, view, width);
            let table = table(&text);
            let first = rules(table[0]);
            assert!(!first.is_empty() || table.len() < 2);
            for line in &table {
                assert_eq!(rules(line), first, "{line}\nin\n{text}");
            }
        }
    }
}

#[test]
fn every_pair_that_has_something_shows_it() {
    for (graph, width) in
        [(graph(DESK), None), (fleet(48), None), (fleet(48), Some(80)), (graph(PLAIN), None)]
    {
        for view in [View::Verbs, View::Influence, View::Exposure] {
            assert_eq!(
                shown(&text(&graph, view, width)),
                expected(&graph, view, width),
                "{view:?} at {width:?}"
            );
        }
    }
}

/// Cells of a page that are neither nothing nor the diagonal: columns of rows are counted by the marks right of the number.
fn shown(text: &str) -> usize {
    let rows = text.lines().skip_while(|line| !line.is_empty()).skip(1).take_while(|line| !line.is_empty());
    let rows = rows.filter(|line| line.contains('■'));
    rows.map(cells_shown).sum()
}

/// A row has the name, the number, the cells and the margin `n/m` with its bar.
fn cells_shown(row: &str) -> usize {
    let words: Vec<&str> = row.split([' ', '│']).filter(|word| !word.is_empty()).collect();
    let end = words.iter().position(|word| word.contains('/')).unwrap_or(words.len());
    let number = words.iter().position(|word| word.parse::<usize>().is_ok()).unwrap_or(0);
    let cells = &words[number + 1..end];
    let marks = |word: &str| match word {
        "·" | "■" => 0,
        // Cells of one or two characters stand against one another.
        _ if word.contains(['·', '■']) || word.len() > 6 => {
            word.chars().filter(|c| !matches!(c, '·' | '■' | '\'')).count()
        }
        _ => 1,
    };
    cells.iter().map(|word| marks(word)).sum()
}

fn expected(graph: &CapabilityGraph, view: View, width: Option<usize>) -> usize {
    let matrix = Matrix::new(graph);
    let plane = if view == View::Exposure { Plane::Exposure } else { Plane::Influence };
    let by_plane = view != View::Verbs || width.is_some();
    let counts = |cell: &&crabwalk::analysis::Cell| !by_plane || cell.cost(plane).is_some();
    matrix.rows().map(|row| row.cells.iter().filter(counts).count()).sum()
}

#[test]
fn hostile_names_stay_names() {
    let graph = graph(&hostile());
    let (matrix, nodes) = (Matrix::new(&graph), all(&graph));
    let options = MatrixOptions { width: Some(100), ..MatrixOptions::default() };
    insta::assert_snapshot!("hostile_text", text(&graph, View::Verbs, Some(100)));
    insta::assert_snapshot!("hostile_markdown", matrix_markdown(&matrix, &nodes, &nodes, options));
    let html = matrix_html(&matrix, &nodes, &nodes, options);
    assert!(!html.contains("<script") && !html.contains("\" onmouseover"), "{html}");
    for (page, what) in [(&text(&graph, View::Verbs, None), "text"), (&html, "html")] {
        assert!(!page.contains(['\u{202e}', '\u{2066}']), "{what} turns around");
    }
}

#[test]
fn no_field_of_the_csv_is_a_formula() {
    let csv = csv(&graph(&hostile()));
    for line in csv.lines().skip(1) {
        let start = line.trim_start_matches('"');
        assert!(!start.starts_with(['=', '+', '-', '@']), "{line}");
    }
    assert!(csv.contains("\n'=cmd|' /C calc'!A0,'+1+1,"), "{csv}");
    assert!(csv.contains("\"\"\" onmouseover=\"\"alert(1)\""), "{csv}");
}

#[test]
fn every_page_ends_with_what_it_does_not_say() {
    for graph in [graph(DESK), fleet(120), graph("version: 1\nname: empty\nagents: {only: {}}\n")] {
        assert!(text(&graph, View::Verbs, Some(80)).ends_with(&format!("{DISCLAIMER}\n")));
        let summary = FleetSummary::of(&Matrix::new(&graph));
        assert!(fleet_summary(&graph, &summary, None, true).ends_with(&format!("{DISCLAIMER}\n")));
    }
}

#[test]
fn ascii_pages_are_ascii() {
    for (graph, width) in [(graph(DESK), None), (fleet(48), Some(80)), (fleet(120), Some(80))] {
        let page = plain(&styled(&graph, MatrixOptions { view: View::Verbs, width, ascii: true }));
        assert!(page.is_ascii(), "{page}");
    }
}
