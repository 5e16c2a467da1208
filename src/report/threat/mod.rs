//! How the pages of a change write sentences about a topology.

pub(in crate::report) mod words;
