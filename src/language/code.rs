//! The stable codes of diagnostics: what `crabwalk explain` takes and what other programs filter by. What a code means stands in its page,
//! `codes/E001.md` and so on.

/// Declares the codes with their spelling and title, in the order of the documentation.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $title:literal;)+) => {
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

            /// What it means, with a wrong example and the right one: Markdown.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("codes/", $id, ".md"))),+ }
            }
        }
    };
}

codes! {
    /// A file or directory that was named cannot be read.
    CannotRead = "E001", "cannot-read";
    /// There is no spec where one was looked for.
    NoSpec = "E002", "no-spec";
    /// The text is not UTF-8.
    NotUtf8 = "E003", "not-utf8";
    /// The file says nothing.
    EmptyFile = "E004", "empty-file";
    /// The text is not YAML.
    Syntax = "E005", "yaml-syntax";
    /// The file holds several YAML documents.
    ManyDocuments = "E006", "many-documents";
    /// The text asks for more than any spec needs: nesting, aliases, selectors.
    TooMuch = "E007", "too-much";
    /// Two files of which nobody can know which one is meant.
    TwoNames = "E008", "two-names";
    /// A link, a device or a pipe that must not be read.
    Refused = "E009", "refused-file";

    /// `version` is missing or not 1.
    Version = "E101", "wrong-version";
    /// A value has the wrong shape.
    WrongType = "E102", "wrong-type";
    /// A key that the language does not have.
    UnknownKey = "E103", "unknown-key";
    /// An attribute on a kind of node that has none.
    MisplacedAttribute = "E104", "misplaced-attribute";
    /// A word that is none of the allowed ones.
    UnknownValue = "E105", "unknown-value";
    /// A key that stands twice in one mapping.
    DuplicateKey = "E106", "duplicate-key";
    /// What may stand in one file only stands in two.
    DeclaredInTwoFiles = "E107", "declared-in-two-files";
    /// Some zones say their `trust` and others do not.
    PartialTrust = "E108", "partial-trust";

    /// A name that no node can have.
    BadName = "E201", "bad-name";
    /// Two nodes with one name.
    NameUsedTwice = "E202", "name-used-twice";
    /// A target that is not declared.
    UnknownTarget = "E203", "unknown-target";
    /// A zone that is not declared.
    UnknownZone = "E204", "unknown-zone";
    /// A guard that is neither declared nor built in.
    UnknownGuard = "E205", "unknown-guard";
    /// Something that looks like a selector and is none.
    UnknownSelector = "E206", "unknown-selector";
    /// A selector that takes no node.
    EmptySelector = "E207", "empty-selector";
    /// A `was` that cannot be the former name of its node.
    FormerName = "E208", "impossible-former-name";

    /// A verb on a node that it cannot apply to.
    ImpossibleVerb = "E301", "impossible-verb";
    /// A verb under a node that cannot act.
    CannotAct = "E302", "cannot-act";
    /// An edge from a node to itself.
    SelfEdge = "E303", "edge-to-itself";
    /// The same edge twice.
    SameEdgeTwice = "E304", "same-edge-twice";
    /// A guard twice on one edge.
    GuardTwice = "E305", "guard-twice";
    /// `returns` where nothing returns.
    NothingReturns = "E306", "nothing-returns";
    /// `as` on another verb than `invoke`.
    MisplacedRole = "E307", "misplaced-as";
    /// A session member that cannot act.
    CannotBeMember = "E308", "cannot-be-member";
    /// What a credential cannot open.
    CannotBeOpened = "E309", "cannot-be-opened";
    /// An invocation of a principal that does not say what it is.
    PrincipalWithoutKind = "E310", "principal-without-kind";
    /// Authority that derives more edges than any spec needs.
    TooMuchAuthority = "E311", "too-much-authority";
    /// A tool that has to relay and says that it does not.
    MustRelay = "E312", "must-relay";
    /// A guard that is kept in something that is no store.
    NotKeptThere = "E313", "not-kept-there";

    /// A rule that does not exist.
    UnknownRule = "E401", "unknown-rule";
    /// A rule that is given two levels.
    LevelledTwice = "E402", "rule-levelled-twice";
    /// An acceptance that does not say in one way what it accepts.
    UnclearAcceptance = "E403", "unclear-acceptance";
    /// An acceptance without a reason.
    NoReason = "E404", "no-reason";
    /// Something that is not a finding where one is accepted.
    BadFinding = "E405", "not-a-finding";
    /// A date that is none.
    BadDate = "E406", "not-a-date";
    /// The same acceptance twice.
    AcceptedTwice = "E407", "accepted-twice";
    /// A path that an acceptance cannot mean.
    BadSpecPath = "E408", "not-a-spec-path";

    /// A rule that does not say one thing.
    UnclearRule = "E501", "unclear-rule";
    /// A rule without a reason.
    NoWhy = "E502", "no-why";
    /// A rule that speaks of no node.
    RuleWithoutNodes = "E503", "rule-without-nodes";
    /// A rule that does not say all it has to say.
    IncompleteRule = "E504", "incomplete-rule";
    /// A node in two groups that a rule keeps apart.
    InTwoGroups = "E505", "in-two-groups";
    /// A guard that does not stop what has to pass it.
    GuardWithoutEffect = "E506", "guard-without-effect";
    /// The same rule twice, or two rules with one name.
    RuleTwice = "E507", "rule-twice";
    /// A cell that a rule expects twice, or a node in its own line.
    ExpectedTwice = "E508", "expected-twice";
}

impl Code {
    /// The code with this spelling, in either case.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
    }

    /// Its page as plain text: examples are indented instead of fenced.
    #[must_use]
    pub fn explanation(self) -> String {
        let mut text = String::new();
        let mut in_example = false;
        for line in self.page().lines() {
            if line.starts_with("```") {
                in_example = !in_example;
                continue;
            }
            let indent = if in_example && !line.is_empty() { "    " } else { "" };
            text.extend([indent, line, "\n"]);
        }
        text.truncate(text.trim_end().len());
        text
    }
}
