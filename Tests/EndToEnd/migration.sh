# Sourced by run: the guest moves to another QEMU with other back ends, with packets in flight.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

check_migration() {
  local before
  before=$(recoveries "${names[0]}")
  start_traffic "${names[0]}" 20 whole
  start_back_end c
  start_back_end d
  start_machine second c d,packed=on -incoming "unix:$scratch/migration"
  check "the guest moves to another QEMU meanwhile" migrate
  guest "touch /run/go"
  check_goes_on "${names[0]}" "$before"
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
