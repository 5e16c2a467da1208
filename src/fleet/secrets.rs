//! Authority for a fleet: credentials with holders and what they open, general tools, roles that agents assume.

use super::draft::{Draft, Edge, Name, Node};
use super::mix::agents;
use super::plan::Secrets;
use super::random::Random;
use crate::model::{NodeKind, Verb};

/// How many agents invoke a general tool or assume a role.
const USERS: u32 = 3;

/// Adds what is asked for, and the tools that credentials and roles need: one for ten of them.
pub(super) fn add(draft: &mut Draft, secrets: Secrets, seed: u64) {
    let Secrets { credentials, general_tools, roles } = secrets;
    let agents = agents(draft);
    let mut random = Random::new(seed, 3);
    let tools =
        add_tools(draft, (u64::from(credentials) + u64::from(roles)).div_ceil(10), &agents, &mut random);
    for number in 0..general_tools {
        let tool = Node::new(NodeKind::Tool, Name::Numbered("shell", number));
        let tool = draft.add(Node { general: true, ..tool });
        let users = users(&agents, &mut random);
        draft.edges.extend(users.into_iter().map(|user| Edge::asks(user, tool)));
    }
    for number in 0..roles {
        add_role(draft, number, &tools, &agents, &mut random);
    }
    for number in 0..credentials {
        add_credential(draft, number, &tools, &agents, &mut random);
    }
}

/// Tools that each write to an agent: to use one is to steer somebody.
fn add_tools(draft: &mut Draft, count: u64, agents: &[u32], random: &mut Random) -> Vec<u32> {
    let mut tools = Vec::new();
    for number in 0..count {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let tool = draft.add(Node::new(NodeKind::Tool, Name::Numbered("tool", number)));
        draft.edges.extend(random.pick(agents).map(|agent| Edge::new(tool, Verb::Write, agent)));
        tools.push(tool);
    }
    tools
}

/// A role that invokes a tool and writes to an agent, and the agents that assume it.
fn add_role(draft: &mut Draft, number: u32, tools: &[u32], agents: &[u32], random: &mut Random) {
    let role = Node::new(NodeKind::Principal, Name::Numbered("role", number));
    let role = draft.add(Node { declared_kind: Some("iam-role"), ..role });
    draft.edges.extend(random.pick(tools).map(|tool| Edge::asks(role, tool)));
    draft.edges.extend(random.pick(agents).map(|agent| Edge::new(role, Verb::Write, agent)));
    let users = users(agents, random);
    draft.edges.extend(users.into_iter().map(|user| Edge::new(user, Verb::Invoke, role)));
}

/// A credential that opens one to three tools, and the agent that reads it.
fn add_credential(draft: &mut Draft, number: u32, tools: &[u32], agents: &[u32], random: &mut Random) {
    const KINDS: [&str; 3] = ["mcp_oauth", "static_bearer", "api_key"];
    let wanted = 1 + random.below(3);
    let mut opens: Vec<u32> = (0..wanted).filter_map(|_| random.pick(tools)).collect();
    opens.sort_unstable();
    opens.dedup();
    let credential = Node::new(NodeKind::Credential, Name::Numbered("credential", number));
    let credential = draft.add(Node { declared_kind: random.pick(&KINDS), opens, ..credential });
    draft.edges.extend(random.pick(agents).map(|holder| Edge::new(holder, Verb::Read, credential)));
}

/// Some agents, none of them twice.
fn users(agents: &[u32], random: &mut Random) -> Vec<u32> {
    let mut users: Vec<u32> = (0..USERS).filter_map(|_| random.pick(agents)).collect();
    users.sort_unstable();
    users.dedup();
    users
}
