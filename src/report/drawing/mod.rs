//! Pictures: the topology, a blast radius, a path, a change, a cut, as DOT, as Mermaid, and by Graphviz as SVG.

mod blast;
mod blast_picture;
mod dot;
mod edge;
mod focus;
mod focus_changes;
mod focus_dot;
mod focus_figures;
mod focus_mermaid;
mod focus_routes;
mod harden_dot;
mod harden_focus;
mod harden_mermaid;
mod links;
mod mermaid;
mod node;
mod options;
mod palette;
mod path;
mod svg;
mod topology;

pub use blast::dot_blast;
pub use focus_dot::dot_review;
pub(super) use focus_mermaid::mermaid_comment;
pub use focus_mermaid::mermaid_review;
pub use harden_dot::dot_harden;
pub use harden_mermaid::mermaid_harden;
pub use mermaid::{mermaid_blast, mermaid_topology};
pub use options::{DrawError, DrawOptions, MAX_MERMAID_CHARACTERS, MAX_MERMAID_EDGES, MAX_NODES};
pub use palette::Theme;
pub use path::dot_path;
pub use svg::{SvgError, svg};
pub use topology::dot_topology;
