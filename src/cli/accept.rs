//! `crabwalk accept`: write an acceptance into the spec, and touch nothing else in it.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::error::CliError;
use super::gate::today;
use super::global::GlobalArgs;
use super::load::{SpecOption, load};
use super::memory_limit;
use super::output::OutputArgs;
use super::rewrite;
use super::rewrite::Change;
use crate::findings::{AcceptFrom, Assessment, Finding, Policy};
use crate::input::{self, InputError};
use crate::language::{EditError, NewAcceptance, has_acceptances, insert_acceptance};
use crate::model::{Accepted, Edge, FindingError, Place, Rule, SourceFile, Spec, Verb, date_from_text};
use crate::report;
use crate::report::visible;

/// Accept a finding: write an entry with its reason into the spec, and change no other byte
#[derive(Debug, Args)]
#[command(
    before_help = "Example: crabwalk accept --pair triage payments --reason 'refunds up to 50 EUR' --expires 2027-03-01"
)]
pub(super) struct AcceptArgs {
    #[command(flatten)]
    what: WhatArgs,
    /// Why it is accepted, in a sentence
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: String,
    /// Who answers for it
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    owner: Option<String>,
    /// Where it was discussed
    #[arg(long, value_name = "TICKET", allow_hyphen_values = true)]
    ticket: Option<String>,
    /// The last day on which it holds: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
    /// Print the entry and where it would go, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What the change is compared with to see that it has the finding [default: as `diff` has it]
    #[arg(long, value_name = "BASE", value_hint = clap::ValueHint::AnyPath)]
    base: Option<PathBuf>,
    #[command(flatten)]
    spec: SpecOption,
}

/// What is accepted, in one of four ways.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct WhatArgs {
    /// A finding as `check` or `diff` prints it: CW001:9f3c2e1a5b7d4c60
    #[arg(value_name = "FINDING")]
    finding: Option<String>,
    /// Everything between two nodes
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], allow_hyphen_values = true)]
    pair: Option<Vec<String>>,
    /// Everything that one edge causes
    #[arg(long, num_args = 3, value_names = ["FROM", "VERB", "TO"], allow_hyphen_values = true)]
    edge: Option<Vec<String>>,
    /// That another spec is deleted: its path from the root of the repository
    #[arg(long, value_name = "PATH")]
    deletion: Option<String>,
}

pub(super) fn run(args: &AcceptArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let new = new_acceptance(args)?;
    let entry = new.entry()?;
    if args.dry_run {
        let (_, place) = with_entry(args, &new, global)?;
        let answer = format!("- {}\n  would be written to {}\n", visible(&entry), visible(&place));
        return OutputArgs { output: None }.text(&answer, global);
    }
    let mut is_first = true;
    let place = rewrite::apply(&args.spec.spec, global, || {
        // What is compared to see that the finding is there does not change with every entry that others write.
        let checked = if is_first {
            with_entry(args, &new, global)
        } else {
            entered(&load(&args.spec.spec, global)?, &new)
        };
        is_first = false;
        checked.map(|(change, place)| (vec![change], place))
    })?;
    let of_change = !matches!(&new.what, Accepted::Finding { rule, .. } if !rule.is_of_change());
    let until = match of_change {
        true => "; in a review it counts once it is in the base, and until then only with --accept-from head",
        false => "",
    };
    global.note(&format!("wrote `- {entry}` to {place}{until}"));
    Ok(())
}

/// The change that enters an acceptance of what is there, and where the entry will stand.
fn with_entry(
    args: &AcceptArgs,
    new: &NewAcceptance,
    global: &GlobalArgs,
) -> Result<(Change, String), CliError> {
    let spec = load(&args.spec.spec, global)?;
    refuse_twice(&spec, &new.what)?;
    check_present(args, &new.what, &spec, global)?;
    entered(&spec, new)
}

/// The change that enters an acceptance, and where the entry will stand.
fn entered(spec: &Spec, new: &NewAcceptance) -> Result<(Change, String), CliError> {
    refuse_twice(spec, &new.what)?;
    let target = target(spec, &new.what);
    let file = spec.files[target].clone();
    let text = insert_acceptance(file.name(), file.text(), new)?;
    let place = place_after(spec, target, &text, &new.what)?;
    Ok((Change { file, text }, place))
}

fn refuse_twice(spec: &Spec, what: &Accepted) -> Result<(), CliError> {
    let present = spec.accept.iter().find(|acceptance| acceptance.what == *what);
    present
        .map_or(Ok(()), |present| Err(EditError::Present { location: spec.location(present.place) }.into()))
}

/// The acceptance that the arguments describe.
fn new_acceptance(args: &AcceptArgs) -> Result<NewAcceptance, CliError> {
    Ok(NewAcceptance {
        what: what(&args.what)?,
        reason: args.reason.clone(),
        owner: args.owner.clone(),
        ticket: args.ticket.clone(),
        expires: args.expires.as_deref().map(|day| last_day(day, today())).transpose()?,
    })
}

/// What is accepted.
fn what(args: &WhatArgs) -> Result<Accepted, CliError> {
    if let Some(path) = &args.deletion {
        return Accepted::spec(path).ok_or_else(|| {
            let message = format!("`{}` is not a path from the root of the repository", visible(path));
            CliError::usage(message, "write it as git prints it: --deletion agents/crabwalk.yaml")
        });
    }
    match (args.finding.as_deref(), args.pair.as_deref(), args.edge.as_deref()) {
        (Some(text), ..) => Accepted::finding(text).map_err(|problem| no_finding(text, &problem)),
        (_, Some([from, to]), _) => Ok(Accepted::Pair { from: from.clone(), to: to.clone() }),
        (.., Some([from, verb, to])) => {
            let verb = Verb::from_text(verb).ok_or_else(|| {
                let message = format!("`{}` is not a verb", visible(verb));
                CliError::usage(
                    message,
                    "an edge is FROM VERB TO, and a verb is write, read, invoke or observe",
                )
            })?;
            Ok(Accepted::Edge { from: from.clone(), verb, to: to.clone() })
        }
        _ => Err(CliError::usage(
            "nothing to accept is named".to_owned(),
            "name a finding, --pair, --edge or --deletion",
        )),
    }
}

fn no_finding(text: &str, problem: &FindingError) -> CliError {
    let message = format!("`{}` is not a finding", visible(text));
    match problem {
        FindingError::Shape => CliError::usage(
            message,
            "copy it as `check` or `diff` prints it, such as CW001:9f3c2e1a5b7d4c60; for two nodes there is --pair FROM TO",
        ),
        FindingError::UnknownRule(rule) => {
            let (first, last) = (Rule::ALL[0].id(), Rule::ALL[Rule::ALL.len() - 1].id());
            let message = format!("{message}: there is no rule `{}`", visible(rule));
            CliError::usage(message, &format!("the rules are {first} to {last}"))
        }
    }
}

/// The last day, which must not be over.
fn last_day(text: &str, today: Date) -> Result<Date, CliError> {
    let day = date_from_text(text).ok_or_else(|| {
        CliError::usage(
            format!("`{}` is not a date", visible(text)),
            "write a day of the calendar as YYYY-MM-DD: --expires 2027-03-01",
        )
    })?;
    if day < today {
        let message = format!("{day} is over: today is {today} (UTC)");
        return Err(CliError::usage(
            message,
            "an acceptance that has expired fails the review: give a day to come",
        ));
    }
    Ok(day)
}

/// Says which of the named nodes the spec does not have, for the entry may be meant for what is gone; refuses a finding that is
/// not among those of the change at hand.
fn check_present(
    args: &AcceptArgs,
    what: &Accepted,
    spec: &Spec,
    global: &GlobalArgs,
) -> Result<(), CliError> {
    let names = match what {
        Accepted::Pair { from, to } | Accepted::Edge { from, to, .. } => vec![from, to],
        Accepted::Finding { rule, hash } if rule.is_of_change() => {
            return check_finding(args, *rule, hash, global);
        }
        Accepted::Finding { rule, hash } => return check_standing(spec, *rule, hash, global),
        Accepted::Spec { .. } => return Ok(()),
    };
    for name in names {
        if spec.node_id(name).is_none() {
            global.note(&format!("note: no node of the spec is called `{}`", visible(name)));
        }
    }
    Ok(())
}

/// Judges the spec as it stands to see whether it has the finding.
fn check_standing(spec: &Spec, rule: Rule, hash: &str, global: &GlobalArgs) -> Result<(), CliError> {
    let graph = memory_limit::bounded(spec.clone(), global)?;
    memory_limit::require(global, report::memory_bounds::assessment(&graph), "judging the spec", None)?;
    let assessment = Assessment::of(&graph, today());
    if assessment.findings.iter().any(|finding| finding.is(rule, hash)) {
        return Ok(());
    }
    let same = assessment.open().filter(|finding| finding.rule == rule);
    let ids: Vec<String> = same.map(Finding::id).collect();
    let there = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
    let message = format!("{}:{hash} is not among the findings of this spec", rule.id());
    Err(CliError::usage(message, &format!("of this rule it has {there}; `crabwalk check` prints all")))
}

/// Compares the spec with its base to see whether the change has the finding. Where nobody named a base and there is none to
/// be found, the finding is taken as it was typed.
fn check_finding(args: &AcceptArgs, rule: Rule, hash: &str, global: &GlobalArgs) -> Result<(), CliError> {
    let head = match args.spec.spec.as_slice() {
        [] => None,
        [one] if one.as_os_str() != "-" => Some(one.as_path()),
        _ if args.base.is_some() => {
            let message = "a base can be compared with one file or directory".to_owned();
            return Err(CliError::usage(message, "name the directory that holds the files of the spec"));
        }
        _ => return Ok(()),
    };
    let sides = input::sides(args.base.as_deref(), head, Path::new("."), &mut std::io::stdin());
    let (base, head) = match sides {
        Ok(sides) => sides,
        Err(InputError::Problem { message, .. }) if args.base.is_none() => {
            global.note(&format!("note: the finding is taken as typed: {message}"));
            return Ok(());
        }
        Err(problem) => return Err(problem.into()),
    };
    let policy = Policy { accept_from: AcceptFrom::Base, today: today() };
    let review = super::diff::review(&base, &head, policy, global)?;
    if review.findings.iter().any(|finding| finding.is(rule, hash)) {
        return Ok(());
    }
    let ids: Vec<String> = review.open().map(Finding::id).collect();
    let there = if ids.is_empty() { "it has none".to_owned() } else { format!("it has {}", ids.join(", ")) };
    let message = format!("{}:{hash} is not among the findings of this change", rule.id());
    Err(CliError::usage(message, &format!("against `{}` {there}; name another base with --base", base.name)))
}

/// The file that gets the entry: one that has `accept`, else the one that declares the edge or the first node, else the first.
fn target(spec: &Spec, what: &Accepted) -> usize {
    let holder = spec.files.iter().position(|file| has_acceptances(file.text()));
    holder.or_else(|| declared(spec, what).map(|place| place.file as usize)).unwrap_or(0)
}

/// Where the spec declares what is accepted.
fn declared(spec: &Spec, what: &Accepted) -> Option<Place> {
    match what {
        Accepted::Pair { from, .. } => Some(spec.nodes.get(from)?.place),
        Accepted::Edge { from, verb, to } => {
            let (actor, target) = (spec.node_id(from)?, spec.node_id(to));
            let is_it = |edge: &&Edge| edge.from == actor && edge.verb == *verb && Some(edge.to) == target;
            spec.edges.iter().find(is_it).map(|edge| edge.place).or(Some(spec.node(actor).place))
        }
        Accepted::Finding { .. } | Accepted::Spec { .. } => None,
    }
}

/// File and line of the entry in the spec as it will be. All files are read together once more: what is written must load.
fn place_after(spec: &Spec, target: usize, text: &str, what: &Accepted) -> Result<String, CliError> {
    let files = spec.files.iter().enumerate().map(|(position, file)| {
        if position == target { SourceFile::new(file.name(), text.to_owned()) } else { file.clone() }
    });
    let after = Spec::from_files(files.collect())?;
    let entry = after.accept.iter().find(|acceptance| acceptance.what == *what);
    Ok(entry.map_or_else(|| spec.files[target].name().to_owned(), |entry| after.location(entry.place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_may_be_today_and_not_before() {
        let day = |text: &str| date_from_text(text).expect("a day");
        let last = |text: &str| last_day(text, day("2026-11-25"));
        assert_eq!(last("2026-11-25").expect("it still holds today"), day("2026-11-25"));
        assert!(matches!(last("2026-11-24"), Err(CliError::Usage { .. })));
        assert!(matches!(last("2026-11-31"), Err(CliError::Usage { .. })));
    }
}
