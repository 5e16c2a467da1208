//! A judged change → the words for it that all formats share: titles, messages, and how to clear a finding. Each sentence is made
//! once, as a text in which names are apart from our own words; whoever shows it says for which medium.

mod breach;
mod changes;
mod clear;
mod cost;
mod gone;
mod message;
mod names;
mod pairs;
mod routes;
mod span;
mod tally;
mod title;
mod verdict;
mod who;

pub(in crate::report) use clear::{accepts, clear};
pub(in crate::report) use cost::cost;
pub(in crate::report) use message::message;
pub(in crate::report) use names::{Words, listed, plain};
pub(in crate::report) use pairs::lead;
pub(in crate::report) use routes::{Step, steps};
pub(in crate::report) use tally::changed;
pub(in crate::report) use title::{title, whole};
pub(in crate::report) use verdict::{attested, verdict};
pub(in crate::report) use who::can;
