//! The JSON Schemas of the outputs, generated from the types that are written.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::{
    blast, check, diff, features, graph, harden, matrix, memory, path, report, respond, self_check, sizes,
};

/// An output with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputSchema {
    /// `matrix -f json`.
    Matrix,
    /// `matrix --sizes-only -f json`.
    Sizes,
    /// `blast -f json`.
    Blast,
    /// `path -f json`.
    Path,
    /// `graph -f json`.
    Graph,
    /// `harden -f json`.
    Harden,
    /// `respond -f json`.
    Respond,
    /// `check -f json`.
    Check,
    /// `self-check -f json`.
    SelfCheck,
    /// `diff -f json`.
    Diff,
    /// `features -f json`.
    Features,
    /// `memory -f json`.
    Memory,
    /// `report -f json`.
    Report,
}

/// The JSON Schema (draft-07) of an output.
#[must_use]
pub fn output_schema(output: OutputSchema) -> Value {
    match output {
        OutputSchema::Matrix => generate::<matrix::MatrixJson<'_>>(),
        OutputSchema::Sizes => generate::<sizes::SizesJson<'_>>(),
        OutputSchema::Blast => generate::<blast::BlastJson<'_, '_>>(),
        OutputSchema::Path => generate::<path::PathAnswerJson<'_>>(),
        OutputSchema::Graph => generate::<graph::GraphJson<'_>>(),
        OutputSchema::Harden => generate::<harden::HardenJson<'_, '_>>(),
        OutputSchema::Respond => generate::<respond::RespondJson<'_, '_>>(),
        OutputSchema::Check => generate::<check::CheckJson<'_>>(),
        OutputSchema::SelfCheck => generate::<self_check::SelfCheckJson<'_>>(),
        OutputSchema::Diff => generate::<diff::DiffJson<'_>>(),
        OutputSchema::Features => generate::<features::FeaturesJson<'_>>(),
        OutputSchema::Memory => generate::<memory::MemoryJson<'_>>(),
        OutputSchema::Report => generate::<report::ReportJson<'_>>(),
    }
}

fn generate<T: JsonSchema>() -> Value {
    SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}
