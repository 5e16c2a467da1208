//! What is written about the program holds: transcripts, generated files, worked examples, the rules of the house, `SECURITY.md`.

mod circles;
mod commands;
mod examples;
mod generated;
mod layering;
mod newcomer;
mod security;
mod sources;
