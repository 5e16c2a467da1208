#!/usr/bin/env bash
# Takes the released program by its checksum, or builds it from the action's own sources. Nothing is run, nor unpacked, before
# its checksum was compared.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=action/common.sh
. "$here/common.sh"

VERSION="${VERSION:-}"
SHA256="${SHA256:-}"
sources="$(cd "$here/.." && pwd)"
program=crabwalk
[ "${RUNNER_OS:-}" != Windows ] || program=crabwalk.exe

build() {
  command -v cargo > /dev/null 2>&1 || die "version: build needs Rust (cargo), which is not there: take a release, or install Rust in a step before"
  cargo build --release --locked --quiet --manifest-path "$sources/Cargo.toml" --target-dir "$scratch/target" \
    || die "crabwalk could not be built from the action's sources: see the log above"
  output program "$scratch/target/release/$program"
}

# The triple by which releases name this machine.
target() {
  case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
    Linux-X64) echo x86_64-unknown-linux-gnu ;;
    Linux-ARM64) echo aarch64-unknown-linux-gnu ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}

# download URL FILE
download() {
  curl --fail --silent --show-error --location --proto-redir =https \
    --retry 3 --connect-timeout 20 --max-time 300 --output "$2" "$1"
}

sha256_of() {
  if command -v sha256sum > /dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# The checksum that a file must have: the one that was asked for, else the one of the release.
wanted_sha256() {
  if [ -n "$SHA256" ]; then
    printf '%s' "$SHA256" | tr 'A-F' 'a-f'
    return
  fi
  download "$1/SHA256SUMS" SHA256SUMS || return 1
  awk -v file="$2" '($2 == file || $2 == "*" file) && !found { found = 1; print $1 }' SHA256SUMS
}

release() {
  local version="$1" triple archive from wanted found
  need curl tar awk
  triple="$(target)" || die "there is no release for ${RUNNER_OS:-this system} on ${RUNNER_ARCH:-this machine}: use version: build"
  archive="crabwalk-$triple.tar.gz"
  from="${GITHUB_SERVER_URL:-https://github.com}/${ACTION_REPOSITORY:-${GITHUB_REPOSITORY:-}}/releases/download/$version"
  # Where paths have a drive, tar would take that for a host.
  cd "$scratch"
  download "$from/$archive" "$archive" \
    || die "there is no $archive in the release $version ($from): check version, or use version: build"
  wanted="$(wanted_sha256 "$from" "$archive")" || die "the release $version has no SHA256SUMS: say the checksum with sha256"
  found="$(sha256_of "$archive")"
  case "$wanted" in
    *[!0-9a-f]* | "") die "no checksum of $archive is known: SHA256SUMS of $version does not name it, or sha256 is none" ;;
  esac
  if [ "$found" != "$wanted" ]; then
    rm -f "$archive"
    die "refused: $archive has the checksum $found and not $wanted; nothing of it was run"
  fi
  tar -xzf "$archive" "$program"
  output program "$scratch/$program"
}

mkdir -p "$scratch"
own="$(sed -n 's/^version = "\(.*\)"/\1/p' "$sources/Cargo.toml" | head -n 1)"
case "${VERSION:-v$own}" in
  build) build ;;
  *[!A-Za-z0-9.+_-]*) die "version is no version: say one like v$own, or build" ;;
  *) release "${VERSION:-v$own}" ;;
esac
