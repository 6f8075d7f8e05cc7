# Sourced by run: the built device's own tests, and `generate --qemu-tree`.
# shellcheck shell=bash disable=SC2154 # folders and names are set by run
set -euo pipefail

check_qtests() {
  local test
  link_firmware
  for test in configuration reconnect commands queue-reset restart away missed-reset replacement error migration \
    status mmio properties; do
    check "qtest: /$device/$test" qtest "/x86_64/$device/$test"
  done
}

# The tarball has no firmware, and a test gives QEMU no -L.
link_firmware() {
  local firmware=$build/qemu-bundle/usr/local/share/qemu tools=$cache/$place/tools
  mkdir -p "$firmware"
  ln -sf "$tools"/usr/share/seabios/* "$tools"/usr/share/qemu/*.bin "$tools"/usr/lib/ipxe/qemu/*.rom "$firmware"
}

# A path that names no test runs none and succeeds, so the result is looked for.
qtest() {
  cd "$build"
  QTEST_QEMU_BINARY=./qemu-system-x86_64 timeout 60 "./tests/qtest/$device-test" -p "$1" | tee "$scratch/qtest"
  grep -q "^ok 1 $1" "$scratch/qtest"
}

ipsec_la() { "$(swift build --package-path "$root" --show-bin-path)/ipsec-la" "$@"; }

write_series() { ipsec_la generate --qemu-version "$qemu_version" --output "$scratch/gen"; }

compare_trees() {
  local copy=$scratch/users
  mkdir "$copy"
  git -C "$tree" archive released | tar -x -C "$copy"
  ipsec_la generate --qemu-version "$qemu_version" --qemu-tree "$copy"
  git -C "$tree" archive work | tar -x -C "$scratch" --one-top-level=series
  diff -r "$scratch/series" "$copy"
}

tree_is_idempotent() {
  ipsec_la generate --qemu-version "$qemu_version" --qemu-tree "$scratch/users" >"$scratch/again"
  if grep -v '^there already' "$scratch/again"; then return 1; fi
  diff -r "$scratch/series" "$scratch/users"
}

# A place that is not to be found is named, with the lines that belong there, and the rest is placed.
tree_tells_what_is_missing() {
  local copy=$scratch/broken status=0
  mkdir "$copy"
  git -C "$tree" archive released | tar -x -C "$copy"
  echo "# nothing that is known" >"$copy/hw/virtio/Kconfig"
  ipsec_la generate --qemu-version "$qemu_version" --qemu-tree "$copy" >"$scratch/told" 2>"$scratch/error" || status=$?
  cat "$scratch/told" "$scratch/error"
  ((status == 1))
  [[ $(grep -c '^not placed' "$scratch/told") == 1 ]]
  grep -q '^not placed   hw/virtio/Kconfig: ' "$scratch/told"
  grep -q '^  + config VHOST_USER_IPSEC_LA$' "$scratch/told"
  grep -q "1 of .* changes could not be placed" "$scratch/error"
  rm "$copy/hw/virtio/Kconfig"
  diff -rq "$scratch/series" "$copy" >"$scratch/differences" || true
  [[ $(<"$scratch/differences") == "Only in $scratch/series/hw/virtio: Kconfig" ]]
}
