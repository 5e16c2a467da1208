//! A command that is printed to be typed: every word of it comes out of a POSIX shell as it went in, whatever it begins with or holds.

use std::path::{Path, PathBuf};

use super::name::visible;

/// A command as it is typed.
#[derive(Debug, Clone)]
pub struct CommandLine {
    /// The command and its options.
    command: String,
    /// Words that begin with a dash, and those beside them: they follow `--`, and stay last.
    operands: Vec<String>,
}

impl From<&str> for CommandLine {
    /// A command as it stands.
    fn from(command: &str) -> Self {
        Self { command: command.to_owned(), operands: Vec::new() }
    }
}

impl CommandLine {
    /// `crabwalk COMMAND`.
    #[must_use]
    pub fn new(command: &str) -> Self {
        Self::from(format!("crabwalk {command}").as_str())
    }

    /// Flags or options as they stand.
    #[must_use]
    pub fn flag(mut self, flag: &str) -> Self {
        self.command += &format!(" {flag}");
        self
    }

    /// Files and directories.
    #[must_use]
    pub fn paths(self, paths: &[PathBuf]) -> Self {
        paths.iter().fold(self, |again, path| again.flag(&shell(&named(path))))
    }

    /// Nodes and selectors.
    #[must_use]
    pub fn names(mut self, names: &[String]) -> Self {
        if names.iter().any(|name| name.starts_with('-')) {
            self.operands.extend(names.iter().map(|name| shell(name)));
            return self;
        }
        names.iter().fold(self, |again, name| again.flag(&shell(name)))
    }

    /// Files and directories as an option.
    #[must_use]
    pub fn specs(self, paths: &[PathBuf]) -> Self {
        paths.iter().fold(self, |again, path| again.flag(&option("--spec", &named(path))))
    }

    /// An option, as often as it has values.
    #[must_use]
    pub fn option(self, name: &str, values: &[String]) -> Self {
        values.iter().fold(self, |again, value| again.flag(&option(name, value)))
    }

    /// The format, and the output file with the ending that goes with it.
    #[must_use]
    pub fn format(self, format: &str, output: Option<&Path>) -> Self {
        let again = self.flag(&option("-f", format));
        match output {
            Some(file) => again.flag(&option("-o", &named(&file.with_extension(format)))),
            None => again,
        }
    }

    /// As it is typed.
    #[must_use]
    pub fn text(&self) -> String {
        if self.operands.is_empty() {
            return visible(&self.command);
        }
        visible(&format!("{} -- {}", self.command, self.operands.join(" ")))
    }

    /// In the marks of code.
    #[must_use]
    pub fn quoted(&self) -> String {
        format!("`{}`", self.text())
    }
}

/// An option with its value. One that begins with a dash is tied to it, so that it is not taken for an option.
pub(super) fn option(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { "=" } else { " " };
    format!("{name}{between}{}", shell(value))
}

/// A path that is taken for nothing else: `-` is the standard input, and what begins with a dash an option.
fn named(path: &Path) -> String {
    let path = path.to_string_lossy();
    if path.starts_with('-') && path != "-" { format!("./{path}") } else { path.into_owned() }
}

/// A text as a word of a POSIX shell.
pub(super) fn shell(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_.:/@".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_can_be_pasted_into_a_shell() {
        let again = CommandLine::new("matrix")
            .paths(&[PathBuf::from("my fleet.yaml"), PathBuf::from("-x.yaml"), PathBuf::from("-")])
            .option("--from", &["it's".to_owned(), "zone:edge".to_owned(), "-in".to_owned()])
            .format("csv", Some(Path::new("out/page.html")));
        assert_eq!(
            again.quoted(),
            r"`crabwalk matrix 'my fleet.yaml' ./-x.yaml - --from 'it'\''s' --from zone:edge --from=-in -f csv -o out/page.csv`"
        );
    }

    #[test]
    fn names_that_begin_with_a_dash_stay_behind_all_options() {
        let again = CommandLine::new("respond").names(&["mail".to_owned(), "--spec".to_owned()]);
        let again = again.specs(&[PathBuf::from("s.yaml")]).flag("--isolate x");
        assert_eq!(again.text(), "crabwalk respond --spec s.yaml --isolate x -- mail --spec");
    }
}
