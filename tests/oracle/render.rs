//! Writes a plan down as a valid spec: the sections of nodes, their attributes and their verbs, in varying
//! order and in all the forms that YAML and the spec allow.

use super::draft::{Draft, Wanted, drafts, pick, settle, zone_name};
use super::generate::{EdgePlan, NodePlan, Plan, Shape};
use super::topology::{Kind, Verb};

/// A key of a mapping with its value, as lines of block YAML.
type Entry = Vec<String>;

const BUILT_IN: [&str; 4] = ["human-approval", "quarantine", "typed-output", "redaction"];
const OWN: [&str; 4] = ["dlp", "allow-list", "second pair of eyes", "sandboxing"];

/// The whole spec.
pub fn spec(plan: &Plan) -> String {
    let drafts = drafts(plan);
    let guards = guard_names(plan);
    let taken: Vec<Vec<(usize, Vec<usize>)>> =
        (0..drafts.len()).map(|at| picked(plan, &drafts, at)).collect();
    let is_member = |session: usize, node: usize| {
        drafts[session].kind == Kind::Session && taken[session].iter().any(|(_, nodes)| nodes.contains(&node))
    };
    let edges: Vec<EdgePlan> = shape_edges(plan, &drafts).into_iter().chain(plan.edges.clone()).collect();

    let mut sections = vec![zone_section(plan), guard_section(plan, &drafts, &guards)];
    for kind in Kind::ALL {
        let nodes = (0..drafts.len()).filter(|at| drafts[*at].kind == kind);
        let body = nodes.flat_map(|at| {
            let mut entries: Vec<Entry> =
                drafts[at].attributes.iter().map(|line| vec![line.clone()]).collect();
            entries.extend(pick_entry(plan, &drafts, at, &taken[at]));
            entries.extend(verb_entries(&drafts, &edges, &guards, at, |session| is_member(session, at)));
            write_node(&drafts[at].name, entries, plan.nodes[at].layout)
        });
        sections.push(section(&format!("{}s", kind.name()), body.collect()));
    }
    let mut sections: Vec<(u8, Vec<String>)> = plan.order.iter().copied().zip(sections).collect();
    sections.sort_by_key(|(key, _)| *key);
    let head = ["version: 1".to_owned(), "name: random".to_owned()];
    let lines: Vec<String> =
        head.into_iter().chain(sections.into_iter().flat_map(|(_, lines)| lines)).collect();
    lines.join("\n") + "\n"
}

fn section(name: &str, body: Vec<String>) -> Vec<String> {
    if body.is_empty() {
        return body;
    }
    let mut lines = vec![format!("{name}:")];
    lines.extend(body.into_iter().map(|line| format!("  {line}")));
    lines
}

fn zone_section(plan: &Plan) -> Vec<String> {
    let zone = |n: u8| match plan.trust {
        true => format!("{}: {{trust: {}}}", zone_name(n), n * 10),
        false => format!("{}: {{description: without a number}}", zone_name(n)),
    };
    section("zones", (0..plan.zones).map(zone).collect())
}

/// The guards that edges may name: the built-in ones and those that the plan declares.
fn guard_names(plan: &Plan) -> Vec<&'static str> {
    let own =
        OWN.iter().enumerate().filter(|(n, _)| plan.guards.iter().any(|(g, ..)| usize::from(*g) == n + 4));
    BUILT_IN.into_iter().chain(own.map(|(_, name)| *name)).collect()
}

fn guard_section(plan: &Plan, drafts: &[Draft], names: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, (guard, stops, more)) in plan.guards.iter().enumerate() {
        if plan.guards[..at].iter().any(|(earlier, ..)| earlier == guard) {
            continue;
        }
        let all = [BUILT_IN, OWN].concat();
        let name =
            pick(&all, *guard).filter(|name| names.contains(name)).expect("a declared guard has a name");
        let stops = ["", "stops: [influence]", "stops: [exposure]", "stops: [exposure, influence]"]
            .get(usize::from(*stops))
            .expect("four ways to stop");
        let said = [vec![(*stops).to_owned()], guard_attributes(drafts, *more)].concat();
        let said: Vec<String> = said.into_iter().filter(|one| !one.is_empty()).collect();
        lines.push(format!("{name}: {{{}}}", said.join(", ")));
    }
    section("guards", lines)
}

/// Whether a guard is more than words, who decides, and where its configuration lies. Each now and then.
fn guard_attributes(drafts: &[Draft], more: u8) -> Vec<String> {
    let enforced = [None, None, Some("false"), Some("true")][usize::from(more & 3)];
    let by = [None, Some("person"), Some("code"), Some("model")][usize::from(more >> 2 & 3)];
    let stores: Vec<&Draft> = drafts.iter().filter(|draft| draft.kind == Kind::Store).collect();
    let kept_in = pick(&stores, more >> 5).filter(|_| more >> 4 & 1 == 1);
    let said = [
        enforced.map(|enforced| format!("enforced: {enforced}")),
        by.map(|by| format!("by: {by}")),
        kept_in.map(|store| format!("kept_in: {}", store.name)),
    ];
    said.into_iter().flatten().collect()
}

/// The members of a session, or what a credential opens.
fn picked(plan: &Plan, drafts: &[Draft], at: usize) -> Vec<(usize, Vec<usize>)> {
    let possible = |n: usize| match drafts[at].kind {
        Kind::Session => drafts[n].kind.acts(),
        Kind::Credential => matches!(drafts[n].kind, Kind::Tool | Kind::Agent),
        _ => false,
    };
    settle(drafts, &wanted_picks(plan, drafts, at), possible, |_| false)
}

fn wanted_picks(plan: &Plan, drafts: &[Draft], at: usize) -> Vec<Wanted> {
    let able: Vec<usize> = (0..drafts.len())
        .filter(|n| matches!(drafts[*n].kind, Kind::Tool | Kind::Agent | Kind::Principal))
        .collect();
    let picks = plan.nodes[at].picks.iter();
    picks.filter_map(|(target, select)| Some(Wanted::new(drafts, pick(&able, *target)?, *select))).collect()
}

fn pick_entry(plan: &Plan, drafts: &[Draft], at: usize, taken: &[(usize, Vec<usize>)]) -> Option<Entry> {
    let key = if drafts[at].kind == Kind::Session { "members" } else { "opens" };
    let wanted = wanted_picks(plan, drafts, at);
    let items: Vec<String> = taken.iter().map(|(place, _)| wanted[*place].text(drafts)).collect();
    (!items.is_empty()).then(|| write_items(key, &items, plan.nodes[at].layout))
}

/// The edges of the plan's shape, along which content runs from node to node.
fn shape_edges(plan: &Plan, drafts: &[Draft]) -> Vec<EdgePlan> {
    let last = drafts.len() - 1;
    let links: Vec<(usize, usize)> = match plan.shape {
        Shape::Free => vec![],
        Shape::Chain | Shape::Leak | Shape::Threads | Shape::Tools => (0..last).map(|n| (n, n + 1)).collect(),
        Shape::Cycle => (0..=last).map(|n| (n, (n + 1) % (last + 1))).collect(),
        // In by even spokes, out by odd ones.
        Shape::Star => (1..=last).map(|n| if n % 2 == 0 { (n, 0) } else { (0, n) }).collect(),
        Shape::Diamond => (1..last).flat_map(|n| [(0, n), (n, last)]).collect(),
    };
    links.into_iter().filter_map(|(from, to)| link(drafts, from, to, &plan.nodes[from])).collect()
}

/// Content from one node to another: pushed if the first can, pulled otherwise.
fn link(drafts: &[Draft], from: usize, to: usize, plan: &NodePlan) -> Option<EdgePlan> {
    let can = |actor: usize, verb: Verb, target: usize| {
        drafts[actor].kind.acts() && verb.possible_on(drafts[target].kind, drafts[target].declared)
    };
    let push = [Verb::Invoke, Verb::Write].into_iter().find(|v| can(from, *v, to)).map(|v| (from, v, to));
    let pull = [Verb::Read, Verb::Observe].into_iter().find(|v| can(to, *v, from)).map(|v| (to, v, from));
    let (actor, verb, target) = push.or(pull).filter(|(actor, _, target)| actor != target)?;
    Some(EdgePlan {
        // An actor's place among the actors, a target's among its candidates: `item` counts the same way.
        from: place(actors(drafts), actor),
        verb: verb as u8,
        aim: 0,
        target: place(candidates(drafts, actor, verb, 0), target),
        select: 0,
        guards: if plan.carried.is_multiple_of(4) { vec![plan.zone] } else { vec![] },
        returns: plan.tags,
        return_guards: vec![plan.carried],
        form: plan.layout,
    })
}

fn place(nodes: Vec<usize>, node: usize) -> u8 {
    let at = nodes.iter().position(|n| *n == node).expect("the node is one of them");
    u8::try_from(at).expect("fewer than 256 nodes")
}

fn actors(drafts: &[Draft]) -> Vec<usize> {
    (0..drafts.len()).filter(|n| drafts[*n].kind.acts()).collect()
}

/// The nodes on which the verb is possible; only those of the sort aimed at, if there are any.
fn candidates(drafts: &[Draft], actor: usize, verb: Verb, aim: u8) -> Vec<usize> {
    let possible = |n: &usize| *n != actor && verb.possible_on(drafts[*n].kind, drafts[*n].declared);
    let aimed = |n: &usize| match aim {
        5 | 6 => drafts[*n].kind == Kind::Credential,
        7 | 9 => matches!(drafts[*n].declared, Some("iam-role" | "api-key")),
        8 => drafts[*n].general,
        10 => drafts[*n].partitioned,
        11 => drafts[*n].kind == Kind::Tool,
        _ => false,
    };
    let all: Vec<usize> = (0..drafts.len()).filter(possible).collect();
    let preferred: Vec<usize> = all.iter().copied().filter(aimed).collect();
    if preferred.is_empty() { all } else { preferred }
}

/// One actor's verbs, in the order of the plan. `joined` says whether it is a member of a session.
fn verb_entries(
    drafts: &[Draft],
    edges: &[EdgePlan],
    guards: &[&'static str],
    actor: usize,
    joined: impl Fn(usize) -> bool,
) -> Vec<Entry> {
    let mut verbs: Vec<(Verb, Vec<(Wanted, &EdgePlan)>)> = Vec::new();
    for plan in edges.iter().filter(|e| pick(&actors(drafts), e.from) == Some(actor)) {
        let verb = pick(&Verb::ALL, plan.verb).expect("there are verbs");
        let Some(target) = pick(&candidates(drafts, actor, verb, plan.aim), plan.target) else { continue };
        let item = (Wanted::new(drafts, target, plan.select), plan);
        match verbs.iter_mut().find(|(known, _)| *known == verb) {
            Some((_, items)) => items.push(item),
            None => verbs.push((verb, vec![item])),
        }
    }
    let entry = |(verb, items): (Verb, Vec<(Wanted, &EdgePlan)>)| {
        let (wanted, plans): (Vec<Wanted>, Vec<&EdgePlan>) = items.into_iter().unzip();
        let possible = |n: usize| n != actor && verb.possible_on(drafts[n].kind, drafts[n].declared);
        // A member writes and reads its session already.
        let forbidden = |n: usize| matches!(verb, Verb::Write | Verb::Read) && joined(n);
        let kept = settle(drafts, &wanted, possible, forbidden);
        let texts: Vec<String> = kept
            .iter()
            .map(|(at, takes)| {
                let answers = verb == Verb::Invoke && takes.iter().all(|n| answers(&drafts[*n]));
                write_item(&wanted[*at].text(drafts), plans[*at], guards, answers)
            })
            .collect();
        (!texts.is_empty()).then(|| write_items(verb.name(), &texts, plans[0].form))
    };
    verbs.into_iter().filter_map(entry).collect()
}

fn answers(draft: &Draft) -> bool {
    draft.kind != Kind::Credential && !matches!(draft.declared, Some("iam-role" | "api-key"))
}

/// One item of a verb: a name, or the long form if there is more to say.
fn write_item(target: &str, plan: &EdgePlan, guards: &[&'static str], answers: bool) -> String {
    let mut parts = vec![format!("target: {target}")];
    parts.extend(write_guards(&plan.guards, guards, plan.form));
    if answers {
        parts.extend(match plan.returns {
            1 => Some("returns: false".to_owned()),
            2 | 3 => {
                write_guards(&plan.return_guards, guards, plan.form >> 1).map(|g| format!("returns: {{{g}}}"))
            }
            _ => None,
        });
        parts
            .extend(["advisor", "grader"].get(usize::from(plan.form >> 3)).map(|role| format!("as: {role}")));
    }
    parts.extend((plan.form % 9 == 7).then(|| "logged: false".to_owned()));
    parts.extend((plan.form % 13 == 9).then(|| "uncuttable: true".to_owned()));
    parts.extend((plan.form % 11 == 8).then(|| "note: \"why: a test\"".to_owned()));
    if parts.len() == 1 && plan.form % 7 != 3 {
        target.to_owned()
    } else {
        format!("{{{}}}", parts.join(", "))
    }
}

fn write_guards(numbers: &[u8], guards: &[&'static str], form: u8) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for name in numbers.iter().filter_map(|n| pick(guards, *n)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => None,
        [one] if form & 1 == 1 => Some(format!("guards: {one}")),
        many => Some(format!("guards: [{}]", many.join(", "))),
    }
}

/// One item or a list; a list on one line or on several.
fn write_items(key: &str, items: &[String], form: u8) -> Entry {
    match items {
        [one] if form & 2 == 0 => vec![format!("{key}: {one}")],
        many if form & 4 == 0 => vec![format!("{key}: [{}]", many.join(", "))],
        many => {
            let lines = many.iter().map(|item| format!("  - {item}"));
            std::iter::once(format!("{key}:")).chain(lines).collect()
        }
    }
}

/// A node with its entries in a turned order, in one line or in several.
fn write_node(name: &str, mut entries: Vec<Entry>, layout: u8) -> Vec<String> {
    if entries.is_empty() {
        return vec![if layout & 8 == 0 { format!("{name}:") } else { format!("{name}: {{}}") }];
    }
    let turns = usize::from(layout >> 4) % entries.len();
    entries.rotate_left(turns);
    if layout & 8 == 0 && entries.iter().all(|entry| entry.len() == 1) {
        return vec![format!("{name}: {{{}}}", entries.concat().join(", "))];
    }
    let lines = entries.concat().into_iter().map(|line| format!("  {line}"));
    std::iter::once(format!("{name}:")).chain(lines).collect()
}
