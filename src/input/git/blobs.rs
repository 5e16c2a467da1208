//! The bytes of files of a commit, all with one call of git.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use super::{Repository, command};
use crate::input::problem::InputError;
use crate::language::LARGEST;

impl Repository {
    /// The contents with these names, in their order.
    ///
    /// # Errors
    /// If one is not in this clone, or larger than a spec can be.
    pub(in crate::input) fn contents(&self, objects: &[String]) -> Result<Vec<Vec<u8>>, InputError> {
        let mut git = command::command(&self.start, &["cat-file", "--batch"]);
        // What it says would fill a pipe that nobody empties; what matters comes with the answers.
        git.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = git.spawn().map_err(|problem| command::not_started(&self.start, &problem))?;
        let (questions, answers) = (child.stdin.take(), child.stdout.take());
        let read = questions.zip(answers).ok_or_else(cut_off);
        let read = read.and_then(|(to, from)| exchange(to, BufReader::new(from), objects));
        if read.is_err() {
            // It may still want to tell more.
            let _ = child.kill();
        }
        let _ = child.wait();
        read
    }
}

/// How many contents are asked for before the first of them is read. Git answers before it has heard everything, so what is asked
/// and not heard yet has to fit in a pipe: 4,096 bytes anywhere. To ask from a thread of its own would need one.
const AHEAD: usize = 32;

/// Asks for each content and reads it. Where git has gone away, the answers say so.
fn exchange(
    mut to: impl Write,
    mut answers: impl BufRead,
    objects: &[String],
) -> Result<Vec<Vec<u8>>, InputError> {
    let mut asked = 0;
    let mut read = Vec::with_capacity(objects.len());
    for (at, object) in objects.iter().enumerate() {
        while asked < objects.len().min(at + AHEAD) {
            let _ = writeln!(to, "{}", objects[asked]).and_then(|()| to.flush());
            asked += 1;
        }
        read.push(content(&mut answers, object)?);
    }
    Ok(read)
}

/// `OBJECT blob SIZE`, the bytes, and a line break.
fn content(from: &mut impl BufRead, object: &str) -> Result<Vec<u8>, InputError> {
    let mut head = String::new();
    from.take(1_000).read_line(&mut head).map_err(|_| cut_off())?;
    let size = head.trim_end().rsplit_once(" blob ").ok_or(()).map(|(_, size)| size.parse::<usize>());
    let Ok(size) = size else { return Err(missing(object)) };
    let size = size.map_err(|_| cut_off())?;
    if size > LARGEST {
        return Err(InputError::problem(
            "a file at this revision is larger than a spec can be (1 GiB)".to_owned(),
            "split it: a directory can hold a spec in parts",
        ));
    }
    let mut bytes = Vec::new();
    from.take(size as u64).read_to_end(&mut bytes).map_err(|_| cut_off())?;
    let mut end = [0];
    from.read_exact(&mut end).map_err(|_| cut_off())?;
    if bytes.len() == size { Ok(bytes) } else { Err(cut_off()) }
}

/// A content that the commit names and the clone lacks.
fn missing(object: &str) -> InputError {
    InputError::problem(
        format!("a file of this revision is not in this clone (object {object})"),
        "the clone is partial: fetch the file, for example with `git cat-file -p` and that object",
    )
}

fn cut_off() -> InputError {
    InputError::problem("git stopped in the middle of a file".to_owned(), "try `git fsck`")
}
