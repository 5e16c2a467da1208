//! A blast radius as a picture: the start on top, what it influences below it by hops, and what a guard still stands before apart
//! at the bottom.

use indexmap::IndexMap;

use super::elements::{Link, in_plane, links};
use super::limits::{DrawError, MAX_OTHER_FLOWS, check_size};
use super::looks::{Ink, columns};
use super::model::{Format, Group, Legend, Line, LineRole, Node, Picture, Pull, Rank, Role};
use super::node_words;
use crate::analysis::{BlastRadius, Hop, Leg, Reached};
use crate::graph::Edge;
use crate::model::{NodeId, NodeKind, Plane, Spec};
use crate::report::counts::counted;
use crate::report::sentence::compromised;
use crate::report::what_if::what_if_line;
use crate::report::write::{self, Plain};

/// How wide a rank may be before it is broken, in columns of text.
const RANK_COLUMNS: usize = 64;
/// What a node takes beside its text, in such columns.
const NODE_COLUMNS: usize = 7;
/// How many nodes that are not reached are named.
const NAMED: usize = 12;

/// A blast radius. Mermaid draws the best paths alone, and says at every node how far it is.
pub(super) fn picture(blast: &BlastRadius<'_>, format: Format) -> Result<Picture, DrawError> {
    let spread = Spread::of(blast)?;
    let others = match format {
        Format::Dot => spread.other_links(),
        Format::Mermaid => Vec::new(),
    };
    let notes = match format {
        Format::Dot => spread.unreached().into_iter().chain(left_out(others.len())).collect(),
        Format::Mermaid => std::iter::once("best paths only".to_owned()).chain(spread.unreached()).collect(),
    };
    let best = spread.best_links();
    let lines = best.iter().map(|link| spread.best_line(link, format));
    let shown = if others.len() <= MAX_OTHER_FLOWS { others.as_slice() } else { &[] };
    Ok(Picture {
        title: write::text(&Plain, blast.graph.spec(), &compromised(blast)),
        subtitles: vec![spread.subtitle()],
        what_if: what_if_line(spread.spec()).into_iter().collect(),
        legend: spread.legend(others.len()),
        notes,
        ranks: spread.ranks(),
        groups: vec![Group {
            zone: None,
            nodes: spread.nodes().map(|node| spread.node(node, format)).collect(),
        }],
        lines: lines.chain(shown.iter().map(|link| spread.other_line(link))).collect(),
        ..Picture::default()
    })
}

/// A sentence about the flows that would clutter the picture.
fn left_out(others: usize) -> Option<String> {
    (others > MAX_OTHER_FLOWS).then(|| format!("{others} other flows among them are not drawn"))
}

/// What is drawn of a blast radius.
struct Spread<'b, 'g> {
    blast: &'b BlastRadius<'g>,
    /// Ranks from the top, with their captions.
    ranks: Vec<(String, Vec<NodeId>)>,
    /// By node that is influenced, how.
    found: IndexMap<NodeId, (Reached, Hop)>,
    /// All edges, with the guards that stop influence.
    edges: Vec<Edge>,
}

impl<'b, 'g> Spread<'b, 'g> {
    fn of(blast: &'b BlastRadius<'g>) -> Result<Self, DrawError> {
        let findings = || blast.influenced.iter().chain(&blast.influenced_guarded);
        check_size(blast.graph, blast.starts.len() + findings().count())?;
        let last = |finding: &Reached| {
            let hop = blast.influence_path(finding.node)?.hops.last().copied()?;
            Some((finding.node, (*finding, hop)))
        };
        let found = findings().filter_map(last).collect();
        let edges = in_plane(blast.graph, Plane::Influence);
        let mut spread = Self { blast, ranks: Vec::new(), found, edges };
        spread.ranks = spread.lay_out();
        Ok(spread)
    }

    fn spec(&self) -> &'g Spec {
        self.blast.graph.spec()
    }

    /// All nodes that are drawn, from the top.
    fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.ranks.iter().flat_map(|(_, nodes)| nodes.iter().copied())
    }

    /// Whether a node is reached only if more guards fail.
    fn is_guarded(&self, node: NodeId) -> bool {
        self.found.get(&node).is_some_and(|(finding, _)| finding.cost.guards > self.blast.max_guards)
    }

    /// Hops to a node; 0 for the starts.
    fn hops(&self, node: NodeId) -> u32 {
        self.found.get(&node).map_or(0, |(finding, _)| finding.cost.hops)
    }

    fn lay_out(&self) -> Vec<(String, Vec<NodeId>)> {
        let mut ranks = self.broken("start", self.blast.starts.clone());
        for level in self.blast.influenced.chunk_by(|one, other| one.cost.hops == other.cost.hops) {
            let caption = format!("hop {}", level[0].cost.hops);
            ranks.extend(self.broken(&caption, level.iter().map(|finding| finding.node).collect()));
        }
        for level in self.blast.influenced_guarded.chunk_by(|one, other| one.cost.guards == other.cost.guards)
        {
            let caption = format!("behind {}", counted(level[0].cost.guards as usize, "guard"));
            ranks.extend(self.guarded(&caption, level));
        }
        ranks
    }

    /// Ranks of nodes behind as many guards: first those right behind a guard, then what follows from them.
    fn guarded(&self, caption: &str, level: &[Reached]) -> Vec<(String, Vec<NodeId>)> {
        let mut depths: IndexMap<NodeId, usize> = IndexMap::new();
        let mut rows: Vec<Vec<NodeId>> = Vec::new();
        for finding in level {
            let before = self.found.get(&finding.node).map(|(_, hop)| hop.from);
            let depth = before.and_then(|node| depths.get(&node)).map_or(0, |depth| depth + 1);
            depths.insert(finding.node, depth);
            rows.resize(rows.len().max(depth + 1), Vec::new());
            rows[depth].push(finding.node);
        }
        let captioned =
            |(depth, row): (usize, Vec<NodeId>)| self.broken(if depth == 0 { caption } else { "then" }, row);
        rows.into_iter().enumerate().flat_map(captioned).collect()
    }

    /// One rank, or several about as wide where one would be too wide. The first has the caption.
    fn broken(&self, caption: &str, nodes: Vec<NodeId>) -> Vec<(String, Vec<NodeId>)> {
        let total: usize = nodes.iter().map(|node| self.width(*node)).sum();
        let share = total / total.div_ceil(RANK_COLUMNS).max(1);
        let mut ranks: Vec<(String, Vec<NodeId>)> = Vec::new();
        let mut width = 0;
        for node in nodes {
            match ranks.last_mut() {
                Some((_, rank)) if width < share => rank.push(node),
                last => {
                    let caption = if last.is_none() { caption.to_owned() } else { String::new() };
                    ranks.push((caption, vec![node]));
                    width = 0;
                }
            }
            width += self.width(node);
        }
        ranks
    }

    /// How wide a node is, in columns of text.
    fn width(&self, node: NodeId) -> usize {
        let words = self.words(node).iter().map(|word| columns(word)).max().unwrap_or(0);
        NODE_COLUMNS + columns(self.spec().node_name(node)).max(words).min(28)
    }

    /// The small words under a name.
    fn words(&self, node: NodeId) -> Vec<String> {
        let spec = self.spec();
        let is_start = self.blast.is_start(node);
        let zone = spec.node(node).zone.map(|zone| spec.zone_name(zone).to_owned());
        let zone = match (zone, self.blast.is_escalation(node)) {
            (Some(zone), true) if !is_start => Some(format!("{zone} ▲")),
            (zone, _) => zone,
        };
        let is_foothold = self.blast.footholds.iter().any(|finding| finding.node == node);
        let ends = !is_start && !spec.node(node).relays && spec.node(node).kind == NodeKind::Principal;
        let leaves = !is_start && spec.node(node).kind == NodeKind::Sink;
        let marks = [
            (spec.node(node).critical, "critical"),
            (is_foothold, "foothold"),
            (ends, "ends here"),
            (leaves, "leaves here"),
        ];
        let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, word)| word.to_owned());
        zone.into_iter().chain(marks).collect()
    }

    /// The last hop of every best path, as the one edge that makes it.
    fn best_links(&self) -> Vec<Link<'_>> {
        self.found.values().map(|(_, hop)| Link::of_hop(&self.edges, hop)).collect()
    }

    /// The other flows of influence among the nodes that are drawn, where no best path runs.
    fn other_links(&self) -> Vec<Link<'_>> {
        let best: Vec<(NodeId, NodeId)> = self.found.values().map(|(_, hop)| (hop.from, hop.to)).collect();
        let drawn = |node: NodeId| self.found.contains_key(&node) || self.blast.is_start(node);
        let among = links(self.edges.iter().filter(|edge| edge.is_declared()));
        let is_other = |link: &Link<'_>| {
            drawn(link.from)
                && drawn(link.to)
                && !link.is_authority(self.spec())
                && !best.contains(&(link.from, link.to))
        };
        among.into_iter().filter(is_other).collect()
    }
}

impl Spread<'_, '_> {
    fn ranks(&self) -> Vec<Rank> {
        let ids = |nodes: &[NodeId]| nodes.iter().map(|node| node.index()).collect();
        let ranks = self.ranks.iter();
        ranks.map(|(caption, nodes)| Rank { caption: caption.clone(), nodes: ids(nodes) }).collect()
    }

    fn node(&self, id: NodeId, format: Format) -> Node {
        let hops = self.hops(id);
        let role = match hops {
            _ if self.is_guarded(id) => Role::Guarded,
            0 => Role::Start,
            hops => Role::Hop(hops as usize),
        };
        let rank = match (format, hops) {
            // Ranks say it.
            (Format::Dot, _) => None,
            (Format::Mermaid, 0) => Some("start".to_owned()),
            (Format::Mermaid, hops) => Some(format!("hop {hops}")),
        };
        let words = rank.into_iter().chain(self.words(id)).collect();
        Node { hint: self.hint(id), ..Node::new(self.spec(), id, role, words) }
    }

    /// How a node is reached, and what it is.
    fn hint(&self, node: NodeId) -> String {
        let about = node_words::description(self.spec(), node);
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

    fn best_line(&self, link: &Link<'_>, format: Format) -> Line {
        let (graph, spec) = (self.blast.graph, self.spec());
        let role = if self.is_guarded(link.to) { LineRole::Behind } else { LineRole::Best };
        let label = match format {
            Format::Dot => link.letters_and_authority(spec),
            Format::Mermaid => link.words_of_flow(spec),
        };
        let pull = Pull { weight: 2, ranks: self.rank(link.from) < self.rank(link.to), is_upwards: false };
        Line { head: Some(link.head(spec)), pull, ..link.line(graph, role, label) }
    }

    fn other_line(&self, link: &Link<'_>) -> Line {
        let (graph, spec) = (self.blast.graph, self.spec());
        let label = if link.says_all() { Vec::new() } else { link.letters_and_authority(spec) };
        let pull = Pull { weight: 1, ranks: false, is_upwards: false };
        Line { head: Some(link.head(spec)), pull, ..link.line(graph, LineRole::Other, label) }
    }

    fn rank(&self, node: NodeId) -> usize {
        self.ranks.iter().position(|(_, nodes)| nodes.contains(&node)).unwrap_or(usize::MAX)
    }

    fn legend(&self, others: usize) -> Vec<Legend> {
        let marked =
            |mark: &str| self.nodes().any(|node| self.words(node).iter().any(|word| word.ends_with(mark)));
        let result = self.found.values().any(|(_, hop)| hop.leg == Leg::Result);
        Legend::occurring([
            (!self.found.is_empty(), Legend::sign(Ink::TaintText, "bold", "a best path")),
            (result, Legend::sign(Ink::TaintText, "answers", "with the result of a call")),
            ((1..=MAX_OTHER_FLOWS).contains(&others), Legend::words("thin = other flows")),
            (!self.blast.influenced_guarded.is_empty(), Legend::words("dashed = only if the guard ‖ fails")),
            (marked("▲"), Legend::words("▲ more trusted than the start")),
            (marked("foothold"), Legend::words("foothold = outlives the session")),
        ])
    }

    /// What is reached, of how much.
    fn subtitle(&self) -> String {
        let blast = self.blast;
        let others = self.spec().nodes.len() - blast.starts.len();
        let hops = blast.influenced.last().map_or(0, |finding| finding.cost.hops);
        let mut text = format!("{} of {} influenced", blast.influenced.len(), counted(others, "other node"));
        if blast.max_guards > 0 {
            text.push_str(&format!(" if at most {} fail", counted(blast.max_guards as usize, "guard")));
        }
        if hops > 0 {
            text.push_str(&format!(" in at most {}", counted(hops as usize, "hop")));
        }
        let above = |finding: &&Reached| blast.is_escalation(finding.node);
        let parts = [
            (blast.influenced.iter().filter(above).count(), "of them more trusted"),
            (
                blast.influenced_guarded.len(),
                if blast.max_guards > 0 { "more behind more guards" } else { "more only behind guards" },
            ),
        ];
        for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
            text.push_str(&format!(", {count} {what}"));
        }
        text
    }

    /// A sentence that names what is not reached.
    fn unreached(&self) -> Option<String> {
        let spec = self.spec();
        let missing = |node: &NodeId| !self.found.contains_key(node) && !self.blast.is_start(*node);
        let names: Vec<&str> = spec.node_ids().filter(missing).map(|node| spec.node_name(node)).collect();
        let more = names.len().saturating_sub(NAMED);
        let tail = if more > 0 { format!(", and {more} more") } else { String::new() };
        let named = names[..names.len() - more].join(", ");
        (!names.is_empty()).then(|| format!("not reached: {named}{tail}"))
    }
}
