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

# A back end is killed with packets in flight; the one after it has none of the SAs.
check_restart() {
  start_traffic 15 ""
  kill_back_end a
  guest "touch /run/go"
  sleep 1
  start_back_end a
  check "the back end is killed and started meanwhile: all packets come back" ends load
  check "the driver has made its SAs anew, once" \
    guest "grep -x 'recoveries 1' /sys/kernel/debug/virtio_ipsec/${names[0]}/info"
  check "no sequence number was used twice, nothing received twice" ends sequence
  check_all_works
}

# Handles start anew with a reset: an SA gets that of one that was deleted before.
check_deleted() {
  guest "rm -f /run/go; rmmod virtio_ipsec; modprobe virtio_ipsec"
  in_background deleted "deleted /dev/${names[0]}"
  check "an SA is deleted while a packet waits for its memory" is_ready deleted
  kill_back_end a
  start_back_end a
  check "the device comes back" is_back "${names[0]}" 1
  guest "touch /run/go"
  check "the packet is not sent under the key that now has the handle" ends deleted
}

# is_back ACCELERATOR RECOVERIES
is_back() {
  local info=/sys/kernel/debug/virtio_ipsec/$1/info
  guest "for i in \$(seq 30); do grep -qx 'recoveries $2' $info && exit; sleep 1; done; exit 1"
}

check_unanswered() {
  guest "rm -f /run/go"
  in_background unanswered "unanswered ${names[1]}"
  check "an SA is made by debugfs" is_ready unanswered
  kill_back_end b
  guest "touch /run/go"
  check "the driver lets go of a device that answers no more, and whoever waits for a packet comes back" ends unanswered
  start_back_end b
  check_bind
}

# With a back end that is gone for good, recovery fails; a module closes in the callbacks that say so.
check_closing() {
  local closed=/sys/module/closing/parameters/closed timeout=/sys/module/virtio_ipsec/parameters/command_timeout_ms
  check "a module opens the device twice" guest "echo 500 >$timeout && modprobe closing"
  kill_back_end b
  guest "echo 1 >/sys/module/closing/parameters/ask"
  check "the device is given up, and closed in the callbacks of a call and of its end" closes
  guest "cat /run/device >/sys/bus/virtio/drivers/virtio_ipsec/unbind; echo 5000 >$timeout"
  start_back_end b
  check_bind
}

closes() {
  guest "for i in \$(seq 30); do grep -qx 2 $closed && break; sleep 1; done; dmesg | grep closing:"
  guest "grep -x 2 $closed && rmmod closing"
}

check_bind() {
  sleep 1
  check "the device is driven again" \
    guest "cat /run/device >/sys/bus/virtio/drivers/virtio_ipsec/bind && ls /dev/${names[1]}"
  check_all_works
}

is_ready() {
  guest "for i in \$(seq 30); do grep -q ready /run/$1 && break; sleep 1; done; cat /run/$1"
  guest "grep -x ready /run/$1 && ! grep ended /run/$1"
}

# start_traffic SECONDS EXACT : packets that a device is to be taken from, and SAs that are to go on.
start_traffic() {
  guest "rm -f /run/go"
  in_background sequence "sequence /dev/${names[0]} $2"
  in_background load "round-trip /dev/${names[0]} $1"
  check "SAs are made, and packets on their way" is_on_its_way
}

is_on_its_way() {
  is_ready sequence
  guest "sleep 2; cat /run/sequence /run/load; ! grep ended /run/sequence /run/load"
}

# in_background NAME COMMAND : starts it in the guest; `ends NAME` waits for it.
in_background() { guest "($2 >/run/$1 2>&1; echo ended \$? >>/run/$1) >/dev/null 2>&1 &"; }

ends() {
  guest "for i in \$(seq 90); do grep -q ended /run/$1 && break; sleep 1; done; cat /run/$1"
  guest "grep -qx 'ended 0' /run/$1"
}

log_is_clean() {
  guest dmesg >"$scratch/dmesg"
  if grep -E -A 30 'BUG:|WARNING:|Oops|Call Trace|general protection|soft lockup' "$scratch/dmesg"; then return 1; fi
}
