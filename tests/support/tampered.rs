//! A self-check with one difference of each sort: what a wrong engine would make of it.

use crabwalk::analysis::Strength;
use crabwalk::graph::Cost;
use crabwalk::model::{GuardId, NodeId, Plane, Verb};
use crabwalk::verification::{Answer, Counted, Derived, Difference, SelfCheck, Subject};

/// Adds the differences; the spec needs four nodes.
pub(crate) fn tamper(check: &mut SelfCheck<'_>) {
    let [a, b, c, d] = [0, 1, 2, 3].map(NodeId::new);
    let cost = Cost { guards: 1, sessions: 0, hops: 12 };
    let derived = |returns| Derived {
        from: c,
        verb: Verb::Invoke,
        to: d,
        guards: vec![GuardId::new(0), GuardId::new(2)],
        returns,
        outsider: true,
    };
    let (open, any) = (Strength::Open, Strength::Any);
    let differences = [
        (Subject::Derived(derived(Some(Vec::new()))), Answer::Guards(3), Answer::Nothing),
        (Subject::Derived(derived(None)), Answer::Nothing, Answer::Guards(0)),
        (Subject::Direct { from: a, to: b, verb: Verb::Read }, Answer::Guards(1), Answer::Guards(0)),
        (Subject::Acts { from: a, to: b, verb: Verb::Write }, Answer::Nothing, Answer::Guards(2)),
        (Subject::Best { plane: Plane::Influence, from: b, to: c }, Answer::Cost(cost), Answer::Nothing),
        (
            Subject::Best { plane: Plane::Exposure, from: b, to: c },
            Answer::Cost(cost),
            Answer::Cost(Cost { hops: 11, ..cost }),
        ),
        (
            Subject::Reaches { plane: Plane::Influence, strength: open, from: a, to: d },
            Answer::Nothing,
            Answer::Something,
        ),
        (
            Subject::Size { counted: Counted::Closure, plane: Plane::Exposure, strength: any, node: a },
            Answer::Count(2),
            Answer::Count(1_234),
        ),
        (
            Subject::Size { counted: Counted::Reaching, plane: Plane::Influence, strength: open, node: b },
            Answer::Count(1),
            Answer::Count(0),
        ),
        (
            Subject::Pairs { counted: Counted::Reached, plane: Plane::Exposure, strength: any },
            Answer::Count(0),
            Answer::Count(7),
        ),
    ];
    for (subject, engine, reference) in differences {
        check.differences.first.push(Difference { subject, engine, reference });
    }
    check.differences.count += 33;
    check.differing.extend([a, b]);
    check.unkept.push((Plane::Exposure, any));
}
