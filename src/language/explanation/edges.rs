//! E3xx: edges between nodes.

pub(crate) const IMPOSSIBLE_VERB: &str = "\
The verb is not possible on a node of this kind. A store holds content and does nothing, so it is written or read; a sink
only takes; a tool is invoked, not written; a person is written or asked, not read.

Wrong:

    agents: {billing: {invoke: ledger}}
    stores: {ledger: {kind: database}}

Right, one of:

    agents: {billing: {read: ledger}}
    stores: {ledger: {kind: database}}

    agents: {billing: {invoke: ledger-api}}
    tools: {ledger-api: {read: ledger}}
    stores: {ledger: {kind: database}}";

pub(crate) const CANNOT_ACT: &str = "\
Only agents, principals and tools act. Stores, sessions, sources, sinks and credentials declare no verbs: turn the edge
around and put it under who does it.

Wrong:

    sources: {inbox: {write: triage}}
    agents: {triage: }

Right:

    agents: {triage: {read: inbox}}
    sources: {inbox: }";

pub(crate) const SELF_EDGE: &str = "\
A node names itself. What a node holds it has already; memory that outlives its context is a store.

Wrong:

    agents: {planner: {read: planner}}

Right:

    agents: {planner: {read: notes, write: notes}}
    stores: {notes: }";

pub(crate) const SAME_EDGE_TWICE: &str = "\
The same actor has the same verb on the same target twice, or a list names a node twice. Two entries could contradict each
other, for example in their guards. A member of a session writes and reads it already.

Wrong:

    agents: {planner: {invoke: [mailer, {target: mailer, guards: redaction}]}}
    tools: {mailer: }

Right:

    agents: {planner: {invoke: {target: mailer, guards: redaction}}}
    tools: {mailer: }";

pub(crate) const GUARD_TWICE: &str = "\
A guard stands twice on one edge. Guards are counted, and the same control on the same hand-over counts once. A guard on
the request and one on the return are two.

Wrong:

    agents: {writer: {invoke: {target: mailer, guards: [redaction, redaction]}}}
    tools: {mailer: }

Right:

    agents: {writer: {invoke: {target: mailer, guards: redaction, returns: {guards: redaction}}}}
    tools: {mailer: }";

pub(crate) const NOTHING_RETURNS: &str = "\
`returns` says what comes back from an invocation. Nothing comes back from `write`, `read` and `observe`, from the use of
a credential, or from assuming a role. With a selector it is a mistake only if nothing that it takes answers.

Wrong:

    agents: {triage: {write: {target: notes, returns: false}}}
    stores: {notes: }

Right:

    agents: {triage: {write: notes}}
    stores: {notes: }";

pub(crate) const MISPLACED_ROLE: &str = "\
`as` names the role that an invoked node plays for its caller: `advisor`, `grader`, `handoff` or `delegate`. What is read can
be the reader's `definition`. The other verbs have no roles.

Wrong:

    agents: {planner: {observe: {target: sage, as: advisor}}, sage: }

Right:

    agents: {planner: {invoke: {target: sage, as: advisor}}, sage: }";

pub(crate) const CANNOT_BE_MEMBER: &str = "\
The members of a session write and read it, so they are nodes that act: agents, principals and tools.

Wrong:

    sessions: {room: {members: [planner, notes]}}
    agents: {planner: }
    stores: {notes: }

Right:

    sessions: {room: {members: [planner]}}
    agents: {planner: {write: notes}}
    stores: {notes: }";

pub(crate) const CANNOT_BE_OPENED: &str = "\
A credential opens what can be invoked with it: tools and agents. A database is reached through something that speaks to
it; declare that as a tool.

Wrong:

    credentials: {db-key: {opens: ledger}}
    stores: {ledger: {kind: database}}

Right:

    credentials: {db-key: {opens: ledger-api}}
    tools: {ledger-api: {read: ledger, write: ledger}}
    stores: {ledger: {kind: database}}";

pub(crate) const PRINCIPAL_WITHOUT_KIND: &str = "\
What an invocation of a principal means depends on what it is: a `human` or a `service` is asked and answers, an
`iam-role` or an `api-key` is assumed and hands on what it may do. Selectors do not take such a principal for `invoke`.

Wrong:

    agents: {planner: {invoke: approver}}
    principals: {approver: }

Right:

    agents: {planner: {invoke: approver}}
    principals: {approver: {kind: human}}";

pub(crate) const TOO_MUCH_AUTHORITY: &str = "\
Roles that assume one another, and credentials that open everything, stand for far more edges than the text that declares
them: who assumes a role has all that it has. crabwalk reads specs that strangers propose, so it gives up once authority
derives more than 160,000 edges and 16 more for each node, where 16 guards on an edge count as one more; once an actor
comes to one verb on one target in more than 1,000 ways none of which makes another superfluous; and once it takes
twenty steps an edge to find them. It counts while it derives, so it says so soon.

Wrong: every way down differs in its guards, and there are twice as many with each level.

    guards: {g0: , g1: , g2: , g3: }
    principals:
      top-a: {kind: iam-role, invoke: [{target: low-a, guards: g0}, {target: low-b, guards: g1}]}
      top-b: {kind: iam-role, invoke: [{target: low-a, guards: g2}, {target: low-b, guards: g3}]}
      # and so on, twenty levels deep

Right: roles that have the same rights share a role for them.

    guards: {g0: , g1: }
    principals:
      top: {kind: iam-role, invoke: [{target: low, guards: [g0, g1]}]}
      low: {kind: iam-role}";
