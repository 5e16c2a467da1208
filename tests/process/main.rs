//! The program as a process: its arguments, files, streams and signals, git around it, and the hooks, jobs and the action that call it.
//!
//! Whatever has to have a process to itself (memory that is measured, threads that are refused) has one here: that of the program.

#[path = "../support"]
mod support {
    #[cfg(target_os = "linux")]
    pub(crate) mod held;
    pub(crate) mod hostile;
    pub(crate) mod inert_markdown;
    pub(crate) mod junit_schema;
    pub(crate) mod program;
    pub(crate) mod repository;
    pub(crate) mod sides;
    pub(crate) mod tools;
    pub(crate) mod ways;
}

mod accept;
mod action;
mod diff;
mod diff_driver;
mod gitlab;
mod hooks;
mod hostile_arguments;
mod hostile_text;
mod init;
mod input_git;
mod input_sides;
mod machine_failures;
mod machine_paths;
mod memory;
mod memory_commands;
mod no_nodes;
mod printed_commands;
mod shards;
mod streams;
mod terminal;
mod threads;
mod ways_beside;
mod ways_round;
mod what_if;
mod what_if_diff;
mod write_outputs;
mod write_together;
