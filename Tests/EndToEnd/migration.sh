# Sourced by run: the guest moves to another QEMU with other back ends, with packets in flight.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

check_migration() {
  local before
  before=$(guest "grep recoveries /sys/kernel/debug/virtio_ipsec/${names[0]}/info")
  check "packets go out and come back for a while" \
    guest "(round-trip /dev/${names[0]} 20 >/run/load 2>&1; echo ended \$? >>/run/load) >/dev/null 2>&1 &"
  sleep 2
  start_back_end c
  start_back_end d
  start_machine second c d -incoming "unix:$scratch/migration"
  check "the guest moves to another QEMU meanwhile" migrate
  check "they all come back" load_ends
  check "and none of them had to be sent again" guest "grep ' 0 times after a reset' /run/load"
  check "the SAs went along: no reset" guest "grep -x '$before' /sys/kernel/debug/virtio_ipsec/${names[0]}/info"
  check "after that, packets come back" guest "round-trip /dev/${names[0]}"
}

migrate() {
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    [[ ! -S $scratch/migration ]] || break
    sleep 0.1
  done
  monitor first "migrate -d unix:$scratch/migration" "migrate -d"
  monitor first "info migrate" "completed|failed" | tee "$scratch/migrated"
  grep -q completed "$scratch/migrated"
  guest "! grep ended /run/load" # or there were no packets in flight
}
