//! How a finding is cleared: what to take back, or the command that accepts it.

use super::gone;
use super::names::{Words, plain};
use super::title::whole;
use crate::findings::{About, Finding, Review};
use crate::model::text::phrase;
use crate::model::{Piece, Rule, Text};

/// How a finding is cleared, as plain text. Empty where there is nothing to clear.
pub(in crate::report) fn clear(review: &Review, finding: &Finding) -> String {
    plain(&review.comparison, &Words::of(review).clear(finding))
}

/// Whether a finding can be accepted by itself: not what is about an acceptance, nor what nobody minds, nor a topology as a whole,
/// whether it is new or gone.
pub(in crate::report) fn accepts(finding: &Finding) -> bool {
    let by_itself = matches!(finding.about, About::Acceptance(_) | About::Closed | About::SpecGone(_));
    !by_itself && whole(finding).is_none()
}

impl Words<'_> {
    /// How a finding is cleared: what to take back, or the command that accepts it. Empty where there is nothing to clear.
    pub(in crate::report) fn clear(&self, finding: &Finding) -> Text {
        let undo = self.order(finding);
        if !accepts(finding) {
            return undo;
        }
        phrase![undo, ", or: crabwalk accept ", Piece::Id(finding.id()), " --reason \"...\""]
    }

    /// What to take back, as an order without a full stop.
    pub(in crate::report) fn order(&self, finding: &Finding) -> Text {
        match &finding.about {
            About::Closed => Text::default(),
            About::Fact(_) | About::Contract { .. } => {
                finding.said().map(|said| said.fix.clone()).unwrap_or_default()
            }
            About::Loosened { .. } => phrase!["put the rule back as it was"],
            About::SpecGone(lost) => gone::undo(lost),
            About::MarkedNodeGone(over) => self.was(over),
            About::Acceptance(_) => phrase![match finding.rule {
                Rule::AcceptanceNew => {
                    "it counts once it is in the base; until then only with --accept-from head"
                }
                Rule::AcceptanceUnused => {
                    "remove the entry, unless it waits for a change that has yet to land"
                }
                _ => "look at it again, then give it a new date or remove the entry",
            }],
            about => match finding.changes(self.comparison) {
                [] => {
                    let check = Piece::Code("crabwalk check".to_owned());
                    phrase!["read what ", check, " says of it, and land it with --fail-on never"]
                }
                [id] => self.undo(self.comparison.change(*id)),
                all if self.is_each_needed(about) => {
                    phrase!["take one of these ", Piece::Number(all.len()), " changes back"]
                }
                all => phrase!["take these ", Piece::Number(all.len()), " changes back"],
            },
        }
    }

    /// Whether taking back any one of several changes is enough.
    fn is_each_needed(&self, about: &About) -> bool {
        match about {
            About::Paths { causes, .. } => {
                causes.iter().all(|cause| self.comparison.cause(*cause).is_necessary)
            }
            About::Loop { cause, .. } => self.comparison.cause(*cause).is_necessary,
            _ => true,
        }
    }
}
