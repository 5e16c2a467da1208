//! Text for programs: no mark tells a name or code from the words around it.

use std::borrow::Cow;

use super::medium::Medium;
use crate::model::Tone;
use crate::report::name::visible;

/// Text of a value that programs read.
pub(in crate::report) struct Bare;

impl Medium for Bare {
    fn words(&self, words: &'static str) -> Cow<'static, str> {
        Cow::Borrowed(words)
    }

    fn name(&self, name: &str) -> String {
        visible(name)
    }

    fn label(&self, label: &str) -> String {
        visible(label)
    }

    fn path(&self, path: &str) -> String {
        visible(path)
    }

    fn id(&self, id: &str) -> String {
        visible(id)
    }

    fn code(&self, code: &str) -> String {
        code.to_owned()
    }

    fn quoted(&self, words: &str, _is_last: bool) -> String {
        visible(words)
    }

    fn toned(&self, _tone: Tone, written: String) -> String {
        written
    }
}
