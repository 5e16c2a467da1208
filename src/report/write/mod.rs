//! Documents and texts → what a medium shows. Escaping, width, wrapping and colour live here alone: whoever makes a page never sees
//! markup.

mod budget;
mod html;
mod markdown;
pub(in crate::report) mod markdown_escape;
mod medium;
mod terminal;
mod unmarked;
pub(in crate::report) mod wrap;

pub(in crate::report) use budget::Budget;
pub(in crate::report) use html::{Html, escaped};
pub(in crate::report) use markdown::{Markdown, markdown};
pub(in crate::report) use medium::{Medium, begun, text};
pub(in crate::report) use terminal::{terminal, terminal_within};
pub(in crate::report) use unmarked::Unmarked::{Bare, Plain, Terminal};

#[cfg(test)]
mod tests;
