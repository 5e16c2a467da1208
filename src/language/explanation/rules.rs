//! E5xx: what must hold of the topology.

pub(crate) const UNCLEAR_RULE: &str = "\
A rule says one thing that must hold: it has exactly one of `deny`, `only-through`, `independent`, `layers`, `expect` and
`limit`. So does an `expect`, which speaks of one row, of one column, or of the whole matrix.

Wrong:

    sources: {mail: }
    tools: {payments: }
    rules:
      - why: strangers stay out
        deny: {from: untrusted, to: payments}
        limit: {of: untrusted, to: 10}

Right:

    sources: {mail: }
    tools: {payments: }
    rules:
      - why: strangers stay out
        deny: {from: untrusted, to: payments}
      - why: strangers get no further than the desk
        limit: {of: untrusted, to: 10}";

pub(crate) const NO_WHY: &str = "\
Every rule says why it must hold. Whoever breaks it one day reads this sentence, and has nothing else to judge by.

Wrong:

    sources: {mail: }
    tools: {payments: }
    rules: [{deny: {from: untrusted, to: payments}}]

Right:

    sources: {mail: }
    tools: {payments: }
    rules: [{deny: {from: untrusted, to: payments}, why: refunds are paid by people alone}]";

pub(crate) const RULE_WITHOUT_NODES: &str = "\
A rule names nodes that are not there: a selector takes none, or both ends of a pair are the same single node. Such a rule
would hold whatever the topology does, and nobody would notice.

Wrong:

    sources: {mail: }
    stores: {ledger: {tags: finance}}
    rules: [{deny: {from: untrusted, to: \"tag:finances\"}, why: the books stay right}]

Right:

    sources: {mail: }
    stores: {ledger: {tags: finance}}
    rules: [{deny: {from: untrusted, to: \"tag:finance\"}, why: the books stay right}]";

pub(crate) const INCOMPLETE_RULE: &str = "\
A rule leaves out something that it must say: `deny` and `only-through` have `from` and `to`, `only-through` also `through`
or `guard`; `independent` names two groups or more; `layers` says where content may `flow`, and names its layers where the spec has
no zones; `limit` has `of` and `to`; `expect` says what is in the matrix, by question.

Wrong:

    sources: {mail: }
    agents: {importer: {read: mail, write: ledger}}
    stores: {ledger: }
    rules: [{only-through: {from: untrusted, to: ledger}, why: the importer checks what it lets in}]

Right:

    sources: {mail: }
    agents: {importer: {read: mail, write: ledger}}
    stores: {ledger: }
    rules: [{only-through: {from: untrusted, to: ledger, through: importer}, why: the importer checks what it lets in}]";

pub(crate) const IN_TWO_GROUPS: &str = "\
`independent` and `layers` keep groups apart, so that a node can be in one of them alone. The usual cause is a selector that
takes more than was meant.

Wrong:

    agents: {clerk: {tags: [north, south]}, boss: {tags: south}}
    rules: [{independent: [\"tag:north\", \"tag:south\"], why: the offices do not meet}]

Right:

    agents: {clerk: {tags: north}, boss: {tags: south}}
    rules: [{independent: [\"tag:north\", \"tag:south\"], why: the offices do not meet}]";

pub(crate) const GUARD_WITHOUT_EFFECT: &str = "\
Every path is to pass a guard that does not stop what the rule is about: `redaction` holds secrets back and lets instructions
through, `typed-output` the other way round. Passing it would mean nothing.

Wrong:

    sources: {mail: }
    tools: {payments: }
    rules: [{only-through: {from: untrusted, to: payments, guard: redaction}, why: a person looks at it}]

Right:

    sources: {mail: }
    tools: {payments: }
    rules: [{only-through: {from: untrusted, to: payments, guard: human-approval}, why: a person looks at it}]";

pub(crate) const RULE_TWICE: &str = "\
Two rules, in one file or in two, have the same name, or say the same without having names. Findings, and what is accepted of
them, are told apart by the name of their rule, or by what it says.

Wrong:

    sources: {mail: }
    tools: {payments: }
    stores: {ledger: }
    rules:
      - {name: refunds, deny: {from: untrusted, to: payments}, why: people pay}
      - {name: refunds, deny: {from: untrusted, to: ledger}, why: people book}

Right:

    sources: {mail: }
    tools: {payments: }
    stores: {ledger: }
    rules:
      - {name: refunds, deny: {from: untrusted, to: payments}, why: people pay}
      - {name: books, deny: {from: untrusted, to: ledger}, why: people book}";

pub(crate) const EXPECTED_TWICE: &str = "\
A line of `expect` names a cell twice, or the node whose line it is: the diagonal of the matrix is empty.

Wrong:

    agents: {intake: {invoke: desk}, desk: }
    rules: [{expect: {row: intake, influence: [intake, desk, {desk: 1}]}, why: agreed before launch}]

Right:

    agents: {intake: {invoke: desk}, desk: }
    rules: [{expect: {row: intake, influence: [{desk: 1}]}, why: agreed before launch}]";
