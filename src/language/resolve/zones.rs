//! Trust zones, ranked: by their position, or by `trust` where all of them say it.

use indexmap::IndexMap;

use super::names::check_name;
use crate::language::code::Code;
use crate::language::declaration::ZoneDeclaration;
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::model::Zone;

/// The zones from least to most trusted.
pub(super) fn resolve(declared: Vec<ZoneDeclaration<'_>>, sink: &mut Sink) -> IndexMap<String, Zone> {
    check_trust(&declared, sink);
    let mut zones = IndexMap::with_capacity(declared.len());
    for (position, zone) in (0i64..).zip(declared) {
        check_name("zone", &zone.name, sink);
        let trust = zone.trust.unwrap_or(position);
        let resolved =
            Zone { trust, description: zone.description.map(str::to_owned), place: zone.name.place };
        zones.insert(zone.name.text.to_owned(), resolved);
    }
    // A stable sort: zones that are equally trusted stay in the order of the text.
    zones.sort_by(|_, one, _, other| one.trust.cmp(&other.trust));
    zones
}

/// Checks that all zones say their trust or none does.
fn check_trust(declared: &[ZoneDeclaration<'_>], sink: &mut Sink) {
    let with = declared.iter().find(|zone| zone.trust.is_some());
    let without = declared.iter().find(|zone| zone.trust.is_none());
    if let (Some(with), Some(without)) = (with, without) {
        sink.push(
            Diagnostic::new(Code::PartialTrust, "some zones say their `trust` and others do not")
                .at(without.name.place, "has no `trust`")
                .at(with.name.place, "has one")
                .help("give every zone a `trust`, or none: then their order ranks them"),
        );
    }
}
