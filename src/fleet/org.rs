//! The shape of an organisation: teams with a lead, workers and a memory, and edges between teams.

use std::ops::Range;

use super::draft::{Draft, Edge, Name, Node};
use super::random::Random;
use crate::model::{NodeKind, Verb};

/// A team: its agents, the lead first, and its memory if it has one.
#[derive(Debug, Clone)]
struct Team {
    agents: Range<u32>,
    memory: Option<u32>,
}

/// Fewest and most agents of a team.
const SMALLEST: u32 = 5;
const LARGEST: u32 = 12;

/// Teams until there are this many nodes. Each team has `density` times 0.6 edges into others.
pub(super) fn draw(nodes: u32, density: u32, random: &mut Random) -> Draft {
    let mut draft = Draft::default();
    let mut teams = Vec::new();
    while draft.count() < nodes {
        let number = u32::try_from(teams.len()).unwrap_or(u32::MAX);
        let room = nodes - draft.count();
        teams.push(team(number, room, &mut draft, random));
    }
    for team in &teams {
        inside(team, &mut draft.edges, random);
    }
    for (number, team) in teams.iter().enumerate() {
        draft.edges.extend(shared(number, team, &teams, random));
        for _ in 0..density {
            if random.chance(6, 10) {
                draft.edges.extend(across(number, team, &teams, random));
            }
        }
    }
    draft.edges.sort_unstable();
    draft.edges.dedup_by_key(|edge| (edge.from, edge.verb, edge.to));
    draft
}

/// The nodes of a team. The last team takes what room is left.
fn team(number: u32, room: u32, draft: &mut Draft, random: &mut Random) -> Team {
    let wanted = SMALLEST + random.below(LARGEST - SMALLEST + 1);
    let with_memory = random.chance(3, 4);
    let first = draft.count();
    let size = wanted.min(room);
    draft.add(Node::new(NodeKind::Agent, Name::OfTeam(number, "lead")));
    for worker in 1..size {
        draft.add(Node::new(NodeKind::Agent, Name::InTeam(number, "worker", worker)));
    }
    let memory = (with_memory && size < room).then(|| {
        draft.add(Node { forgets: true, ..Node::new(NodeKind::Store, Name::OfTeam(number, "memory")) })
    });
    Team { agents: first..first + size, memory }
}

/// The lead invokes its workers, and every third one answers; the lead writes the memory, and two agents read it.
fn inside(team: &Team, edges: &mut Vec<Edge>, random: &mut Random) {
    let lead = team.agents.start;
    for worker in lead + 1..team.agents.end {
        let edge = if random.chance(1, 3) {
            Edge::asks(lead, worker)
        } else {
            Edge::new(lead, Verb::Invoke, worker)
        };
        edges.push(edge);
    }
    if let Some(memory) = team.memory {
        edges.push(Edge::new(lead, Verb::Write, memory));
        for _ in 0..2 {
            edges.push(Edge::new(one_of(&team.agents, random), Verb::Read, memory));
        }
    }
}

/// An edge into another team: someone here writes to someone there.
fn across(number: usize, team: &Team, teams: &[Team], random: &mut Random) -> Option<Edge> {
    let other = other(number, teams, random)?;
    Some(Edge::new(one_of(&team.agents, random), Verb::Write, one_of(&other.agents, random)))
}

/// Every second team that has a memory shares it: someone in another team reads it.
fn shared(number: usize, team: &Team, teams: &[Team], random: &mut Random) -> Option<Edge> {
    let memory = team.memory.filter(|_| random.chance(1, 2))?;
    let other = other(number, teams, random)?;
    Some(Edge::new(one_of(&other.agents, random), Verb::Read, memory))
}

/// Another team, if there is one.
fn other<'t>(number: usize, teams: &'t [Team], random: &mut Random) -> Option<&'t Team> {
    let others = u32::try_from(teams.len()).ok()?.checked_sub(1).filter(|others| *others > 0)?;
    let drawn = random.below(others) as usize;
    teams.get(if drawn < number { drawn } else { drawn + 1 })
}

fn one_of(agents: &Range<u32>, random: &mut Random) -> u32 {
    agents.start + random.below(agents.end - agents.start)
}
