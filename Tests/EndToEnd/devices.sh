# Sourced by run: what the driver and its devices do for programs in the guest.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

names=(ipsec-la0 ipsec-la1)

check_probe() {
  check "the guest has ${#names[@]} devices of virtio" guest \
    "modprobe virtio_pci; set -- /sys/bus/virtio/devices/virtio*; [ \$# = ${#names[@]} ]"
  check "the driver is loaded by the alias of the device" guest \
    "modprobe \$(cat /sys/bus/virtio/devices/virtio0/modalias) && lsmod | grep virtio_ipsec"
  for name in "${names[@]}"; do
    check "$name: live, version $version, $pairs pairs of queues" probed "$name"
  done
}

probed() {
  local info
  info=$(guest "cat /sys/kernel/debug/virtio_ipsec/$1/info")
  echo "$info"
  grep -qx "state live" <<<"$info"
  grep -qx "version $version" <<<"$info"
  grep -qx "queue_pairs $pairs" <<<"$info"
  guest "test -c /dev/$1"
}

check_packets() {
  for name in "${names[@]}"; do
    check "$name: packets of 21 to 9000 bytes come back, 3 suites, 2 modes, IPv4, IPv6, ESN" \
      guest "round-trip /dev/$name"
    check "$name: a packet under another key is refused, and debugfs says why" guest "wrong-key $name"
  done
  check "every pair of queues had interrupts" queues_used
}

queues_used() {
  local interrupts queue
  interrupts=$(guest "cat /proc/interrupts")
  echo "$interrupts"
  for queue in {encap,decap}.{0..1}; do
    awk -v queue="$queue" '$0 ~ queue { for (i = 2; i <= 3; i++) sum += $i } END { exit sum == 0 }' <<<"$interrupts"
  done
}

check_events() {
  check "${names[0]}: a notification of each of 5 kinds is received" guest "events /dev/${names[0]}"
}

check_reload() {
  check "the driver is unloaded" guest "rmmod virtio_ipsec && ! ls /dev/ipsec-la*"
  check "the driver is loaded again" guest "modprobe virtio_ipsec && ls /dev/ipsec-la*"
  check "after that, packets come back" guest "round-trip /dev/${names[0]}"
  check "the driver lets go of a device with packets in flight" guest "pull-out ${names[0]}"
  check "after that, packets come back" guest "round-trip /dev/${names[0]}"
}

# A back end is killed with packets in flight; the one after it has none of the SAs.
check_restart() {
  check "packets go out and come back for a while" \
    guest "(round-trip /dev/${names[0]} 15 >/run/load 2>&1; echo ended \$? >>/run/load) >/dev/null 2>&1 &"
  sleep 3
  check "and are on their way" guest "! grep ended /run/load"
  kill_back_end a
  sleep 1
  start_back_end a
  check "the back end is killed and started meanwhile: they all come back" load_ends
  check "the driver has made its SAs anew, once" \
    guest "grep -x 'recoveries 1' /sys/kernel/debug/virtio_ipsec/${names[0]}/info"
  check "after that, packets come back" guest "round-trip /dev/${names[0]}"
}

load_ends() {
  guest "for i in \$(seq 90); do grep -q ended /run/load && break; sleep 1; done; cat /run/load"
  guest "grep -q 'ended 0' /run/load"
}

log_is_clean() {
  guest dmesg >"$scratch/dmesg"
  if grep -E -A 30 'BUG:|WARNING:|Oops|Call Trace|general protection|soft lockup' "$scratch/dmesg"; then return 1; fi
}
