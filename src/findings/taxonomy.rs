//! Rules → the entries of public taxonomies that they fall under.
//!
//! Ids and names are those of the sources; which rule falls under which is our judgement.

use crate::model::Rule;

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

/// Every entry that a rule falls under.
const ENTRIES: &[(Taxonomy, &str, &str)] = &[
    (Taxonomy::OwaspAgentic, "ASI01", "Agent Goal Hijack"),
    (Taxonomy::OwaspAgentic, "ASI02", "Tool Misuse and Exploitation"),
    (Taxonomy::OwaspAgentic, "ASI03", "Identity and Privilege Abuse"),
    (Taxonomy::OwaspAgentic, "ASI04", "Agentic Supply Chain Vulnerabilities"),
    (Taxonomy::OwaspAgentic, "ASI06", "Memory & Context Poisoning"),
    (Taxonomy::OwaspAgentic, "ASI07", "Insecure Inter-Agent Communication"),
    (Taxonomy::OwaspAgentic, "ASI08", "Cascading Failures"),
    (Taxonomy::OwaspAgentic, "ASI09", "Human-Agent Trust Exploitation"),
    (Taxonomy::OwaspAgentic, "ASI10", "Rogue Agents"),
    (Taxonomy::OwaspLlm, "LLM01:2025", "Prompt Injection"),
    (Taxonomy::OwaspLlm, "LLM02:2025", "Sensitive Information Disclosure"),
    (Taxonomy::OwaspLlm, "LLM04:2025", "Data and Model Poisoning"),
    (Taxonomy::OwaspLlm, "LLM06:2025", "Excessive Agency"),
    (Taxonomy::Atlas, "AML.T0012", "Valid Accounts"),
    (Taxonomy::Atlas, "AML.T0051.001", "LLM Prompt Injection: Indirect"),
    (Taxonomy::Atlas, "AML.T0051.002", "LLM Prompt Injection: Triggered"),
    (Taxonomy::Atlas, "AML.T0053", "AI Agent Tool Invocation"),
    (Taxonomy::Atlas, "AML.T0055", "Unsecured Credentials"),
    (Taxonomy::Atlas, "AML.T0057", "LLM Data Leakage"),
    (Taxonomy::Atlas, "AML.T0061", "LLM Prompt Self-Replication"),
    (Taxonomy::Atlas, "AML.T0070", "RAG Poisoning"),
    (Taxonomy::Atlas, "AML.T0080.000", "AI Agent Context Poisoning: Memory"),
    (Taxonomy::Atlas, "AML.T0080.001", "AI Agent Context Poisoning: Thread"),
    (Taxonomy::Atlas, "AML.T0081", "Modify AI Agent Configuration"),
    (Taxonomy::Atlas, "AML.T0085.000", "Data from AI Services: RAG Databases"),
    (Taxonomy::Atlas, "AML.T0086", "Exfiltration via AI Agent Tool Invocation"),
    (Taxonomy::Atlas, "AML.T0091.000", "Use Alternate Authentication Material: Application Access Token"),
    (Taxonomy::Atlas, "AML.T0093", "Prompt Infiltration via Public-Facing Application"),
    (Taxonomy::Atlas, "AML.T0094", "Delay Execution of LLM Instructions"),
    (Taxonomy::Atlas, "AML.T0098", "AI Agent Tool Credential Harvesting"),
    (Taxonomy::Maestro, "L2", "Data Operations"),
    (Taxonomy::Maestro, "L3", "Agent Frameworks"),
    (Taxonomy::Maestro, "L4", "Deployment Infrastructure"),
    (Taxonomy::Maestro, "L5", "Evaluation & Observability"),
    (Taxonomy::Maestro, "L6", "Security & Compliance"),
    (Taxonomy::Maestro, "L7", "Agent Ecosystem"),
];

/// The entries that a rule falls under, by taxonomy; none for rules about the spec's own promises and for acceptances.
#[must_use]
pub fn references(rule: Rule) -> Vec<Reference> {
    let ids = ids(rule);
    let entries = ENTRIES.iter().filter(|(_, id, _)| ids.contains(id));
    entries.map(|(taxonomy, id, name)| Reference { taxonomy: *taxonomy, id, name }).collect()
}

fn ids(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::ToxicFlow | Rule::RuleOfTwo => &[
            "ASI01",
            "ASI02",
            "LLM01:2025",
            "LLM02:2025",
            "LLM06:2025",
            "AML.T0051.001",
            "AML.T0057",
            "AML.T0086",
            "L7",
        ],
        Rule::WebAsSource => {
            &["ASI01", "ASI02", "LLM01:2025", "LLM02:2025", "AML.T0051.001", "AML.T0086", "L3"]
        }
        Rule::OpenToUntrusted | Rule::SingleGuard => {
            &["ASI01", "ASI07", "ASI08", "LLM01:2025", "LLM06:2025", "AML.T0051.001", "AML.T0053", "L7"]
        }
        Rule::DecorativeGuard => &["ASI02", "ASI09", "LLM06:2025", "AML.T0053", "L6"],
        Rule::PoisonedMemory | Rule::UnpurgeableStore => {
            &["ASI06", "LLM01:2025", "LLM04:2025", "AML.T0070", "AML.T0080.000", "AML.T0094", "L2"]
        }
        Rule::MemoryAcrossZones => &["ASI06", "LLM04:2025", "AML.T0080.000", "L2"],
        Rule::EditableDefinition => &["ASI04", "ASI06", "LLM01:2025", "AML.T0081", "L3"],
        Rule::MixedSession | Rule::IsolationUndone => {
            &["ASI06", "ASI07", "LLM01:2025", "AML.T0080.001", "L3", "L7"]
        }
        Rule::UnloggedAdvice | Rule::FedAdvisor => {
            &["ASI01", "ASI07", "ASI09", "LLM01:2025", "AML.T0051.001", "AML.T0080.001", "L3", "L5"]
        }
        Rule::SteeredGrader | Rule::GraderLoop => &["ASI01", "ASI06", "LLM01:2025", "AML.T0051.001", "L5"],
        Rule::WebhookControls | Rule::UnsignedWebhook => {
            &["ASI02", "ASI04", "ASI07", "LLM01:2025", "AML.T0051.002", "AML.T0093", "L4", "L7"]
        }
        Rule::UnrevocableRefresh | Rule::SpreadingSecret | Rule::BroadCredential => {
            &["ASI03", "LLM02:2025", "LLM06:2025", "AML.T0055", "AML.T0091.000", "AML.T0098", "L6"]
        }
        Rule::SharedScope | Rule::WildcardActions => {
            &["ASI03", "LLM06:2025", "AML.T0012", "AML.T0081", "L4", "L6"]
        }
        Rule::ReadOnlyMemory => &["ASI03", "LLM02:2025", "AML.T0012", "AML.T0085.000", "L4", "L6"],
        Rule::Loop => &["ASI07", "ASI08", "ASI10", "LLM01:2025", "AML.T0061", "L7"],
        Rule::UndeclaredIsolation => &["ASI07", "AML.T0080.001", "L3"],
        _ => &[],
    }
}
