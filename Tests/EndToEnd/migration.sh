# Sourced by run: the guest moves to another QEMU with other back ends, with packets in flight.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

check_migration() {
  local before
  before=$(guest "grep recoveries /sys/kernel/debug/virtio_ipsec/${names[0]}/info")
  start_traffic 20 exact
  start_back_end c
  start_back_end d
  start_machine second c d -incoming "unix:$scratch/migration"
  check "the guest moves to another QEMU meanwhile" migrate
  guest "touch /run/go"
  check "sequence numbers and replay windows go on as they were" ends sequence
  check "all packets come back" ends load
  check "and none of them had to be sent again" guest "grep ' 0 times after a reset' /run/load"
  check "the SAs went along: no reset" guest "grep -x '$before' /sys/kernel/debug/virtio_ipsec/${names[0]}/info"
  check_all_works
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
