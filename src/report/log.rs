//! Text for a terminal or the log of a job → the same text, of which neither takes anything for an order: escape sequences, and the
//! commands that CI runners read from what programs print.

use std::borrow::Cow;

use super::name::visible;

/// A line that a program says beside its answer, our own words and others' mixed. It stays one line.
pub(crate) fn said(line: &str) -> String {
    without_commands(&visible(line)).into_owned()
}

/// The text without lines that a runner would obey: `::command::` at the beginning of one (GitHub), and `##[command]`, `##vso[…]`
/// or `##teamcity[…]` anywhere (GitHub, Azure, TeamCity). The character that makes it a command is shown as `�`.
pub(crate) fn without_commands(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let lines: Vec<String> = text.split('\n').map(without_command).collect();
    Cow::Owned(lines.join("\n"))
}

fn without_command(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let start = line.trim_start();
    let mut rest = line;
    if let Some(behind) = start.strip_prefix("::") {
        safe.push_str(&line[..line.len() - start.len()]);
        safe.push(char::REPLACEMENT_CHARACTER);
        safe.push(':');
        rest = behind;
    }
    while let Some(at) = rest.find("##") {
        let (before, sign) = rest.split_at(at + 2);
        safe.push_str(before);
        // More signs before the bracket are still one.
        let word = sign.trim_start_matches(|c: char| c == '#' || c.is_ascii_alphanumeric());
        safe.push_str(&sign[..sign.len() - word.len()]);
        rest = word;
        if let Some(behind) = word.strip_prefix('[') {
            safe.push(char::REPLACEMENT_CHARACTER);
            rest = behind;
        }
    }
    safe + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_steers_nothing_and_stays_one_line() {
        assert_eq!(said("no `\u{1b}[31mx\n::error::y\u{202e}`"), "no `�[31mx�::error::y�`");
    }

    #[test]
    fn no_line_is_a_command_of_a_runner() {
        assert_eq!(
            without_commands("a\n  ::error::x\n::add-mask::y z::w"),
            "a\n  �:error::x\n�:add-mask::y z::w"
        );
        assert_eq!(
            without_commands("x ##[error]y ##vso[task.x]z ###[a] ##teamcity[b] ## [c] #[d] a##"),
            "x ##�error]y ##vso�task.x]z ###�a] ##teamcity�b] ## [c] #[d] a##"
        );
    }
}
