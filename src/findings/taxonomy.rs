//! The entries of public taxonomies that rules fall under, with the ids and names of the sources. Which rule falls under which is our
//! judgement, and stands with the rule.

/// A taxonomy, with the version whose ids are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Taxonomy {
    /// OWASP Top 10 for Agentic Applications 2026.
    OwaspAgentic,
    /// OWASP Top 10 for LLM Applications 2025.
    OwaspLlm,
    /// MITRE ATLAS 5.6.0.
    Atlas,
    /// CSA MAESTRO, version 1.
    Maestro,
}

impl Taxonomy {
    /// All taxonomies, in the order of the documentation.
    pub const ALL: &'static [Self] = &[Self::OwaspAgentic, Self::OwaspLlm, Self::Atlas, Self::Maestro];

    /// Its name with the version.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OwaspAgentic => "OWASP Agentic 2026",
            Self::OwaspLlm => "OWASP LLM 2025",
            Self::Atlas => "MITRE ATLAS 5.6.0",
            Self::Maestro => "CSA MAESTRO v1",
        }
    }
}

/// An entry of a taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// Whose entry it is.
    pub taxonomy: Taxonomy,
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// Declares the entries that rules name.
macro_rules! entries {
    ($($entry:ident = $taxonomy:ident, $id:literal, $name:literal;)+) => {
        $(pub(super) const $entry: Reference =
            Reference { taxonomy: Taxonomy::$taxonomy, id: $id, name: $name };)+
    };
}

entries! {
    ASI01 = OwaspAgentic, "ASI01", "Agent Goal Hijack";
    ASI02 = OwaspAgentic, "ASI02", "Tool Misuse and Exploitation";
    ASI03 = OwaspAgentic, "ASI03", "Identity and Privilege Abuse";
    ASI04 = OwaspAgentic, "ASI04", "Agentic Supply Chain Vulnerabilities";
    ASI05 = OwaspAgentic, "ASI05", "Unexpected Code Execution (RCE)";
    ASI06 = OwaspAgentic, "ASI06", "Memory & Context Poisoning";
    ASI07 = OwaspAgentic, "ASI07", "Insecure Inter-Agent Communication";
    ASI08 = OwaspAgentic, "ASI08", "Cascading Failures";
    ASI09 = OwaspAgentic, "ASI09", "Human-Agent Trust Exploitation";
    ASI10 = OwaspAgentic, "ASI10", "Rogue Agents";
    LLM01 = OwaspLlm, "LLM01:2025", "Prompt Injection";
    LLM02 = OwaspLlm, "LLM02:2025", "Sensitive Information Disclosure";
    LLM04 = OwaspLlm, "LLM04:2025", "Data and Model Poisoning";
    LLM06 = OwaspLlm, "LLM06:2025", "Excessive Agency";
    AML_T0012 = Atlas, "AML.T0012", "Valid Accounts";
    AML_T0051_001 = Atlas, "AML.T0051.001", "LLM Prompt Injection: Indirect";
    AML_T0051_002 = Atlas, "AML.T0051.002", "LLM Prompt Injection: Triggered";
    AML_T0053 = Atlas, "AML.T0053", "AI Agent Tool Invocation";
    AML_T0055 = Atlas, "AML.T0055", "Unsecured Credentials";
    AML_T0057 = Atlas, "AML.T0057", "LLM Data Leakage";
    AML_T0061 = Atlas, "AML.T0061", "LLM Prompt Self-Replication";
    AML_T0070 = Atlas, "AML.T0070", "RAG Poisoning";
    AML_T0080_000 = Atlas, "AML.T0080.000", "AI Agent Context Poisoning: Memory";
    AML_T0080_001 = Atlas, "AML.T0080.001", "AI Agent Context Poisoning: Thread";
    AML_T0081 = Atlas, "AML.T0081", "Modify AI Agent Configuration";
    AML_T0085_000 = Atlas, "AML.T0085.000", "Data from AI Services: RAG Databases";
    AML_T0086 = Atlas, "AML.T0086", "Exfiltration via AI Agent Tool Invocation";
    AML_T0091_000 = Atlas, "AML.T0091.000", "Use Alternate Authentication Material: Application Access Token";
    AML_T0093 = Atlas, "AML.T0093", "Prompt Infiltration via Public-Facing Application";
    AML_T0094 = Atlas, "AML.T0094", "Delay Execution of LLM Instructions";
    AML_T0098 = Atlas, "AML.T0098", "AI Agent Tool Credential Harvesting";
    L2 = Maestro, "L2", "Data Operations";
    L3 = Maestro, "L3", "Agent Frameworks";
    L4 = Maestro, "L4", "Deployment Infrastructure";
    L5 = Maestro, "L5", "Evaluation & Observability";
    L6 = Maestro, "L6", "Security & Compliance";
    L7 = Maestro, "L7", "Agent Ecosystem";
}
