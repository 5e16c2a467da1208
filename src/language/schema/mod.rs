//! The JSON Schema of the spec language, for editors: completion, descriptions, marks on slips.

mod edges;
mod generate;
mod nodes;
mod review;
mod rules;
mod top;
mod words;

pub use generate::json_schema;

#[cfg(test)]
mod tests;
