//! crabwalk: how far an injection travels through a declared topology of agents.
//!
//! Data flows one way: `SourceFile → Spec → CapabilityGraph → facts → Report → bytes`.

pub mod report {
    //! Facts → text. One format a file.
    pub mod diagnostics;
}
pub mod spec;
