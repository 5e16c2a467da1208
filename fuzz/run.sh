#!/usr/bin/env bash
# run.sh TARGET SECONDS [-OPTION=VALUE of libFuzzer ...]: fuzzes one target for so long, on one core. What it finds on the way goes to
# fuzz/found/, what breaks it to fuzz/artifacts/. Needs a nightly Rust and cargo-fuzz. There is no unsafe code in this package, so that
# no sanitizer is asked for, which runs twenty times as much in the same time; SANITIZER=address asks for one.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${1:?say a target: loader, saved or edits}"
seconds="${2:?say how many seconds}"
shift 2
mkdir -p "fuzz/found/$target"
exec cargo +nightly fuzz run --sanitizer "${SANITIZER:-none}" "$target" "fuzz/found/$target" "fuzz/corpus/$target" -- \
  -dict=fuzz/words.dict -max_total_time="$seconds" -max_len=16384 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 "$@"
