//! Whatever can go wrong between a spec and an answer → one error, with what is wrong, what to do and, for a spec, where.

use std::borrow::Cow;

use crate::compare::Refusal;
use crate::fleet::PlanError;
use crate::graph::TooMuchAuthority;
use crate::input::InputError;
use crate::language::{Diagnostics, EditError};
use crate::model::{FindingError, SelectionError, WhatIfError};
use crate::report;

/// Why there is no answer. Every function of the library that can fail has an error of its own that says no more than it can mean; each
/// of them becomes this one, so that a program can go from a spec to its answers with `?`.
///
/// ```
/// fn steered_by(name: &str, text: &str) -> Result<usize, crabwalk::Error> {
///     let spec = crabwalk::Spec::from_text("topology.yaml", text)?;
///     let graph = crabwalk::CapabilityGraph::of(spec)?;
///     Ok(graph.node(name)?.blast_radius(0).influenced.len())
/// }
///
/// let text = "version: 1\nsources: {inbox: {}}\nagents: {triage: {read: [inbox]}}\n";
/// assert_eq!(steered_by("inbox", text)?, 1);
/// let wrong = steered_by("inbax", text).unwrap_err();
/// assert_eq!(wrong.to_string(), "there is no node `inbax`");
/// assert_eq!(wrong.help().as_deref(), Some("did you mean `inbox`?"));
/// let wrong = steered_by("inbox", "version: 1\nagents: {triage: {read: [inbox]}}\n").unwrap_err();
/// assert_eq!(wrong.diagnostics().map_or(0, |mistakes| mistakes.items.len()), 1);
/// # Ok::<(), crabwalk::Error>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The spec has mistakes: all of them, with their places.
    #[error(transparent)]
    Spec(Diagnostics),
    /// What was named cannot be read.
    #[error(transparent)]
    Input(InputError),
    /// Authority derives more than a spec may.
    #[error(transparent)]
    Authority(#[from] TooMuchAuthority),
    /// A name or a selector takes no node.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// A change that was to be tried cannot be made.
    #[error(transparent)]
    WhatIf(#[from] WhatIfError),
    /// Two topologies cannot be compared.
    #[error(transparent)]
    Comparison(#[from] Refusal),
    /// A text names no finding.
    #[error(transparent)]
    Finding(#[from] FindingError),
    /// An entry cannot be written into a spec.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A drawing would be too large to read.
    #[error(transparent)]
    Draw(#[from] report::DrawError),
    /// There is no picture of a drawing.
    #[error(transparent)]
    Svg(#[from] report::SvgError),
    /// There is no fleet with these figures.
    #[error(transparent)]
    Fleet(#[from] PlanError),
    /// An answer cannot be written.
    #[error(transparent)]
    Write(#[from] std::io::Error),
}

impl Error {
    /// The mistakes of the spec, where those are the reason. [`report::diagnostics`] shows them with excerpts.
    #[must_use]
    pub fn diagnostics(&self) -> Option<&Diagnostics> {
        match self {
            Self::Spec(mistakes)
            | Self::Input(InputError::Spec(mistakes))
            | Self::Edit(EditError::Spec(mistakes))
            | Self::Comparison(Refusal::Rename(mistakes) | Refusal::Authority(mistakes)) => Some(mistakes),
            Self::Authority(refused) => Some(&refused.diagnostics),
            Self::Input(InputError::Problem { .. })
            | Self::Selection(_)
            | Self::WhatIf(_)
            | Self::Comparison(Refusal::TooMuch)
            | Self::Finding(_)
            | Self::Edit(_)
            | Self::Draw(_)
            | Self::Svg(_)
            | Self::Fleet(_)
            | Self::Write(_) => None,
        }
    }

    /// What to do; `None` where what is wrong says it, or each mistake has its own.
    #[must_use]
    pub fn help(&self) -> Option<Cow<'_, str>> {
        let help = match self {
            Self::Input(InputError::Problem { help, .. }) => Cow::Borrowed(help.as_str()),
            Self::Selection(problem) => Cow::Borrowed(problem.help.as_str()),
            Self::WhatIf(problem) => Cow::Borrowed(problem.help.as_str()),
            Self::Fleet(problem) => Cow::Borrowed(problem.help.as_str()),
            Self::Edit(problem) => Cow::Owned(problem.help()),
            Self::Spec(_)
            | Self::Input(InputError::Spec(_))
            | Self::Authority(_)
            | Self::Comparison(_)
            | Self::Finding(_)
            | Self::Draw(_)
            | Self::Svg(_)
            | Self::Write(_) => return None,
        };
        Some(help).filter(|help| !help.is_empty())
    }

    /// As people read it on a terminal: mistakes of the spec with excerpts, anything else as a message and the way out, a line each. What
    /// it repeats of a spec or of the command line cannot steer the terminal.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        match self.diagnostics() {
            Some(mistakes) => report::diagnostics::render(mistakes, colour),
            None => report::diagnostics::plain(&self.to_string(), self.help().as_deref().unwrap_or_default()),
        }
    }
}

/// Mistakes of a spec are such wherever it was read.
impl From<InputError> for Error {
    fn from(problem: InputError) -> Self {
        match problem {
            InputError::Spec(mistakes) => Self::Spec(mistakes),
            problem @ InputError::Problem { .. } => Self::Input(problem),
        }
    }
}

impl From<Diagnostics> for Error {
    fn from(mistakes: Diagnostics) -> Self {
        Self::Spec(mistakes)
    }
}
