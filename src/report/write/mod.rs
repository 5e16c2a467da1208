//! Documents and texts → what a medium shows. Escaping, width, wrapping and colour live here alone: whoever makes a page never sees
//! markup.

mod bare;
mod html;
mod markdown;
pub(in crate::report) mod markdown_escape;
mod medium;
mod terminal;
pub(in crate::report) mod wrap;

pub(in crate::report) use bare::Bare;
pub(in crate::report) use html::{Html, escaped};
pub(in crate::report) use markdown::{Markdown, MarkdownCode, markdown};
pub(in crate::report) use medium::{Medium, begun, capital, text};
pub(in crate::report) use terminal::{Plain, Terminal, grave, terminal, terminal_within};

#[cfg(test)]
mod tests;
