//! Rules about what is not there any more: a whole spec, or a node whose marks go with it.

use super::{Example, RulePage};

pub(super) const SPEC_GONE: RulePage = RulePage {
    means: "The base declares nodes and the head declares none: its file was deleted, moved where nobody looks for it, or emptied. With \
            the nodes went the zones, critical marks, levels and rules that every later change would have been judged by.",
    attack: Some(
        "Who wants to open a path deletes or empties the spec in one change, which closes everything and opens nothing, and brings it \
         back without its guards in the next one, which is then the first topology there is.",
    ),
    computed: "A head without a node, where the base has one, whatever else its file still says. One finding stands for all that went, and \
               says how much that was; paths that are closed are told as ever. A file that git knows to be moved is not gone. What the base \
               says about the level of this rule counts.",
    fix: "Put the spec back. To delete it on purpose, land an acceptance first, in a spec that remains: `accept: [{spec: \
          agents/crabwalk.yaml, reason: …}]`, with the path from the root of the repository. Where there is no other spec, let it stand in \
          this one, empty the spec but for it in the next change, and delete the file in the one after. `crabwalk diff BASE --head none` \
          compares with nothing on purpose, and finds nothing.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  planner: {invoke: [{target: payments, guards: human-approval}]}
tools:
  payments: {critical: true}
rules:
  - {why: people pay, deny: {from: planner, to: payments}}",
        ),
        found: "\
version: 1",
        right: "\
version: 1
tools:
  payments: {critical: true}
rules:
  - {why: nobody pays, limit: {of: payments, to: 0}}",
    },
    references: &["[Spec reference](../spec-reference.md): `accept`"],
    severity: Some("8.0"),
};

pub(super) const MARKED_NODE_GONE: RulePage = RulePage {
    means: "A node that was critical, private or in a zone is gone, and a new one has some of its edges or callers. If that is the same \
            node under another name, its marks are off, and what leads to it leads nowhere in particular.",
    attack: Some(
        "Rename what is critical and leave the mark out, and every new path to it is a path to a node that nobody has said anything about.",
    ),
    computed: "An edge is kept where the new node has the same verb, in the same direction, with the same node at the other end; what a \
               credential opens counts as its edges. A node that says `was` with another name counts as new for the edges that it did not \
               have. If the other end is gone as well, an edge to a new node counts that may be it: one that keeps an edge of it with a \
               node that stays or, if it had none, is of its kind; then what is gone and what is new must be of one kind too. One finding a \
               node that is gone; named is the new node that keeps most of its edges, of several the first. Not found: a node that is gone \
               while no new one has an edge of it; edges that move to a node that was there before, which are new edges and judged as \
               such; a node that stays and loses its edges; and a new node with none of the old edges. Marks that go while the node \
               stays, under its name or by `was`, are CW008.",
    fix: "Say `was: payments` on the new node if it is the same one; then its marks are compared, and acceptances and rules follow it. If it \
          is another one, accept the finding in a change before.",
    example: Example {
        before: Some(
            "\
version: 1
agents:
  planner: {invoke: [{target: payments, guards: human-approval}]}
tools:
  payments: {critical: true}",
        ),
        found: "\
version: 1
agents:
  planner: {invoke: [{target: billing, guards: human-approval}]}
tools:
  billing: {}",
        right: "\
version: 1
agents:
  planner: {invoke: [{target: billing, guards: human-approval}]}
tools:
  billing: {was: payments, critical: true}",
    },
    references: &["[Spec reference](../spec-reference.md): attributes, `was` and `accept`"],
    severity: Some("7.5"),
};
