# Sourced by run: QEMU with the series on top, as Tests/RealBuilds/device builds it.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

series=$root/qemu-patches
# shellcheck disable=SC1091
source "$builds/device/tree.sh"

build_emulator() {
  "$root/Tests/install" "$builds/device/packages" || not_to_be_had "a package that QEMU needs"
  is_offered || not_to_be_had "the source of QEMU 10.0 from $codename-backports"
  fetch_tree
  rm -f "$tree/.git/index.lock" # of a run that was killed
  check "the series applies to QEMU's source" apply_series
  check "QEMU is built" build qemu-system-x86_64
  qemu=$build/qemu-system-x86_64
}
