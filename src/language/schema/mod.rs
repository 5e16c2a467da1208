//! The JSON Schema of the spec language, for editors: completion, descriptions, marks on slips. And the tables of the reference page.

mod generate;
mod nodes;
mod reference_page;
pub(super) mod shape;

pub use generate::json_schema;
pub(super) use nodes::section;
pub use reference_page::reference_page;

#[cfg(test)]
mod tests;
