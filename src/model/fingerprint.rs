//! What tells one finding from another whatever the order of the file: a hash of its rule and of what it is about.

use sha2::{Digest, Sha256};

use super::rule::Rule;

/// Hexadecimal digits of a fingerprint.
pub(super) const DIGITS: usize = 16;

/// The fingerprint of a rule and of some subjects, in any order. Cut from SHA-256 (FIPS 180-4), so that nobody can make one
/// finding look like another that was accepted.
pub(crate) fn fingerprint(rule: Rule, subjects: &[String]) -> String {
    let mut subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
    subjects.sort_unstable();
    digest(rule.id(), &subjects)
}

/// A hash of a word and of others, in this order.
pub(crate) fn digest(of: &str, subjects: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update(of);
    for subject in subjects {
        // Names hold no control characters, so that no two lists of names read alike.
        hash.update([0x1e]);
        hash.update(subject);
    }
    let digits = hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    digits.chars().take(DIGITS).collect()
}

/// Words into one subject, none of which can run into the next.
pub(crate) fn subject(words: &[&str]) -> String {
    words.join("\u{1f}")
}
