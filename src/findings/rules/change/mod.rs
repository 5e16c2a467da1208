//! Rules about a change of a topology: CW001 to CW014. Rules that share one search share a file.
//!
//! | file | rules |
//! |:--|:--|
//! | `paths` | CW001 new-path-up, CW002 fewer-guards-up, CW003 nearer-path-up, CW005 new-path, CW007 new-way-out |
//! | `protection` | CW004 guard-weakened, CW008 protection-lowered |
//! | `new_loop` | CW006 new-loop |
//! | `closed_path` | CW009 closed-path |
//! | `acceptances` | CW010 acceptance-new, CW011 acceptance-unused, CW012 acceptance-expired |
//! | `spec_gone` | CW013 spec-gone |
//! | `marked_node_gone` | CW014 marked-node-gone |
//! | `contracts` | CW201 to CW206 as a change breaks them, and CW008 as it takes contracts away |

pub(in crate::findings) mod acceptances;
mod closed_path;
mod context;
mod contracts;
mod marked_node_gone;
mod new_loop;
mod paths;
mod protection;
mod spec_gone;

pub(in crate::findings) use context::ChangeContext;
pub use context::HeadGone;

use crate::findings::finding::Draft;

/// Finds all that one search finds, in declared order.
type Find = fn(&ChangeContext<'_>) -> Vec<Draft>;

/// All searches but those for acceptances, which are judged when everything else has been. Of one rule findings stand in the order
/// of the searches.
const ALL: &[Find] = &[
    paths::find,
    new_loop::find,
    protection::find,
    contracts::find,
    marked_node_gone::find,
    spec_gone::find,
    closed_path::find,
];

/// What all rules find, but for those about acceptances.
pub(in crate::findings) fn found(context: &ChangeContext<'_>) -> Vec<Draft> {
    ALL.iter().flat_map(|find| find(context)).collect()
}
