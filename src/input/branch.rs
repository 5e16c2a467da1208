//! The branch that a change goes to, and the commit where the change began.

use super::git::{Commit, Repository};
use super::problem::InputError;
use crate::model::printable;

/// Branches that a change goes to where nobody says another: what is shown, and the whole name, which no tag can take.
const BRANCHES: [(&str, &str); 5] = [
    ("origin/HEAD", "refs/remotes/origin/HEAD"),
    ("origin/main", "refs/remotes/origin/main"),
    ("origin/master", "refs/remotes/origin/master"),
    ("main", "refs/heads/main"),
    ("master", "refs/heads/master"),
];

/// Where a change began.
#[derive(Debug)]
pub(super) struct Base {
    /// The commit.
    pub(super) commit: Commit,
    /// The branch, if this is its tip.
    pub(super) label: Option<String>,
    /// Which commit that is, and what could not be found out.
    pub(super) notices: Vec<String>,
}

/// The commit at which what is checked out left the branch it goes to.
///
/// # Errors
/// If no such branch is known.
pub(super) fn base(
    repository: &Repository,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Base, InputError> {
    let (name, tip) = branch(repository, variable)?;
    let head = repository.find_commit("HEAD")?;
    let shown = printable(&name);
    let common = head.map_or(Ok(None), |head| repository.merge_base(&head, &tip))?;
    let (commit, notice) = match common {
        Some(commit) => {
            let notice = format!("the base is {}, the merge base of HEAD and {shown}", commit.short);
            (commit, notice)
        }
        None => {
            let why = if repository.is_shallow { "this shallow clone has" } else { "there is" };
            let notice = format!(
                "{why} no merge base of HEAD and {shown}: the base is the tip of {shown}, {}; what changed there since \
                 shows up as undone (`git fetch --unshallow`, or `fetch-depth: 0`, brings the history)",
                tip.short
            );
            (tip.clone(), notice)
        }
    };
    let label = (commit == tip).then_some(name);
    Ok(Base { commit, label, notices: vec![notice] })
}

/// The branch that a change goes to: the one that the CI system names, else the default branch.
fn branch(
    repository: &Repository,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<(String, Commit), InputError> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(branch) = set("GITHUB_BASE_REF") {
        return of_remote(repository, &branch, "GITHUB_BASE_REF");
    }
    let is_hash = |value: &String| value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if let Some(hash) = set("CI_MERGE_REQUEST_DIFF_BASE_SHA").filter(is_hash)
        && let Some(commit) = repository.find_commit(&hash)?
    {
        return Ok((commit.short.clone(), commit));
    }
    if let Some(branch) = set("CI_MERGE_REQUEST_TARGET_BRANCH_NAME") {
        return of_remote(repository, &branch, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
    }
    for (shown, name) in BRANCHES {
        if let Some(commit) = repository.find_commit(name)? {
            return Ok((shown.to_owned(), commit));
        }
    }
    let names: Vec<&str> = BRANCHES.iter().map(|(shown, _)| *shown).collect();
    let unknown = repository.unknown(names[1]);
    let InputError::Problem { help, .. } = unknown else { return Err(unknown) };
    Err(InputError::Problem {
        message: format!("there is no default branch to compare with: none of {} is here", names.join(", ")),
        help: format!("name the base, such as `crabwalk diff HEAD~1:crabwalk.yaml`; or {help}"),
    })
}

/// A branch that the CI system names. Another one in its place would judge the change by what it does not go to.
fn of_remote(repository: &Repository, branch: &str, named_by: &str) -> Result<(String, Commit), InputError> {
    let shown = format!("origin/{branch}");
    match repository.find_commit(&format!("refs/remotes/{shown}"))? {
        Some(commit) => Ok((shown, commit)),
        None => Err(InputError::problem(
            format!("the branch `{}`, which {named_by} names, is not in this clone", printable(&shown)),
            "fetch it: `fetch-depth: 0` in a checkout step, or `git fetch origin` and that branch by hand",
        )),
    }
}
