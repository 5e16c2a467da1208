#!/usr/bin/env bash
# seed.sh DIRECTORY: seeds for the fuzz targets, from the specs and the pages of the project, below DIRECTORY one directory a target.
# They are what the corpus was grown from. Takes the program from the PATH, or from $CRABWALK.
set -euo pipefail
cd "$(dirname "$0")/.."
crabwalk="${CRABWALK:-crabwalk}"
to="${1:?say where to}"
mkdir -p "$to/loader" "$to/saved" "$to/edits"

for spec in specs/*.yaml tests/fixtures/*.yaml tests/fixtures/*/*.yaml; do
  name="$(printf '%s' "${spec%.yaml}" | tr / -)"
  cp "$spec" "$to/loader/$name"
  "$crabwalk" matrix "$spec" -f json > "$to/saved/$name"
  { echo "accept a b because"; cat "$spec"; } > "$to/edits/$name-accept"
  { echo "expect a b because"; cat "$spec"; } > "$to/edits/$name-expect"
done
{ cat specs/confused-deputy.yaml; printf '\n#===\n'; cat tests/fixtures/plain.yaml; } > "$to/loader/two-files"

# What the page of each diagnostic shows as wrong and as right.
grep -ohE '\bE[0-9]{3}\b' docs/diagnostics.md | sort -u | while read -r code; do
  "$crabwalk" explain "$code" --color never | awk -v name="$to/loader/$code" '
    /^(Wrong|Right)/ { if (file) close(file); file = name "-" ++number; print "version: 1" > file; next }
    /^    / { if (file) print substr($0, 5) > file; next }
    !/^$/ { file = "" }'
done
