//! The styles of terminal text: sixteen colours at most, so that they follow the user's theme. Reports always carry them; the
//! stream they are written to takes them out where they are not wanted.

use anstyle::{AnsiColor, Style};

/// Headings and names that matter.
pub(super) const STRONG: Style = Style::new().bold();
/// What is there to complete the picture.
pub(super) const DIM: Style = Style::new().dimmed();
/// Zone names.
pub(super) const ZONE: Style = AnsiColor::Cyan.on_default();
/// Reach into a more trusted zone.
pub(super) const ESCALATION: Style = AnsiColor::Red.on_default();
/// The same, declared.
pub(super) const DECLARED_ESCALATION: Style = AnsiColor::Red.on_default().bold();
/// A guard has to fail.
pub(super) const GUARDED: Style = AnsiColor::Yellow.on_default();

/// Text in a style.
pub(super) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
