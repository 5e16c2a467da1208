//! E1xx: the shape of what is written.

pub(crate) const VERSION: &str = "\
Every file says which version of the language it is written in. There is one so far: the number 1, without quotes.

Wrong:

    agents: {triage: }

Right:

    version: 1
    agents: {triage: }";

pub(crate) const WRONG_TYPE: &str = "\
A value has another shape than the one its key takes: a list where a text belongs, a text where a mapping belongs, or
a word that is not a boolean. Booleans are `true` and `false`; `yes`, `no`, `on` and `off` are texts in YAML 1.2.

Wrong:

    tools: {mailer: {egress: yes, owner: [mail-team]}}

Right:

    tools: {mailer: {egress: true, owner: mail-team}}";

pub(crate) const UNKNOWN_KEY: &str = "\
The language has no such key here. Nothing is ignored silently: a slip in a key would leave out what it should say.

Wrong:

    agents: {triage: {isolaton: per-call}}

Right:

    agents: {triage: {isolation: per-call}}";

pub(crate) const MISPLACED_ATTRIBUTE: &str = "\
The attribute exists, but nodes of this kind do not have it. The message names the sections that do.

Wrong: an agent keeps nothing by itself.

    agents: {triage: {persists: true}}

Right: what it keeps is a store.

    agents: {triage: {write: notes, read: notes}}
    stores: {notes: {persists: true}}";

pub(crate) const UNKNOWN_VALUE: &str = "\
The key takes one word of a fixed set, and this is none of them. Case and hyphens matter: a principal is an `api-key`, a
credential is an `api_key`.

Wrong:

    stores: {ledger: {sensitivity: private}}

Right:

    stores: {ledger: {sensitivity: confidential}}";

pub(crate) const DUPLICATE_KEY: &str = "\
A key stands twice in one mapping. Many readers of YAML keep the last one and drop the first without a word; crabwalk shows
both places. `<<` is such a key too: one list merges several mappings, the strongest first, as in `<<: [*one, *other]`. Names of
nodes that stand twice have a code of their own, E202.

Wrong:

    agents:
      triage:
        owner: support
        owner: platform

Right:

    agents:
      triage:
        owner: support";

pub(crate) const DECLARED_IN_TWO_FILES: &str = "\
Several files make one spec. Their sections and acceptances are merged, but `name`, `description`, `zones`, `guards` and
`review` hold for the whole spec and stand in one of the files only.

Wrong:

    # a.crabwalk.yaml           # b.crabwalk.yaml
    version: 1                  version: 1
    zones: {edge: }             zones: {core: }

Right:

    # a.crabwalk.yaml           # b.crabwalk.yaml
    version: 1                  version: 1
    zones: {edge: , core: }     agents: {planner: {zone: core}}";

pub(crate) const PARTIAL_TRUST: &str = "\
Zones are ranked by their order, from least to most trusted, or by a number `trust` under each of them. With some numbers
missing there is no telling where those zones belong.

Wrong:

    zones: {edge: {trust: 10}, core: }

Right, one of:

    zones: {edge: {trust: 10}, core: {trust: 50}}
    zones: {edge: , core: }";
