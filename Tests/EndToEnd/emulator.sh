# Sourced by run: QEMU with the series on top, as Tests/RealBuilds/device builds it.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

fetch_emulator() {
  # shellcheck disable=SC2034 # for tree.sh
  local series=$root/qemu-patches
  # shellcheck disable=SC1091
  source "$builds/device/tree.sh"
  "$root/Tests/install" "$builds/device/packages"
  fetch_tree || return 1
  apply_series
  (build qemu-system-x86_64) >"$scratch/build" 2>&1 || { tail -n 30 "$scratch/build"; die "QEMU was not built"; }
  # shellcheck disable=SC2154 # set by tree.sh
  qemu=$build/qemu-system-x86_64
}
