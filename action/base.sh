# shellcheck shell=bash
# Which commit the checkout is compared with. Fetches what that takes and no more; nothing is checked out.

: "${scratch:?is set by common.sh}"

# Ends with the reason on the standard error, which belongs into the review.
stop() {
  printf 'error: %s\n' "$1" >&2
  exit 2
}

# not_fetched WHAT
not_fetched() {
  stop "$1 cannot be fetched (use fetch-depth: 0 in the checkout step, or name the base): $(tail -n 3 "$scratch/fetch.txt")"
}

# The host's token for what git fetches, by the environment: a checkout that keeps no credentials still can, and no list of
# processes shows it.
git_with_token() {
  if [ -z "${TOKEN:-}" ]; then
    git "$@"
    return
  fi
  local basic
  basic="$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')"
  GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.${GITHUB_SERVER_URL:-https://github.com}/.extraheader" \
    GIT_CONFIG_VALUE_0="Authorization: Basic $basic" GIT_TERMINAL_PROMPT=0 git "$@"
}

# A value of the event, or nothing.
event() {
  jq -r "$1 // empty" "$GITHUB_EVENT_PATH"
}

is_shallow() {
  [ "$(git rev-parse --is-shallow-repository)" = true ]
}

# merge_base_with BRANCH: where the checkout left it. A shallow clone is deepened step by step until that is known.
merge_base_with() {
  local branch="$1" tip="refs/remotes/origin/$1" head depth
  head="$(git rev-parse HEAD)"
  fetched() { git_with_token fetch --quiet --no-tags "$@" origin "+refs/heads/$branch:$tip" "$head" 2> "$scratch/fetch.txt"; }
  if ! is_shallow; then
    git rev-parse --verify --quiet "$tip^{commit}" > /dev/null || fetched \
      || not_fetched "the base branch $branch"
    git merge-base HEAD "$tip" || stop "HEAD and $branch have no commit in common: name the base"
    return
  fi
  for depth in 20 200 2000; do
    fetched "--depth=$depth" || not_fetched "the base branch $branch"
    git merge-base HEAD "$tip" && return
    is_shallow || break
  done
  ! is_shallow || fetched --unshallow || not_fetched "the history"
  git merge-base HEAD "$tip" || stop "HEAD and $branch have no commit in common: name the base"
}

# commit_of HASH: a commit that the event names, fetched alone where it is not there.
commit_of() {
  case "$1" in *[!0-9a-f]* | "") stop "the event names no commit as the base: name it yourself" ;; esac
  if ! git cat-file -e "$1^{commit}" 2> /dev/null; then
    git_with_token fetch --quiet --no-tags --depth=1 origin "$1" 2> "$scratch/fetch.txt" \
      || not_fetched "the commit $1, which the event names as the base,"
  fi
  git rev-parse "$1^{commit}"
}

# Whether the checkout is the pull request: its last commit, or the merge of that into the base branch. Anything else, such as
# the base that pull_request_target checks out, would be compared with itself and found clear.
require_pull_request_head() {
  local wanted="$1" head
  head="$(git rev-parse HEAD)"
  [ "$head" = "$wanted" ] || git cat-file -p HEAD | sed -n '1,/^$/s/^parent //p' | grep -x "$wanted" > /dev/null \
    || stop "the checkout ($head) is not the pull request ($wanted): check out its head (ref: in the checkout step)"
}

# The commit that this event is compared with; `none` where there was nothing.
base_of_event() {
  local before branch
  case "${GITHUB_EVENT_NAME:-}" in
    pull_request | pull_request_target)
      require_pull_request_head "$(event .pull_request.head.sha)"
      merge_base_with "$(event .pull_request.base.ref)"
      ;;
    merge_group) commit_of "$(event .merge_group.base_sha)" ;;
    push)
      before="$(event .before)"
      case "$before" in
        *[!0]*) commit_of "$before" ;;
        # A branch that is new began where it left the default branch; that itself began with nothing.
        *)
          branch="$(event .repository.default_branch)"
          if [ "$(event .ref)" = "refs/heads/$branch" ]; then echo none; else merge_base_with "$branch"; fi
          ;;
      esac
      ;;
    *) merge_base_with "$(event .repository.default_branch)" ;;
  esac
}
