//! Words of the command line → a change.

use super::change::{WhatIf, WhatIfError};
use super::edge_name;
use super::guarded_edge;
use crate::model::spec::Spec;

impl WhatIf {
    /// Reads `ACTOR:VERB:TARGET`: a declared edge that is left out.
    ///
    /// # Errors
    /// If it names no declared edge, or could name two: names may hold colons.
    pub fn without(spec: &Spec, word: &str) -> Result<Self, WhatIfError> {
        edge_name::find(spec, word).map(Self::Without)
    }

    /// Reads `ACTOR:VERB:TARGET=GUARD` for the request, or `ACTOR:VERB:TARGET:result=GUARD` for what comes back.
    ///
    /// # Errors
    /// If it names no declared edge or no guard, if it could be read in two ways, if nothing comes back, or if the guard
    /// stands there already.
    pub fn with_guard(spec: &Spec, word: &str) -> Result<Self, WhatIfError> {
        guarded_edge::find(spec, word)
    }
}
