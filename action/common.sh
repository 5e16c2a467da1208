# shellcheck shell=bash
# What the steps of the action share. Runs with the bash 3.2 of macOS too.

# Everything that the steps write and nobody asked for by name.
# shellcheck disable=SC2034 # those who source this use it
scratch="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/crabwalk"

# A text as the message of a workflow command: it neither ends its line nor begins another command.
escaped() {
  local text="$1"
  text="${text//'%'/%25}"
  text="${text//$'\r'/%0D}"
  printf '%s' "${text//$'\n'/%0A}"
}

# say error|warning|notice MESSAGE
say() {
  printf '::%s title=crabwalk::%s\n' "$1" "$(escaped "$2")"
}

die() {
  say error "$1"
  exit 2
}

# output NAME VALUE. A value is one line; more could set outputs of another name.
output() {
  printf '%s=%s\n' "$1" "$(printf '%s' "$2" | tr -d '\r\n')" >> "${GITHUB_OUTPUT:-/dev/null}"
}

# Fails with what is missing, before anything is half done.
need() {
  local program
  for program in "$@"; do
    command -v "$program" > /dev/null 2>&1 || die "$program is needed and is not there: install it in a step before this one"
  done
}
