#!/usr/bin/env bash
# The matrix of a fleet in slices, as many at a time as there are cores (or machines, see below), joined into one file.
#
#   gnu-parallel.sh SPEC OUTPUT [SHARDS]     OUTPUT ends in .csv or .json; 64 slices unless you say another number
#
# Over several machines: give parallel its list (PARALLEL="--sshloginfile machines"). SPEC and the folder of OUTPUT have to be
# on a file system that all of them see under the same path, and crabwalk has to be installed on each.
# What is done is kept: run it again after an interrupt, and only the slices that are missing are computed.
set -euo pipefail

spec=${1:?name the spec}
output=${2:?name the file to write, .csv or .json}
shards=${3:-64}
command -v parallel >/dev/null || { echo "GNU parallel is not installed" >&2; exit 127; }

ending=${output##*.}
parts="$output.parts"
mkdir -p "$parts"

# One thread a slice: parallel keeps the cores busy. A slice is there whole or not at all, so what exists is done.
slice() {
  [ -e "$3" ] || crabwalk matrix "$1" --shard "$2" -o "$3" --jobs 1 --quiet
}
export -f slice

seq "$shards" | SHELL=$(command -v bash) parallel --env slice --halt now,fail=1 \
  slice "$(printf %q "$spec")" "{}/$shards" "$(printf %q "$parts")/{}-of-$shards.$ending"

seq "$shards" | while read -r number; do
  cat "$parts/$number-of-$shards.$ending"
done > "$parts/joined"
mv "$parts/joined" "$output"
rm -r "$parts"
