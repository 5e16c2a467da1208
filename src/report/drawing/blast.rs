//! A blast radius as a picture: the start on top, what it influences below it by hops, and what a guard still stands before
//! apart at the bottom.

use super::blast_picture::{OTHER_FLOWS, Picture};
use super::dot;
use super::dot::{Attributes, Canvas, Header, Legend};
use super::edge;
use super::edge::{Emphasis, Looks};
use super::links::Link;
use super::node;
use super::options::DrawError;
use super::palette::{Palette, Theme};
use crate::analysis::{BlastRadius, Leg};
use crate::model::NodeId;
use crate::report::counts::counted;
use crate::report::page::PageStyle;
use crate::report::sentence::compromised;
use crate::report::what_if::what_if_line;

/// Draws a blast radius in DOT.
///
/// # Errors
/// If it has too many nodes to read.
pub fn dot_blast(blast: &BlastRadius<'_>, theme: Theme) -> Result<String, DrawError> {
    let picture = Picture::new(blast)?;
    let palette = theme.palette();
    let others = picture.other_links();
    let attributes = dot::graph_attributes(palette, "TB", &picture.header(others.len(), palette));
    Ok(dot::graph(&attributes, palette, |canvas| {
        picture.draw_ranks(canvas, palette);
        for node in picture.nodes() {
            canvas.node(&node::id(node), &picture.node_attributes(node, palette));
        }
        picture.draw_links(canvas, &others, palette);
    }))
}

impl Picture<'_, '_> {
    /// Captions on the left, and under each other; nodes beside them.
    fn draw_ranks(&self, canvas: &mut Canvas<'_, '_>, palette: &Palette) {
        let caption_id = |rank: usize| format!("hop_{rank}");
        for (rank, (caption, _)) in self.ranks.iter().enumerate() {
            let attributes = Attributes::default()
                .set("shape", "plaintext")
                .set("style", "")
                .set("fontsize", 11)
                .set("fontcolor", palette.soft)
                .set("label", caption)
                .set("height", 0.2)
                .set("width", 0.6)
                .set("margin", 0);
            canvas.node(&caption_id(rank), &attributes);
        }
        let invisible = Attributes::default().set("style", "invis").set("weight", 50);
        for rank in 1..self.ranks.len() {
            canvas.edge(&caption_id(rank - 1), &caption_id(rank), &invisible);
        }
        for (rank, (_, nodes)) in self.ranks.iter().enumerate() {
            let beside = nodes.iter().map(|node| node::id(*node));
            canvas.same_rank(&std::iter::once(caption_id(rank)).chain(beside).collect::<Vec<_>>());
        }
    }

    fn node_attributes(&self, node: NodeId, palette: &Palette) -> Attributes {
        let spec = self.spec();
        let hops = self.hops(node);
        let is_start = hops == 0;
        let words = self.words(node).join(" · ");
        let attributes = node::shape(spec.node(node))
            .html_label(&node::label(spec.node_name(node), is_start, &words, None))
            .text("tooltip", &self.tooltip(node))
            .set("color", palette.taint);
        if self.is_guarded(node) {
            let dashed =
                if node::is_rounded(spec.node(node)) { "rounded,filled,dashed" } else { "filled,dashed" };
            return attributes.set("style", dashed);
        }
        let text = if is_start { palette.start[1] } else { palette.ink };
        attributes.set("fillcolor", palette.tainted(hops)).set("fontcolor", text)
    }

    fn tooltip(&self, node: NodeId) -> String {
        let about = node::tooltip(self.spec(), node);
        let Some((finding, _)) = self.found.get(&node) else { return format!("{about} Compromised.") };
        let cost = finding.cost;
        let sessions = match cost.sessions {
            0 => "within the session".to_owned(),
            sessions => counted(sessions as usize, "session") + " later",
        };
        let guards = match cost.guards {
            0 => "open".to_owned(),
            guards => format!("behind {}", counted(guards as usize, "guard")),
        };
        format!("{} from the start, {guards}, {sessions}. {about}", counted(cost.hops as usize, "hop"))
    }

    fn draw_links(&self, canvas: &mut Canvas<'_, '_>, others: &[Link<'_>], palette: &Palette) {
        for link in self.best_links() {
            let down = self.rank(link.from) < self.rank(link.to);
            let emphasis = if self.is_guarded(link.to) { Emphasis::Behind } else { Emphasis::Best };
            let looks = Looks { emphasis, upwards: false, terse: false, weight: 2, ranks: down };
            edge::draw(canvas, self.blast.graph, &link, palette, looks);
        }
        if others.len() <= OTHER_FLOWS {
            for link in others {
                let looks =
                    Looks { emphasis: Emphasis::Other, upwards: false, terse: true, weight: 1, ranks: false };
                edge::draw(canvas, self.blast.graph, link, palette, looks);
            }
        }
    }

    fn rank(&self, node: NodeId) -> usize {
        self.ranks.iter().position(|(_, nodes)| nodes.contains(&node)).unwrap_or(usize::MAX)
    }

    fn header(&self, others: usize, palette: &Palette) -> Header {
        Header {
            title: PageStyle::Text.text(self.blast.graph.spec(), &compromised(self.blast)),
            subtitles: vec![self.subtitle()],
            legend: self.legend(others, palette),
            notes: what_if_line(self.blast.graph.spec())
                .into_iter()
                .chain(self.unreached())
                .chain(left_out(others))
                .collect(),
        }
    }

    fn legend(&self, others: usize, palette: &Palette) -> Vec<Legend> {
        let marked =
            |mark: &str| self.nodes().any(|node| self.words(node).iter().any(|word| word.ends_with(mark)));
        let result = self.found.values().any(|(_, hop)| hop.leg == Leg::Result);
        let entries = [
            (!self.found.is_empty(), Legend::sign(palette.taint_text, "bold", "a best path")),
            (result, Legend::sign(palette.taint_text, "answers", "with the result of a call")),
            ((1..=OTHER_FLOWS).contains(&others), Legend::words("thin = other flows")),
            (!self.blast.influenced_guarded.is_empty(), Legend::words("dashed = only if the guard ‖ fails")),
            (marked("▲"), Legend::words("▲ more trusted than the start")),
            (marked("foothold"), Legend::words("foothold = outlives the session")),
        ];
        entries.into_iter().filter(|(occurs, _)| *occurs).map(|(_, entry)| entry).collect()
    }
}

/// A sentence about the flows that would clutter the picture.
fn left_out(others: usize) -> Option<String> {
    (others > OTHER_FLOWS).then(|| format!("{others} other flows among them are not drawn"))
}
