#!/usr/bin/env bash
# Compares the checkout with its base once, and writes the review in every form. Never fails for what it finds: the gate is the
# last step, so that the comment is there when the check turns red.
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
rm -f "$markdown" "$sarif"
cd "${DIRECTORY:-.}"
if [ -z "$spec" ]; then
  spec=crabwalk.yaml
  [ -e "$spec" ] || [ ! -e crabwalk.yml ] || spec=crabwalk.yml
fi

# The spec as the first line of the comment names it: every byte that could end that line is percent-encoded.
marker_path() {
  local LC_ALL=C position character code encoded=""
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

# What could not run is shown where the review would be: an old comment must not go on saying that all is well.
could_not_run() {
  {
    printf '<!-- crabwalk:%s -->\n' "$(marker_path)"
    printf '### ⚠️ Agent topology: the review could not run\n\nThe check fails until it can. What it says:\n\n'
    # Indented, it is code whatever it holds.
    head -c 20000 "$1" | sed 's/^/    /'
  } > "$markdown"
  say error "the review could not run. $(head -c 2000 "$1")"
  result failed "" "" ""
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

# Findings of a level that nobody has accepted.
count() {
  jq --arg level "$1" '[.runs[].results[] | select(.level == $level and ((.suppressions // []) | length) == 0)] | length' "$sarif"
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

set -- diff "$base" "$spec" --fail-on "${FAIL_ON:-error}" --accept-from base --color never \
  --link "${GITHUB_SERVER_URL:-https://github.com}/${GITHUB_REPOSITORY:-}/blob/$(git rev-parse HEAD)" \
  -f markdown -o "$markdown" -f sarif -o "$sarif"
[ -z "$json" ] || set -- "$@" -f json -o "$json"
status=0
"$CRABWALK" "$@" -f github -o - 2> "$messages" || status=$?
show "$messages"
# Whatever is neither 0 nor 1 is no answer, and so is an answer without its files.
case "$status" in
  0) verdict=clear ;;
  1) verdict=open ;;
  *) verdict=failed ;;
esac
if [ "$verdict" != failed ] && [ -s "$markdown" ] && [ -s "$sarif" ]; then
  result "$verdict" "$(count error)" "$(count warning)" "$sarif"
else
  could_not_run "$messages"
fi
