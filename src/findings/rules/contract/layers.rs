//! CW204, `layers`: content goes up or down alone.

use super::asked::{Asked, enough, gets_at, past};
use crate::analysis::{Apart, Member, Pairs};
use crate::findings::finding::Breach;
use crate::model::text::phrase;
use crate::model::{Flow, Layers, NodeId, Plane, Way};

pub(super) fn layers(asked: &Asked<'_>, layers: &Layers) -> Option<Breach> {
    let order = order(asked, layers);
    let plane = layers.plane;
    // Pairs are rows below columns. Content goes from the row in the influence plane, and to it in the exposure plane.
    let rises = (layers.flow == Flow::Down) == (plane == Plane::Influence);
    let highest = u32::try_from(order.len()).unwrap_or(u32::MAX);
    let members: Vec<Member> = (0_u32..)
        .zip(&order)
        .flat_map(|(layer, nodes)| {
            let class = if rises { layer } else { highest - layer };
            nodes.iter().map(move |node| Member { node: *node, class })
        })
        .collect();
    let way = if plane == Plane::Influence { Way::Influence } else { Way::Exposure };
    let pairs = Pairs::of(asked.graph, members.clone(), members, Apart::Below).by(&[way], layers.within);
    let pairs = asked.but_accepted(pairs);
    let found = pairs.gravest()?;
    let (wrong, right) = if layers.flow == Flow::Down { ("up", "down") } else { ("down", "up") };
    let what = gets_at(found.row, found.way, found.column).then(past(found.cost.guards)).and(phrase![
        ", so that content goes ",
        wrong,
        ", where it may only go ",
        right
    ]);
    let fix = phrase![enough(layers.within)].then(asked.cut(&found)).and(", or move the node to its layer");
    Some(asked.by_pairs(&pairs, &found, what, fix))
}

/// The nodes of each layer, the lowest first. Without an order the zones are layers, and equally trusted ones are one.
fn order(asked: &Asked<'_>, layers: &Layers) -> Vec<Vec<NodeId>> {
    if !layers.order.is_empty() {
        return layers.order.iter().map(|words| asked.nodes(words)).collect();
    }
    let spec = asked.spec;
    let mut trusts: Vec<i64> = spec.zones.values().map(|zone| zone.trust).collect();
    trusts.sort_unstable();
    trusts.dedup();
    let of = |trust: &i64| spec.node_ids().filter(|node| spec.trust(*node) == Some(*trust)).collect();
    trusts.iter().map(of).collect()
}
