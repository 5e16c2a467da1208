//! The spec language: what a text means, every mistake that it can hold, how it is edited and saved, and what hostile texts cost.

#[path = "../support"]
mod support {
    pub(crate) mod bounded;
    pub(crate) mod program;
    pub(crate) mod saved;
}

mod bless;
mod diagnostics;
mod edit;
mod files;
mod hostile;
mod limits;
mod meaning;
mod review_and_accept;
mod saved;
mod saved_broken;
