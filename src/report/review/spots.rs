//! Where the findings of a change stand, in the files of both sides.

use crate::compare::{Comparison, Side};
use crate::findings::Finding;
use crate::model::{Level, Place, Rule};
use crate::report::machine::place::{Spot, spot_in};

/// What a place marks, in the files of both sides together.
pub(super) fn spot(comparison: &Comparison, place: Place) -> Spot<'_> {
    spot_in(comparison.joint().spec(Side::Head), place)
}

/// Whether a place stands in a file of the base alone.
pub(super) fn is_gone(comparison: &Comparison, place: Place) -> bool {
    comparison.joint().side_of(place) == Side::Base
}

/// Where platforms are to show a finding, which takes a line of the head: its place; for what is gone with the base, the first
/// line of the head's first file. Without a file in the head, the place in the base.
pub(super) fn shown<'c>(comparison: &'c Comparison, finding: &Finding) -> Option<Spot<'c>> {
    let own = finding.place.map(|place| spot(comparison, place));
    let there = finding.place.is_some_and(|place| !is_gone(comparison, place));
    own.clone().filter(|_| there).or_else(|| first_line(comparison)).or(own)
}

/// Whether a finding is to be shown where only what got worse is: paths that are closed are, where a spec makes more of them than a
/// note.
pub(super) fn worsens(finding: &Finding) -> bool {
    finding.rule != Rule::ClosedPath || finding.level > Level::Note
}

/// The first line of the head's first file.
fn first_line(comparison: &Comparison) -> Option<Spot<'_>> {
    let files = u32::try_from(comparison.joint().spec(Side::Head).files.len()).unwrap_or(u32::MAX);
    let places = (0..files).map(|file| Place { file, start: 0, len: 0 });
    let first = places.filter(|place| !is_gone(comparison, *place)).min()?;
    Some(Spot { line: 1, ..spot(comparison, first) })
}
