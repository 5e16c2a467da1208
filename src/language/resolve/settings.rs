//! What stands in one of the files only: the spec's name, its description, its zones, its guards and its review.

use indexmap::IndexMap;

use super::names::check_name;
use crate::language::code::Code;
use crate::language::declaration::{Document, GuardDeclaration, ZoneDeclaration};
use crate::language::diagnostic::Diagnostic;
use crate::language::sink::Sink;
use crate::language::tree::Text;
use crate::model::{Guard, Place, Review, Zone};

/// What holds for the whole spec.
#[derive(Debug)]
pub(super) struct Settings<'a> {
    /// The spec's name.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Zones from least to most trusted.
    pub zones: IndexMap<String, Zone>,
    /// Guards, the built-in ones first.
    pub guards: IndexMap<String, Guard>,
    /// Where the configuration of guards lies: guard and store.
    pub kept_in: Vec<(String, Text<'a>)>,
    /// How changes are judged.
    pub review: Review,
}

impl<'a> Settings<'a> {
    /// Takes the settings out of the documents.
    pub(super) fn gather(documents: &mut [Document<'a>], default_name: &str, sink: &mut Sink) -> Self {
        let names = documents.iter_mut().filter_map(|document| document.name.take());
        let mut kept_in = Vec::new();
        let name = only("name", names.map(|name| (name.place, name.text)), sink);
        let descriptions = documents.iter_mut().filter_map(|document| document.description.take());
        let description = only("description", descriptions.map(|text| (text.place, text.text)), sink);
        let declared_zones = documents.iter_mut().filter_map(|document| document.zones.take());
        let zones = only("zones", declared_zones, sink).unwrap_or_default();
        let declared_guards = documents.iter_mut().filter_map(|document| document.guards.take());
        let guards = only("guards", declared_guards, sink).unwrap_or_default();
        let reviews = documents.iter_mut().filter_map(|document| document.review.take());
        let review = only("review", reviews, sink).unwrap_or_default();
        Self {
            name: name.map_or_else(|| default_name.to_owned(), str::to_owned),
            description: description.map(str::to_owned),
            zones: ranked(zones, sink),
            guards: guards_by_name(guards, &mut kept_in, sink),
            kept_in,
            review,
        }
    }
}

/// The only one of what may stand in one file; a further one is a mistake.
fn only<T>(key: &str, found: impl Iterator<Item = (Place, T)>, sink: &mut Sink) -> Option<T> {
    let mut first: Option<(Place, T)> = None;
    for (place, content) in found {
        if let Some((earlier, _)) = &first {
            // What the second one declares is not taken over, so names in it would be missed.
            sink.names_missing = true;
            sink.push(
                Diagnostic::new(Code::DeclaredInTwoFiles, format!("`{key}` stands in two files"))
                    .at(place, "again")
                    .at(*earlier, "the first one")
                    .help(format!("keep `{key}` in one of the files")),
            );
        } else {
            first = Some((place, content));
        }
    }
    first.map(|(_, content)| content)
}

/// The built-in guards, then the spec's own. What a redefinition of a built-in one does not say stays as it is built in.
fn guards_by_name<'a>(
    declared: Vec<GuardDeclaration<'a>>,
    kept_in: &mut Vec<(String, Text<'a>)>,
    sink: &mut Sink,
) -> IndexMap<String, Guard> {
    let mut guards: IndexMap<String, Guard> = built_in().into_iter().collect();
    for guard in declared {
        check_name("guard", &guard.name, sink);
        let built_in = guards.get(guard.name.text);
        let as_built_in =
            built_in.map_or([true, true], |known| [known.stops_influence, known.stops_exposure]);
        let [stops_influence, stops_exposure] = guard.stops.unwrap_or(as_built_in);
        let resolved = Guard {
            stops_influence,
            stops_exposure,
            enforced: guard.enforced.unwrap_or(true),
            by: guard.by,
            // Nodes are looked up once all of them are known.
            kept_in: None,
            description: guard.description.map(str::to_owned),
            place: Some(guard.name.place),
        };
        kept_in.extend(guard.kept_in.map(|store| (guard.name.text.to_owned(), store)));
        guards.insert(guard.name.text.to_owned(), resolved);
    }
    guards
}

/// The guards that every spec has.
fn built_in() -> [(String, Guard); 4] {
    let guard = |name: &str, stops_influence, stops_exposure| {
        let guard = Guard {
            stops_influence,
            stops_exposure,
            enforced: true,
            by: None,
            kept_in: None,
            description: None,
            place: None,
        };
        (name.to_owned(), guard)
    };
    [
        guard("human-approval", true, true),
        guard("quarantine", true, true),
        guard("typed-output", true, false),
        guard("redaction", false, true),
    ]
}

/// The zones from least to most trusted: by their position, or by `trust` where all of them say it.
fn ranked(declared: Vec<ZoneDeclaration<'_>>, sink: &mut Sink) -> IndexMap<String, Zone> {
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
