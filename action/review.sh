#!/usr/bin/env bash
# Compares the checkout with its base once, looks at the spec as it stands, and writes both in every form. Never fails for what it
# finds: the gate is the last step, so that the comment is there when the check turns red.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=action/base.sh
. "$(dirname "$0")/base.sh"

need git jq
mkdir -p "$scratch"
markdown="$scratch/comment.md"
sarif="${SARIF:-}"
json="${JSON:-}"
spec="${SPEC:-}"
from_workspace() { case "$1" in "" | /* | [A-Za-z]:*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }
sarif="$(from_workspace "${sarif:-$scratch/review.sarif}")"
json="$(from_workspace "$json")"
standing="$(from_workspace "${CHECK_SARIF:-$scratch/check.sarif}")"
standing_text="$scratch/check.txt"
rm -f "$markdown" "$sarif" "$standing" "$standing_text"
[ -z "$json" ] || rm -f "$json"
cd "${DIRECTORY:-.}"

# The spec as the first line of the comment names it: every byte that could end that line is percent-encoded. It is the input and
# not what was found, so that a spec that moves, or is gone, keeps its comment.
marker_path() {
  local LC_ALL=C position character code encoded="" spec="${SPEC:-crabwalk.yaml}"
  for ((position = 0; position < ${#spec}; position++)); do
    character="${spec:position:1}"
    case "$encoded$character" in
      *[A-Za-z0-9./_] | "-" | *[!-]-) ;;
      *)
        printf -v code '%d' "'$character"
        printf -v character '%%%02X' "$((code & 255))"
        ;;
    esac
    encoded="$encoded$character"
  done
  printf '%s' "$encoded"
}

marker() {
  printf '<!-- crabwalk:%s -->\n' "$(marker_path)"
}

# What could not run is shown where the review would be: an old comment must not go on saying that all is well.
could_not_run() {
  {
    marker
    printf '### ⚠️ Agent topology: the review could not run\n\nThe check fails until it can. What it says:\n\n'
    quoted "$1"
  } > "$markdown"
  say error "the review could not run. $(head -c 2000 "$1")"
  # A spec that is wrong has its mistakes in the machine's report too.
  if [ -s "$sarif" ]; then result failed "" "" "$sarif"; else result failed "" "" ""; fi
}

# Indented, a text is code whatever it holds.
quoted() {
  head -c 20000 "$1" | sed 's/^/    /'
}

# result RESULT ERRORS WARNINGS SARIF
result() {
  output result "$1"
  output errors "$2"
  output warnings "$3"
  output sarif "$4"
  output markdown "$markdown"
  cat "$markdown" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# check_result RESULT SARIF
check_result() {
  output check "$1"
  output check-sarif "$2"
}

# Whether the checkout has a spec: the one that is named, else one that is found from here upwards to the root of the repository.
has_spec() {
  local directory=. name
  if [ -n "$spec" ]; then
    [ -e "$spec" ]
    return
  fi
  while :; do
    for name in "$directory"/crabwalk.y*ml "$directory"/*.crabwalk.y*ml; do
      [ ! -e "$name" ] || return 0
    done
    [ ! -e "$directory/.git" ] && [ "$directory" != "./../../../../../../../.." ] || return 1
    directory="$directory/.."
  done
}

# The spec as it stands, whatever the change has done to it: into the summary, and as SARIF. Annotations only where it can turn the
# check red, for the runner shows few, and those of the change come first.
check_as_it_stands() {
  local level="${CHECK_FAIL_ON:-never}" status=0 verdict
  if ! has_spec; then
    check_result none ""
    return
  fi
  set -- check --fail-on "$level" --color never -f sarif -o "$standing" -f text -o "$standing_text"
  [ "$level" = never ] || set -- "$@" -f github -o -
  [ -z "$spec" ] || set -- "$@" -- "$spec"
  "$CRABWALK" "$@" 2> "$messages" || status=$?
  show "$messages"
  verdict="$(verdict_of "$status")"
  [ -s "$standing" ] && [ -s "$standing_text" ] || verdict=failed
  if [ "$verdict" = failed ]; then
    say error "the spec as it stands could not be checked. $(head -c 2000 "$messages")"
    standing_text="$messages"
  fi
  {
    printf '\n<details><summary>The spec as it stands: what <code>crabwalk check</code> says</summary>\n\n'
    quoted "$standing_text"
    printf '\n</details>\n'
  } >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
  if [ -s "$standing" ]; then check_result "$verdict" "$standing"; else check_result "$verdict" ""; fi
}

# Findings of a level that nobody has accepted.
count() {
  jq --arg level "$1" '[.runs[].results[] | select(.level == $level and ((.suppressions // []) | length) == 0)] | length' "$sarif"
}

# verdict_of STATUS: whatever is neither 0 nor 1 is no answer.
verdict_of() {
  case "$1" in
    0) echo clear ;;
    1) echo open ;;
    *) echo failed ;;
  esac
}

# Shows text of somebody else's in the log, where a line could be a command.
show() {
  local token
  token="crabwalk-$RANDOM$RANDOM$RANDOM$RANDOM"
  printf '::stop-commands::%s\n' "$token"
  cat "$1"
  printf '\n::%s::\n' "$token"
}

messages="$scratch/messages.txt"
if [ -n "${BASE:-}" ]; then
  base="$BASE"
elif ! base="$(base_of_event 2> "$messages")"; then
  could_not_run "$messages"
  exit 0
fi

set -- diff --fail-on "${FAIL_ON:-error}" --accept-from base --color never \
  --link "${GITHUB_SERVER_URL:-https://github.com}/${GITHUB_REPOSITORY:-}/blob/$(git rev-parse HEAD)" \
  -f markdown -o "$markdown" -f sarif -o "$sarif"
[ -z "$json" ] || set -- "$@" -f json -o "$json"
set -- "$@" -f github -o -
if [ "$base" = none ]; then set -- "$@" --base none --; else set -- "$@" -- "$base"; fi
# Without a name, the program finds the spec itself: every file of it, what stands in its way, and where it has moved to.
[ -z "$spec" ] || set -- "$@" "$spec"
status=0
"$CRABWALK" "$@" 2> "$messages" || status=$?
show "$messages"
# An answer without its files is none either.
verdict="$(verdict_of "$status")"
if [ "$verdict" = failed ] || [ ! -s "$markdown" ] || [ ! -s "$sarif" ]; then
  [ -s "$messages" ] || echo "crabwalk ended with exit code $status and without a word" > "$messages"
  could_not_run "$messages"
  exit 0
fi
{ marker; tail -n +2 "$markdown"; } > "$markdown.new"
mv "$markdown.new" "$markdown"
result "$verdict" "$(count error)" "$(count warning)" "$sarif"
check_as_it_stands
