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
  check "the first has split rings, the second packed ones" has_rings
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

has_rings() {
  local device packed=35 # of a line with a digit for each feature
  for device in 0 1; do
    guest "cut -c $packed /sys/bus/virtio/devices/virtio$device/features" | grep -x "$device"
  done
}

check_packets() {
  for name in "${names[@]}"; do
    check "$name: packets of 21 to 65000 bytes come back, 3 suites, 2 modes, IPv4, IPv6, ESN" \
      guest "round-trip /dev/$name"
    check "$name: a packet under another key is refused, and debugfs says why" guest "wrong-key $name"
  done
  check "every queue of every pair of both had interrupts" queues_used
}

queues_used() {
  local interrupts queue
  interrupts=$(guest "cat /proc/interrupts")
  echo "$interrupts"
  for queue in virtio{0..1}-{encap,decap}.{0..1}; do
    awk -v queue="$queue" '$NF == queue { sum = $2 + $3 } END { exit sum == 0 }' <<<"$interrupts"
  done
}

check_events() {
  for name in "${names[@]}"; do
    check "$name: a notification of each of 5 kinds is received, with its value" guest "events /dev/$name"
  done
}

check_change() {
  for name in "${names[@]}"; do
    check "$name: SAs are changed and read, others' are not" guest "touch /run/go; change /dev/$name"
  done
}

check_g_api() {
  for name in "${names[@]}"; do
    check "$name: a module uses all of the g-API: packets in pieces, many, waited for or not" uses_g_api "$name"
  done
}

uses_g_api() {
  guest "modprobe g_api name=$1; status=\$?; dmesg | grep g_api: | tail; exit \$status"
  guest "rmmod g_api"
}

check_reload() {
  check "the driver is unloaded" guest "rmmod virtio_ipsec && ! ls /dev/ipsec-la*"
  check "the driver is loaded again" guest "modprobe virtio_ipsec && ls /dev/ipsec-la*"
  check_all_works
  check "the driver lets go of a device with packets in flight, is unloaded, and loaded again" \
    guest "pull-out ${names[0]}"
  check_all_works
}

check_all_works() {
  for name in "${names[@]}"; do
    check "after that, packets come back: $name" guest "round-trip /dev/$name && events /dev/$name"
  done
}

log_is_clean() {
  guest dmesg >"$scratch/dmesg"
  if grep -E -A 30 'BUG:|WARNING:|UBSAN:|ODEBUG:|Oops|Call Trace|general protection|soft lockup|blocked for more' "$scratch/dmesg"; then return 1; fi
}
