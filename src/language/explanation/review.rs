//! E4xx: how changes are judged, and what is accepted.

pub(crate) const UNKNOWN_RULE: &str = "\
`review` gives a level to a rule that does not exist, or an acceptance names one. A rule is written by its id (`CW001`) or by
its name (`new-path-up`); the reference of the language lists them.

Wrong:

    review: {levels: {new-loops: note}}

Right:

    review: {levels: {new-loop: note}}";

pub(crate) const LEVELLED_TWICE: &str = "\
A rule is given two levels: once by its id and once by its name, or in capital and small letters. Which one counts would be
a guess.

Wrong:

    review: {levels: {CW006: error, new-loop: note}}

Right:

    review: {levels: {CW006: error}}";

pub(crate) const UNCLEAR_ACCEPTANCE: &str = "\
An entry of `accept` speaks of one thing, and says in exactly one way what it is: `from` and `to` for everything between two
nodes, `edge` with `from`, `verb` and `to` for everything that one edge causes, or `finding` for a single finding as the
review prints it.

Wrong:

    accept: [{from: support-bot, reason: refunds up to 50 EUR}]

Right:

    accept: [{from: support-bot, to: payments, reason: refunds up to 50 EUR}]";

pub(crate) const NO_REASON: &str = "\
Whoever accepts a finding says why. The reason stands in every review that the finding would have stood in.

Wrong:

    accept: [{from: support-bot, to: payments, reason: \"\"}]

Right:

    accept: [{from: support-bot, to: payments, reason: refunds up to 50 EUR}]";

pub(crate) const BAD_FINDING: &str = "\
`finding` takes what a review prints behind a finding: the rule, a colon and the 16 hexadecimal digits of its fingerprint.

Wrong:

    accept: [{finding: \"9f3c2e1a5b7d4c60\", reason: agreed with security}]

Right:

    accept: [{finding: \"CW001:9f3c2e1a5b7d4c60\", reason: agreed with security}]";

pub(crate) const BAD_DATE: &str = "\
`expires` is the last day on which an acceptance holds, written as year, month and day: YYYY-MM-DD. The day must exist.

Wrong:

    accept: [{from: support-bot, to: payments, reason: until the audit, expires: 2027-02-30}]

Right:

    accept: [{from: support-bot, to: payments, reason: until the audit, expires: 2027-02-28}]";

pub(crate) const ACCEPTED_TWICE: &str = "\
Two entries of `accept`, in one file or in two, speak of the same pair, the same edge, the same finding or the same spec. Which owner
answers, and which date counts, would be a guess.

Wrong:

    accept:
      - {from: support-bot, to: payments, reason: refunds, expires: 2027-03-01}
      - {from: support-bot, to: payments, reason: refunds, expires: 2028-03-01}

Right:

    accept:
      - {from: support-bot, to: payments, reason: refunds, expires: 2028-03-01}";

pub(crate) const BAD_SPEC_PATH: &str = "\
`spec` in an entry of `accept` is the path of the spec that may be deleted: from the root of the repository, parts joined by `/`, as
`git ls-files --full-name` prints it. A path with another spelling would match nothing.

Wrong:

    accept: [{spec: ../billing/crabwalk.yaml, reason: billing has a repository of its own now}]

Right:

    accept: [{spec: billing/crabwalk.yaml, reason: billing has a repository of its own now}]";
