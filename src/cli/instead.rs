//! The command that fits, where the one that was typed would take too much memory: the same spec and nodes, another format.

use std::path::{Path, PathBuf};

use crate::report::shell;

/// A command as it is typed again.
pub(super) struct Again(String);

impl Again {
    /// `crabwalk COMMAND`.
    pub(super) fn new(command: &str) -> Self {
        Self(format!("crabwalk {command}"))
    }

    /// A flag or option as it stands.
    pub(super) fn flag(mut self, flag: &str) -> Self {
        self.0 += &format!(" {flag}");
        self
    }

    /// A value, in quotes where a shell needs them.
    fn value(self, value: &str) -> Self {
        self.flag(&shell(value))
    }

    /// Files and directories.
    pub(super) fn paths(self, paths: &[PathBuf]) -> Self {
        paths.iter().fold(self, |again, path| again.value(&path.to_string_lossy()))
    }

    /// Nodes and selectors.
    pub(super) fn names(self, names: &[String]) -> Self {
        names.iter().fold(self, |again, name| again.value(name))
    }

    /// Files and directories as an option.
    pub(super) fn specs(self, paths: &[PathBuf]) -> Self {
        paths.iter().fold(self, |again, path| again.flag("--spec").value(&path.to_string_lossy()))
    }

    /// An option, as often as it has values.
    pub(super) fn option(self, option: &str, values: &[String]) -> Self {
        values.iter().fold(self, |again, value| again.flag(option).value(value))
    }

    /// The format, and the output file with the ending that goes with it.
    pub(super) fn format(self, format: &str, output: Option<&Path>) -> Self {
        let again = self.flag("-f").value(format);
        match output {
            Some(file) => again.flag("-o").value(&file.with_extension(format).to_string_lossy()),
            None => again,
        }
    }

    /// As it is typed.
    pub(super) fn text(self) -> String {
        self.0
    }

    /// In the marks of code.
    pub(super) fn quoted(&self) -> String {
        format!("`{}`", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_can_be_pasted_into_a_shell() {
        let again = Again::new("matrix")
            .paths(&[PathBuf::from("my fleet.yaml")])
            .option("--from", &["it's".to_owned(), "zone:edge".to_owned()])
            .format("csv", Some(Path::new("out/page.html")));
        assert_eq!(
            again.quoted(),
            r"`crabwalk matrix 'my fleet.yaml' --from 'it'\''s' --from zone:edge -f csv -o out/page.csv`"
        );
    }
}
