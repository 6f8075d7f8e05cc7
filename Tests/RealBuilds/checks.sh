# Sourced by run: one aligned line for each check, and the count of them.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

passed=0 failed=0 skipped=0

die() {
  echo "error: $*" >&2
  exit 2
}

row() { printf '%-7s %-5s %s\n' "$1" "$version" "$2"; }

# check NAME COMMAND... : the command's output is shown only if it fails.
check() {
  local name=$1 status
  shift
  set +e # so that errexit holds inside the subshell, which `if` would switch off
  (
    set -e
    "$@"
  ) >"$scratch/log" 2>&1 </dev/null
  status=$?
  set -e
  if ((status == 0)); then
    passed=$((passed + 1))
    row pass "$name"
  else
    failed=$((failed + 1))
    row FAIL "$name"
    sed "s|$root/||g; s/^/        /" "$scratch/log"
  fi
}

# skip NAME : for what this machine's package sources do not offer.
skip() {
  skipped=$((skipped + 1))
  row skipped "$1"
}

summary() {
  local line="$passed passed, $failed failed"
  ((skipped == 0)) || line+=", $skipped skipped"
  echo "$line"
  ((failed == 0))
}
