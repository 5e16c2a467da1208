#!/usr/bin/env bash
# The last step: the check is green if the review is clear, and red otherwise, also if there was no review.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "$0")/common.sh"

case "${RESULT:-}" in
  clear) echo "clear: ${ERRORS:-0} errors, ${WARNINGS:-0} warnings, none at or above fail-on" ;;
  open)
    say error "${ERRORS:-?} errors and ${WARNINGS:-?} warnings: at or above fail-on. The step summary says what they are and how to clear them"
    exit 1
    ;;
  *) die "the review could not run: the step summary says why" ;;
esac
