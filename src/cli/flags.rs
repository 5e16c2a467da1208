//! Options whose value may begin with a dash → that none of them takes a flag for its value. A name of the spec can be any text, so
//! that `--from -in` is one; `--from --to x` is a value that was forgotten, and `--from=--to` says that it was not.

use std::ffi::{OsStr, OsString};

use clap::error::ErrorKind;
use clap::{Arg, Command, Error};

/// The command of a line, and where its own words begin.
fn command_of<'a>(program: &'a Command, words: &[&str]) -> Option<(&'a Command, usize)> {
    let at = words.iter().position(|word| program.find_subcommand(word).is_some())?;
    Some((program.find_subcommand(words[at])?, at + 1))
}

/// The words before `--` that are text.
fn texts<'a>(words: impl IntoIterator<Item = &'a OsStr>) -> Vec<&'a str> {
    words.into_iter().map_while(OsStr::to_str).take_while(|word| *word != "--").collect()
}

/// The words, with the first of several values untied from its option: `--pair=-in s` is `--pair -in s`.
pub(super) fn untied(program: &Command, words: &[OsString]) -> Vec<OsString> {
    let mut program = program.clone();
    program.build();
    let known = texts(words.iter().map(OsString::as_os_str));
    let Some((command, begin)) = command_of(&program, &known) else { return words.to_vec() };
    let untie = |(at, word): (usize, &OsString)| -> Vec<OsString> {
        let tied = known.get(at).filter(|_| at >= begin).and_then(|word| word.split_once('='));
        let several = |arg: &Arg| arg.get_num_args().is_some_and(|count| count.min_values() > 1);
        match tied.filter(|(name, _)| long(command, name).is_some_and(|(_, arg)| several(arg))) {
            Some((name, value)) => vec![name.into(), value.into()],
            None => vec![word.clone()],
        }
    };
    words.iter().enumerate().flat_map(untie).collect()
}

/// The first option that would take a flag of its command for its value.
pub(super) fn forgotten_value<'a>(
    program: &Command,
    words: impl IntoIterator<Item = &'a OsStr>,
) -> Option<Error> {
    let mut program = program.clone();
    program.build();
    let words = texts(words);
    let (command, begin) = command_of(&program, &words)?;
    let words = &words[begin..];
    let taking = |(at, word): (usize, &&'a str)| {
        let (option, arg) = long(command, word).filter(|(_, arg)| arg.is_allow_hyphen_values_set())?;
        let count = arg.get_num_args().map_or(1, |range| range.min_values());
        let flag = words.iter().skip(at + 1).take(count).copied().find(|word| is_flag(command, word))?;
        Some((option, flag, count))
    };
    let (option, flag, count) = words.iter().enumerate().find_map(taking)?;
    let message = if count > 1 {
        format!(
            "{count} values are required for '--{option}', and '{flag}' is a flag; for a name like it tie the first: --{option}=NAME"
        )
    } else {
        format!(
            "a value is required for '--{option}', and '{flag}' is a flag; a name like it is said with --{option}={flag}"
        )
    };
    Some(command.clone().error(ErrorKind::InvalidValue, message))
}

/// The option of a word such as `--from`; nothing where its value is tied to it.
fn long<'a>(command: &'a Command, word: &'a str) -> Option<(&'a str, &'a Arg)> {
    let name = word.strip_prefix("--")?;
    command.get_arguments().find(|arg| arg.get_long() == Some(name)).map(|arg| (name, arg))
}

/// Whether a word is a flag or an option of a command, with or without its value.
fn is_flag(command: &Command, word: &str) -> bool {
    let name = word.split_once('=').map_or(word, |(name, _)| name);
    let mut letters = name.chars().skip(1);
    let short = letters.next().filter(|_| name.starts_with('-') && letters.next().is_none());
    long(command, name).is_some()
        || short.is_some_and(|short| command.get_arguments().any(|arg| arg.get_short() == Some(short)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Option<String> {
        let words: Vec<&OsStr> = line.split(' ').map(OsStr::new).collect();
        forgotten_value(&super::super::program::command(), words).map(|problem| problem.to_string())
    }

    #[test]
    fn a_flag_is_no_value_and_a_name_is() {
        for line in [
            "crabwalk harden --from --to x",
            "crabwalk harden --from --to=x",
            "crabwalk -q harden s.yaml --to -f json",
            "crabwalk accept --pair a --reason x",
            "crabwalk accept --edge a read --reason x",
            "crabwalk matrix --zone --quiet",
            "crabwalk accept CW001:0 --reason --owner x",
        ] {
            let said = said(line).unwrap_or_else(|| panic!("{line} is an error"));
            assert!(said.contains("required for '--"), "{said}");
        }
        for line in [
            "crabwalk harden --from -in --to x",
            "crabwalk harden --from=--to --to=-f",
            "crabwalk accept --pair -in s --reason x",
            "crabwalk accept --pair=-in -out --reason -agreed",
            "crabwalk blast -q -- --from --to",
            "crabwalk check",
            "crabwalk --from --to",
        ] {
            assert_eq!(said(line), None, "{line}");
        }
    }

    #[test]
    fn the_first_of_several_values_may_be_tied() {
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        let untied = |line: &str| untied(&super::super::program::command(), &words(line));
        assert_eq!(untied("crabwalk accept --pair=-in s"), words("crabwalk accept --pair -in s"));
        for line in ["crabwalk harden --from=-in", "crabwalk path -- --pair=a b", "crabwalk --pair=a"] {
            assert_eq!(untied(line), words(line));
        }
    }
}
