//! Two contracts → whether one asks for all that the other asks for, by what they say. Selectors are compared as they are
//! written, because what they take may change.

use crate::model::contract::{Expect, Independent, Layers, Limit, Most, OnlyThrough, Term, Within, Words};

impl Term {
    /// Whether it asks for all that another one asks for. Of an expectation that is the questions: another answer to one is no
    /// weaker answer.
    #[must_use]
    pub fn is_at_least(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Deny(own), Self::Deny(other)) => {
                has(&own.from, &other.from)
                    && has(&own.to, &other.to)
                    && has(&own.by, &other.by)
                    && counts(own.within, other.within)
            }
            (Self::OnlyThrough(own), Self::OnlyThrough(other)) => passage(own, other),
            (Self::Independent(own), Self::Independent(other)) => groups(own, other),
            (Self::Layers(own), Self::Layers(other)) => layers(own, other),
            (Self::Expect(own), Self::Expect(other)) => questions(own, other),
            (Self::Limit(own), Self::Limit(other)) => limit(own, other),
            _ => false,
        }
    }
}

/// Whether all of some are among others.
fn has<T: PartialEq>(own: &[T], other: &[T]) -> bool {
    other.iter().all(|one| own.contains(one))
}

/// Whether as many ways count.
fn counts(own: Within, other: Within) -> bool {
    own.most() >= other.most()
}

fn passage(own: &OnlyThrough, other: &OnlyThrough) -> bool {
    has(&own.from, &other.from)
        && has(&own.to, &other.to)
        && has(&own.by, &other.by)
        && counts(own.within, other.within)
        // Whatever may be passed lets more paths through.
        && has(&other.through, &own.through)
        && has(&other.guards, &own.guards)
}

/// Groups that were apart are in different groups still.
fn groups(own: &Independent, other: &Independent) -> bool {
    let place = |group: &Words| own.groups.iter().position(|larger| has(larger, group));
    let mut places: Vec<Option<usize>> = other.groups.iter().map(place).collect();
    places.sort_unstable();
    let apart = places.iter().all(Option::is_some) && places.windows(2).all(|two| two[0] != two[1]);
    apart && has(&own.by, &other.by) && counts(own.within, other.within)
}

/// Layers that were below others are below them still.
fn layers(own: &Layers, other: &Layers) -> bool {
    let place = |layer: &Words| own.order.iter().position(|larger| has(larger, layer));
    let places: Vec<Option<usize>> = other.order.iter().map(place).collect();
    let rising = places.iter().all(Option::is_some) && places.windows(2).all(|two| two[0] < two[1]);
    let of_zones = own.order.is_empty() == other.order.is_empty();
    of_zones
        && rising
        && own.flow == other.flow
        && own.plane == other.plane
        && counts(own.within, other.within)
}

fn questions(own: &Expect, other: &Expect) -> bool {
    let asks = |expect: &Expect| expect.cells.iter().map(|cells| cells.way).collect::<Vec<_>>();
    own.part == other.part && has(&asks(own), &asks(other))
}

fn limit(own: &Limit, other: &Limit) -> bool {
    let lower = match (own.to, other.to) {
        (Most::Nodes(own), Most::Nodes(other)) => own <= other,
        (Most::Percent(own), Most::Percent(other)) => own <= other,
        _ => false,
    };
    lower
        && own.kind == other.kind
        && has(&own.of, &other.of)
        && has(&own.by, &other.by)
        && counts(own.within, other.within)
}
