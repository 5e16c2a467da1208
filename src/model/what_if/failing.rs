//! `GUARD` or `by:model` → the guards that do not hold.

use super::change::{WhatIf, WhatIfError};
use crate::model::hidden::quoted;
use crate::model::ids::GuardId;
use crate::model::spec::{Guard, Spec};
use crate::model::suggest::Suggestions;
use crate::model::vocabulary::Decider;

/// What stands before who decides. A guard with such a name is meant first.
const BY: &str = "by:";

impl WhatIf {
    /// Reads the name of a guard, or `by:model` and its like for all guards at which the same one decides: they do not hold.
    ///
    /// # Errors
    /// If no guard has this name, or none is decided so.
    pub fn fail(spec: &Spec, word: &str) -> Result<Vec<Self>, WhatIfError> {
        find(spec, word)
    }
}

fn find(spec: &Spec, word: &str) -> Result<Vec<WhatIf>, WhatIfError> {
    if let Some(position) = spec.guards.get_index_of(word) {
        return Ok(vec![WhatIf::Fail(GuardId::new(position))]);
    }
    let Some(by) = word.strip_prefix(BY) else { return Err(unknown(spec, word)) };
    let words = Decider::VOCABULARY.words.join("`, `by:");
    let decider = Decider::from_text(by).ok_or_else(|| WhatIfError {
        message: format!("nobody called `{}` decides at a guard", quoted(by)),
        help: format!("name a guard, or `by:{words}`"),
    })?;
    let decided = |guard: &Guard| guard.by == Some(decider);
    let found = spec.guards.values().enumerate().filter(|(_, guard)| decided(guard));
    let found: Vec<WhatIf> = found.map(|(position, _)| WhatIf::Fail(GuardId::new(position))).collect();
    if found.is_empty() {
        return Err(WhatIfError {
            message: format!("no guard says `by: {by}`"),
            help: format!("say it where the guard is declared: `guards: {{NAME: {{by: {by}}}}}`"),
        });
    }
    Ok(found)
}

fn unknown(spec: &Spec, word: &str) -> WhatIfError {
    let names = spec.guards.keys().map(String::as_str);
    let near = Suggestions::default().nearest(word, names);
    WhatIfError {
        message: format!("the guard `{}` is not declared", quoted(word)),
        help: match near {
            Some(near) => format!("did you mean `{}`?", quoted(near)),
            None => "name a guard of the spec, or who decides: `by:model`".to_owned(),
        },
    }
}
