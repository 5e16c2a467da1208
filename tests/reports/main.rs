//! Reports of one topology: their formats, their pages and pictures, and the contract of what is printed as JSON.

#[path = "../support"]
mod support {
    pub(crate) mod inert_markdown;
    pub(crate) mod matrix_specs;
    pub(crate) mod tampered;
}

mod contracts;
mod formats;
mod harden;
mod matrix;
mod pictures;
mod specs;
mod threats;
