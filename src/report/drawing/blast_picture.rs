//! What is drawn of a blast radius, in DOT and in Mermaid: ranks from the top, small words, best paths and other flows.

use indexmap::IndexMap;

use super::links::{Link, in_plane, links};
use super::options::{DrawError, check_size};
use crate::analysis::{BlastRadius, Hop, Reached};
use crate::graph::Edge;
use crate::model::{NodeId, NodeKind, Plane, Spec};
use crate::report::counts::counted;
use crate::report::escape::columns;

/// How wide a rank may be before it is broken, in columns of text.
const RANK_COLUMNS: usize = 64;
/// What a node takes beside its text, in such columns.
const NODE_COLUMNS: usize = 7;
/// How many flows beside the best paths are drawn at most.
pub(super) const OTHER_FLOWS: usize = 14;
/// How many nodes that are not reached are named.
const NAMED: usize = 12;

/// What is drawn of a blast radius.
pub(super) struct Picture<'b, 'g> {
    pub(super) blast: &'b BlastRadius<'g>,
    /// Ranks from the top, with their captions.
    pub(super) ranks: Vec<(String, Vec<NodeId>)>,
    /// By node that is influenced, how.
    pub(super) found: IndexMap<NodeId, (Reached, Hop)>,
    /// All edges, with the guards that stop influence.
    edges: Vec<Edge>,
}

impl<'b, 'g> Picture<'b, 'g> {
    pub(super) fn new(blast: &'b BlastRadius<'g>) -> Result<Self, DrawError> {
        let findings = || blast.influenced.iter().chain(&blast.influenced_guarded);
        check_size(blast.graph, blast.starts.len() + findings().count())?;
        let last = |finding: &Reached| {
            let hop = blast.influence_path(finding.node)?.hops.last().copied()?;
            Some((finding.node, (*finding, hop)))
        };
        let found = findings().filter_map(last).collect();
        let edges = in_plane(blast.graph, Plane::Influence);
        let mut picture = Self { blast, ranks: Vec::new(), found, edges };
        picture.ranks = picture.lay_out();
        Ok(picture)
    }

    pub(super) fn spec(&self) -> &'g Spec {
        self.blast.graph.spec()
    }

    /// All nodes that are drawn, from the top.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.ranks.iter().flat_map(|(_, nodes)| nodes.iter().copied())
    }

    /// Whether a node is reached only if more guards fail.
    pub(super) fn is_guarded(&self, node: NodeId) -> bool {
        self.found.get(&node).is_some_and(|(finding, _)| finding.cost.guards > self.blast.max_guards)
    }

    /// Hops to a node; 0 for the starts.
    pub(super) fn hops(&self, node: NodeId) -> u32 {
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
    pub(super) fn words(&self, node: NodeId) -> Vec<String> {
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
    pub(super) fn best_links(&self) -> Vec<Link<'_>> {
        self.found.values().map(|(_, hop)| Link::of_hop(&self.edges, hop)).collect()
    }

    /// The other flows of influence among the nodes that are drawn, where no best path runs.
    pub(super) fn other_links(&self) -> Vec<Link<'_>> {
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

impl Picture<'_, '_> {
    /// What is reached, of how much.
    pub(super) fn subtitle(&self) -> String {
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
    pub(super) fn unreached(&self) -> Option<String> {
        let spec = self.spec();
        let missing = |node: &NodeId| !self.found.contains_key(node) && !self.blast.is_start(*node);
        let names: Vec<&str> = spec.node_ids().filter(missing).map(|node| spec.node_name(node)).collect();
        let more = names.len().saturating_sub(NAMED);
        let tail = if more > 0 { format!(", and {more} more") } else { String::new() };
        let named = names[..names.len() - more].join(", ");
        (!names.is_empty()).then(|| format!("not reached: {named}{tail}"))
    }
}
