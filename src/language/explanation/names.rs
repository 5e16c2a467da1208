//! E2xx: names and what they refer to.

pub(crate) const BAD_NAME: &str = "\
A name is any text of 1 to 200 characters without control characters. The name of a node must not begin with `zone:`,
`tag:`, `kind:` or `type:`, because it could not be told from a selector.

Wrong:

    agents: {\"tag:planner\": }

Right:

    agents: {planner: {tags: brain}}";

pub(crate) const NAME_USED_TWICE: &str = "\
All nodes of a spec share one name space, over all sections and all files: an edge names its target without saying what
kind it is.

Wrong:

    agents: {search: }
    tools: {search: }

Right:

    agents: {searcher: {invoke: search}}
    tools: {search: }";

pub(crate) const UNKNOWN_TARGET: &str = "\
An edge, `opens` or `members` names a node that is declared nowhere. If the file that declares it cannot be read, only
that is reported.

Wrong:

    agents: {triage: {write: note}}
    stores: {notes: }

Right:

    agents: {triage: {write: notes}}
    stores: {notes: }";

pub(crate) const UNKNOWN_ZONE: &str = "\
`zone`, or a selector `zone:`, names a zone that is not in `zones`.

Wrong:

    agents: {triage: {zone: edge}}

Right:

    zones: {edge: , core: }
    agents: {triage: {zone: edge}}";

pub(crate) const UNKNOWN_GUARD: &str = "\
An edge names a guard that is neither in `guards` nor built in. Built in are `human-approval`, `quarantine`,
`typed-output` and `redaction`.

Wrong:

    agents: {writer: {invoke: {target: mailer, guards: dlp}}}
    tools: {mailer: }

Right:

    guards: {dlp: {stops: exposure}}
    agents: {writer: {invoke: {target: mailer, guards: dlp}}}
    tools: {mailer: }";

pub(crate) const UNKNOWN_SELECTOR: &str = "\
The text is no declared name and looks like a selector with a slip in it. Selectors are `zone:` and a zone, `tag:` and a
tag, `kind:` and the kind of a node (`agent`, `tool` and so on), `type:` and a declared `kind` (`human`, `database`).

Wrong:

    agents: {auditor: {observe: \"tags:payments\"}, billing: {tags: payments}}

Right:

    agents: {auditor: {observe: \"tag:payments\"}, billing: {tags: payments}}";

pub(crate) const EMPTY_SELECTOR: &str = "\
A selector takes the nodes on which its verb is possible, but never the actor itself, never a node that the actor names
for the same verb, and never one that an earlier selector of that verb took. This one takes no node at all, so it says
nothing, and most likely its tag or zone is not the one that was meant.

Wrong: a tool cannot be written.

    agents: {triage: {write: \"tag:notes\"}}
    tools: {note-api: {tags: notes}}

Right:

    agents: {triage: {invoke: \"tag:notes\"}}
    tools: {note-api: {tags: notes}}";

pub(crate) const FORMER_NAME: &str = "\
`was` says which name a node had before it was renamed, so that a comparison of two versions takes the two for one. It
cannot be the name that the node has, nor that of a node that is still there, and two nodes cannot both be the one that was
renamed. Whether the earlier version has a node of that name is said by the comparison.

Wrong: `drafts` is still there.

    stores: {drafts: , notes: {was: drafts}}

Right:

    stores: {notes: {was: drafts}}";
