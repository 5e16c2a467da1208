//! Rules that the spec itself makes.

use super::{Example, RulePage};

pub(super) const DENY_BROKEN: RulePage = RulePage {
    means: "A way is open that a rule of the spec denies.",
    attack: Some("The rule says why it is there; what it keeps apart, somebody has a use for."),
    computed: "Every ordered pair between the two sides of the rule, in the planes and by the verbs that it names, behind at most as \
            many guards as it says. The gravest way is shown.",
    fix: "Take away or guard a hop of the way that is shown, or change the rule.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: pay}}
tools: {pay: }
rules: [{deny: {from: untrusted, to: pay}, why: people pay}]",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents: {worker: {read: inbox, invoke: {target: pay, guards: human-approval}}}
tools: {pay: }
rules: [{deny: {from: untrusted, to: pay}, why: people pay}]",
    },
    references: &["[Rules of your own](../rules.md)"],
    severity: Some("6.0"),
};

pub(super) const ONLY_THROUGH_BROKEN: RulePage = RulePage {
    means: "A path avoids the node or the guard that a rule of the spec says every path passes.",
    attack: Some("The rule says why it is there; what it keeps apart, somebody has a use for."),
    computed: "The paths are searched without the node, or without the hand-overs that have the guard. What is still found avoids \
            it.",
    fix: "Lead the path that is shown through the node or behind the guard, or change the rule.",
    example: Example {
        before: None,
        found: "\
version: 1
sources: {inbox: {kind: email}}
agents: {checker: {read: inbox, invoke: pay}, worker: {read: inbox, invoke: pay}}
tools: {pay: }
rules: [{only-through: {from: inbox, to: pay, through: checker}, why: the checker looks at each}]",
        right: "\
version: 1
sources: {inbox: {kind: email}}
agents: {checker: {read: inbox, invoke: pay}, worker: {read: inbox}}
tools: {pay: }
rules: [{only-through: {from: inbox, to: pay, through: checker}, why: the checker looks at each}]",
    },
    references: &["[Rules of your own](../rules.md)"],
    severity: Some("6.0"),
};

pub(super) const INDEPENDENT_BROKEN: RulePage = RulePage {
    means: "Groups that a rule of the spec keeps apart influence each other.",
    attack: Some("The rule says why it is there; what it keeps apart, somebody has a use for."),
    computed: "Every ordered pair of nodes of two different groups, in both directions.",
    fix: "Take away or guard a hop of the way that is shown, or change the rule.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {north: {write: board}, south: {read: board}}
stores: {board: }
rules: [{independent: [north, south], why: the offices do not meet}]",
        right: "\
version: 1
agents: {north: {write: board}, south: }
stores: {board: }
rules: [{independent: [north, south], why: the offices do not meet}]",
    },
    references: &["[Rules of your own](../rules.md)"],
    severity: Some("6.0"),
};

pub(super) const LAYERS_BROKEN: RulePage = RulePage {
    means: "Content flows against the layers that a rule of the spec sets.",
    attack: Some("The rule says why it is there; what it keeps apart, somebody has a use for."),
    computed: "Every ordered pair of nodes in two layers, in the direction in which nothing is to flow.",
    fix: "Take away or guard a hop of the way that is shown, or change the rule.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {low: {invoke: high}, high: }
rules: [{layers: {order: [low, high], flow: down}, why: orders come from above}]",
        right: "\
version: 1
agents: {low: , high: {invoke: {target: low, returns: false}}}
rules: [{layers: {order: [low, high], flow: down}, why: orders come from above}]",
    },
    references: &["[Rules of your own](../rules.md)"],
    severity: Some("6.0"),
};

pub(super) const EXPECT_BROKEN: RulePage = RulePage {
    means: "A row, a column or the whole matrix is not the one that the spec expects. Entries that are missing count as well as \
            those that are too many.",
    attack: Some("The rule says why it is there; what it keeps apart, somebody has a use for."),
    computed: "The rows that the rule names are computed and compared cell by cell.",
    fix: "Change the topology, or look at each difference and write the block anew with `crabwalk matrix --bless`.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {one: {invoke: other}, other: }
rules: [{expect: {row: one, influence: []}, why: agreed before launch}]",
        right: "\
version: 1
agents: {one: {invoke: other}, other: }
rules: [{expect: {row: one, influence: [other]}, why: agreed before launch}]",
    },
    references: &["[Rules of your own](../rules.md)"],
    severity: Some("5.0"),
};

pub(super) const LIMIT_BROKEN: RulePage = RulePage {
    means: "The blast radius of a node is larger than a rule of the spec allows.",
    attack: Some("The rule says why it is there; what it keeps apart, somebody has a use for."),
    computed: "The nodes within reach of each node that the rule names are counted, of the kind and behind as many guards as it \
            says.",
    fix: "Take away or guard hand-overs of the node that is shown, or raise the limit.",
    example: Example {
        before: None,
        found: "\
version: 1
agents: {one: {invoke: [a, b]}, a: , b: }
rules: [{limit: {of: one, to: 1}, why: small teams}]",
        right: "\
version: 1
agents: {one: {invoke: a}, a: , b: }
rules: [{limit: {of: one, to: 1}, why: small teams}]",
    },
    references: &["[Rules of your own](../rules.md)"],
    severity: Some("6.0"),
};
