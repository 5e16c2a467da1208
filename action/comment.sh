#!/usr/bin/env bash
# Keeps one comment on the pull request up to date. It is found by its first line *and* by its author: whoever writes the first
# line into a comment of their own gets it left alone. A comment that cannot be written never fails the check.
set -euo pipefail
# shellcheck source=action/common.sh
. "$(dirname "$0")/common.sh"

api="${GITHUB_API_URL:-https://api.github.com}"
answer="$scratch/answer.json"
body="$scratch/body.json"

# request METHOD URL [FILE]: prints the status, 000 where there is none. The token is in no list of processes.
request() {
  local method="$1" url="$2"
  set -- --config - --silent --show-error --request "$method" --connect-timeout 20 --max-time 60 --output "$answer" --write-out '%{http_code}' \
    --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' ${3+--data-binary "@$3"}
  # What may be sent twice is tried again; a comment might then be there twice.
  [ "$method" = POST ] || set -- "$@" --retry 3
  printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" | curl "$@" "$url" || true
}

# left_alone LEVEL WHY: the review is in the step summary, which was written before.
left_alone() {
  say "$1" "$2: the review is in the step summary"
  exit 0
}

# What a status means for the comment.
refused() {
  case "$1" in
    401 | 403 | 404) left_alone notice "the token may not write comments here (HTTP $1: a pull request from a fork, or no pull-requests: write)" ;;
    *) left_alone warning "the comment could not be written (HTTP $1)" ;;
  esac
}

# The user that this token acts as. An installation's token cannot ask for /user, but it may ask GraphQL.
own_login() {
  local status
  printf '{"query":"{viewer{login}}"}' > "$body"
  status="$(request POST "${GITHUB_GRAPHQL_URL:-$api/graphql}" "$body")"
  [ "$status" = 200 ] && jq -er '.data.viewer.login' "$answer"
}

# own_comment LOGIN MARKER: the id of our comment; nothing if there is none yet.
own_comment() {
  local page=1 pages=100 status length found
  while :; do
    status="$(request GET "$api/repos/$GITHUB_REPOSITORY/issues/$number/comments?per_page=100&page=$page")"
    [ "$status" = 200 ] && length="$(jq length "$answer")" && [ "$page" -le "$pages" ] || return 1
    found="$(jq -r --arg login "$1" --arg marker "$2" \
      'map(select(.user.login == $login and ((.body // "") | startswith($marker)))) | .[0].id // empty' "$answer")" || return 1
    if [ -n "$found" ] || [ "$length" -lt 100 ]; then
      printf '%s' "$found"
      return
    fi
    page=$((page + 1))
  done
}

for program in curl jq; do
  command -v "$program" > /dev/null 2>&1 || left_alone warning "a comment needs $program, which is not there"
done
number="$(jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH")"
[ -n "$number" ] || { echo "no pull request, no comment"; exit 0; }
[ -s "${MARKDOWN:-}" ] || left_alone warning "there is nothing to comment"
[ -n "${TOKEN:-}" ] || left_alone notice "there is no token to comment with"
login="$(own_login)" || left_alone notice "whom the token belongs to cannot be found out, so no comment is taken for our own"
marker="$(head -n 1 "$MARKDOWN")"
id="$(own_comment "$login" "$marker")" || left_alone warning "the comments of the pull request cannot be read"
# That nothing was opened is worth a comment only where one said otherwise before.
if [ -z "$id" ] && [ "$(wc -l < "$MARKDOWN")" -le 2 ]; then
  echo "nothing to say, and no comment that has to be taken back"
  exit 0
fi
jq -n --rawfile body "$MARKDOWN" '{body: $body}' > "$body"
if [ -n "$id" ]; then
  status="$(request PATCH "$api/repos/$GITHUB_REPOSITORY/issues/comments/$id" "$body")"
else
  status="$(request POST "$api/repos/$GITHUB_REPOSITORY/issues/$number/comments" "$body")"
fi
case "$status" in
  200 | 201) output comment-url "$(jq -r '.html_url // empty' "$answer")" ;;
  *) refused "$status" ;;
esac
