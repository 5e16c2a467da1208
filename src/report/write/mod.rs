//! Documents and texts → what a medium shows. Escaping, width, wrapping and colour live here alone: whoever makes a page never sees
//! markup.

mod html;
mod markdown;
pub(in crate::report) mod markdown_escape;
mod medium;
mod terminal;
pub(in crate::report) mod wrap;

pub(in crate::report) use html::{Html, escaped};
pub(in crate::report) use markdown::{Markdown, MarkdownCode, markdown, markdown_behind};
pub(in crate::report) use medium::{Medium, begun, capital, listed, text};
pub(in crate::report) use terminal::{Plain, Terminal, grave, terminal};

#[cfg(test)]
mod tests;
