//! The stable codes of diagnostics: what `crabwalk explain` takes and what other programs filter by.

use super::explanation;

/// Declares the codes with their spelling and title, in the order of the documentation.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $title:literal, $explanation:ident;)+) => {
        /// A stable code. The hundreds are themes: files and text, shape, names, edges, review, rules.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $variant),+ }

        impl Code {
            /// All codes, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling: `E001` and so on.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// A short name in kebab case.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }

            /// What it means, with a wrong example and the right one: Markdown that reads well as plain text.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => explanation::$explanation),+ }
            }
        }
    };
}

codes! {
    /// A file or directory that was named cannot be read.
    CannotRead = "E001", "cannot-read", CANNOT_READ;
    /// There is no spec where one was looked for.
    NoSpec = "E002", "no-spec", NO_SPEC;
    /// The text is not UTF-8.
    NotUtf8 = "E003", "not-utf8", NOT_UTF8;
    /// The file says nothing.
    EmptyFile = "E004", "empty-file", EMPTY_FILE;
    /// The text is not YAML.
    Syntax = "E005", "yaml-syntax", SYNTAX;
    /// The file holds several YAML documents.
    ManyDocuments = "E006", "many-documents", MANY_DOCUMENTS;
    /// The text asks for more than any spec needs: nesting, aliases, selectors.
    TooMuch = "E007", "too-much", TOO_MUCH;
    /// Two files of which nobody can know which one is meant.
    TwoNames = "E008", "two-names", TWO_NAMES;
    /// A link, a device or a pipe that must not be read.
    Refused = "E009", "refused-file", REFUSED_FILE;

    /// `version` is missing or not 1.
    Version = "E101", "wrong-version", VERSION;
    /// A value has the wrong shape.
    WrongType = "E102", "wrong-type", WRONG_TYPE;
    /// A key that the language does not have.
    UnknownKey = "E103", "unknown-key", UNKNOWN_KEY;
    /// An attribute on a kind of node that has none.
    MisplacedAttribute = "E104", "misplaced-attribute", MISPLACED_ATTRIBUTE;
    /// A word that is none of the allowed ones.
    UnknownValue = "E105", "unknown-value", UNKNOWN_VALUE;
    /// A key that stands twice in one mapping.
    DuplicateKey = "E106", "duplicate-key", DUPLICATE_KEY;
    /// What may stand in one file only stands in two.
    DeclaredInTwoFiles = "E107", "declared-in-two-files", DECLARED_IN_TWO_FILES;
    /// Some zones say their `trust` and others do not.
    PartialTrust = "E108", "partial-trust", PARTIAL_TRUST;

    /// A name that no node can have.
    BadName = "E201", "bad-name", BAD_NAME;
    /// Two nodes with one name.
    NameUsedTwice = "E202", "name-used-twice", NAME_USED_TWICE;
    /// A target that is not declared.
    UnknownTarget = "E203", "unknown-target", UNKNOWN_TARGET;
    /// A zone that is not declared.
    UnknownZone = "E204", "unknown-zone", UNKNOWN_ZONE;
    /// A guard that is neither declared nor built in.
    UnknownGuard = "E205", "unknown-guard", UNKNOWN_GUARD;
    /// Something that looks like a selector and is none.
    UnknownSelector = "E206", "unknown-selector", UNKNOWN_SELECTOR;
    /// A selector that takes no node.
    EmptySelector = "E207", "empty-selector", EMPTY_SELECTOR;
    /// A `was` that cannot be the former name of its node.
    FormerName = "E208", "impossible-former-name", FORMER_NAME;

    /// A verb on a node that it cannot apply to.
    ImpossibleVerb = "E301", "impossible-verb", IMPOSSIBLE_VERB;
    /// A verb under a node that cannot act.
    CannotAct = "E302", "cannot-act", CANNOT_ACT;
    /// An edge from a node to itself.
    SelfEdge = "E303", "edge-to-itself", SELF_EDGE;
    /// The same edge twice.
    SameEdgeTwice = "E304", "same-edge-twice", SAME_EDGE_TWICE;
    /// A guard twice on one edge.
    GuardTwice = "E305", "guard-twice", GUARD_TWICE;
    /// `returns` where nothing returns.
    NothingReturns = "E306", "nothing-returns", NOTHING_RETURNS;
    /// `as` on another verb than `invoke`.
    MisplacedRole = "E307", "misplaced-as", MISPLACED_ROLE;
    /// A session member that cannot act.
    CannotBeMember = "E308", "cannot-be-member", CANNOT_BE_MEMBER;
    /// What a credential cannot open.
    CannotBeOpened = "E309", "cannot-be-opened", CANNOT_BE_OPENED;
    /// An invocation of a principal that does not say what it is.
    PrincipalWithoutKind = "E310", "principal-without-kind", PRINCIPAL_WITHOUT_KIND;
    /// Authority that derives more edges than any spec needs.
    TooMuchAuthority = "E311", "too-much-authority", TOO_MUCH_AUTHORITY;

    /// A rule that does not exist.
    UnknownRule = "E401", "unknown-rule", UNKNOWN_RULE;
    /// A rule that is given two levels.
    LevelledTwice = "E402", "rule-levelled-twice", LEVELLED_TWICE;
    /// An acceptance that does not say in one way what it accepts.
    UnclearAcceptance = "E403", "unclear-acceptance", UNCLEAR_ACCEPTANCE;
    /// An acceptance without a reason.
    NoReason = "E404", "no-reason", NO_REASON;
    /// Something that is not a finding where one is accepted.
    BadFinding = "E405", "not-a-finding", BAD_FINDING;
    /// A date that is none.
    BadDate = "E406", "not-a-date", BAD_DATE;
    /// The same acceptance twice.
    AcceptedTwice = "E407", "accepted-twice", ACCEPTED_TWICE;
    /// A path that an acceptance cannot mean.
    BadSpecPath = "E408", "not-a-spec-path", BAD_SPEC_PATH;

    /// A rule that does not say one thing.
    UnclearRule = "E501", "unclear-rule", UNCLEAR_RULE;
    /// A rule without a reason.
    NoWhy = "E502", "no-why", NO_WHY;
    /// A rule that speaks of no node.
    RuleWithoutNodes = "E503", "rule-without-nodes", RULE_WITHOUT_NODES;
    /// A rule that does not say all it has to say.
    IncompleteRule = "E504", "incomplete-rule", INCOMPLETE_RULE;
    /// A node in two groups that a rule keeps apart.
    InTwoGroups = "E505", "in-two-groups", IN_TWO_GROUPS;
    /// A guard that does not stop what has to pass it.
    GuardWithoutEffect = "E506", "guard-without-effect", GUARD_WITHOUT_EFFECT;
    /// The same rule twice, or two rules with one name.
    RuleTwice = "E507", "rule-twice", RULE_TWICE;
    /// A cell that a rule expects twice, or a node in its own line.
    ExpectedTwice = "E508", "expected-twice", EXPECTED_TWICE;
}

impl Code {
    /// The code with this spelling, in either case.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
    }
}
