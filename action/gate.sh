#!/usr/bin/env bash
# The last step: the check is green if the review is clear and the spec as it stands is, and red otherwise, also if either could not
# be looked at.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "$0")/common.sh"

case "${RESULT:-}" in
  clear | open) ;;
  *) die "the review could not run: the step summary says why" ;;
esac
case "${CHECK:-}" in
  clear | open | none) ;;
  *) die "the spec as it stands could not be checked: the step summary says why" ;;
esac
red=0
if [ "$RESULT" = open ]; then
  say error "${ERRORS:-?} errors and ${WARNINGS:-?} warnings: at or above fail-on. The step summary says what they are and how to clear them"
  red=1
fi
if [ "$CHECK" = open ]; then
  say error "the spec as it stands has findings at or above check-fail-on. The step summary says what they are"
  red=1
fi
[ "$red" = 1 ] || echo "clear: ${ERRORS:-0} errors, ${WARNINGS:-0} warnings, none at or above fail-on"
exit "$red"
