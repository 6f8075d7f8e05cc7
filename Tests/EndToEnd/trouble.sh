# Sourced by run: back ends that end, devices that answer no more, and what becomes of SAs and packets.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

# Each with packets in flight, over split rings and over packed ones.
check_restart() {
  check_killed a "${names[0]}"
  check_killed b "${names[1]}"
  check_all_works
}

# check_killed BACK-END ACCELERATOR : the back end after the one that is killed has none of the SAs.
check_killed() {
  local before
  before=$(recoveries "$2")
  start_traffic "$2" 15
  stop_back_end "$1" KILL
  guest "touch /run/go"
  sleep 1
  start_back_end "$1"
  check "the back end is killed and started meanwhile: all packets come back" ends load
  check "the driver has made its SAs anew, once" is_back "$2" $((before + 1))
  check "no sequence number was used twice, nothing received twice" ends sequence
}

# A back end that is ended in order leaves its state to the next, and the guest does not notice.
check_end() {
  check_ended a "${names[0]}"
  check_ended b "${names[1]}"
  check_all_works
}

# check_ended BACK-END ACCELERATOR
check_ended() {
  local before times
  before=$(recoveries "$2")
  start_traffic "$2" 15 whole
  for times in 1 2 3; do
    stop_back_end "$1" TERM
    start_back_end "$1"
    check "the back end is ended and started, time $times of 3" guest "sleep 1; ! grep ended /run/load"
  done
  guest "touch /run/go"
  check_goes_on "$2" "$before"
}

# check_goes_on ACCELERATOR RECOVERIES : after start_traffic, what the device was taken for went unnoticed.
check_goes_on() {
  check "sequence numbers and replay windows go on as they were" ends sequence
  check "all packets come back" ends load
  check "and none of them had to be sent again" guest "grep ' 0 times after a reset' /run/load"
  check "nor was the device reset because of trouble" is_back "$1" "$2"
}

# Handles start anew with a reset: an SA gets that of one that was deleted before.
check_deleted() {
  guest "rm -f /run/go; rmmod virtio_ipsec; modprobe virtio_ipsec"
  in_background deleted "deleted /dev/${names[0]}"
  check "an SA is deleted while a packet waits for its memory" is_ready deleted
  stop_back_end a KILL
  start_back_end a
  check "the device comes back" is_back "${names[0]}" 1
  guest "touch /run/go"
  check "the packet is not sent under the key that now has the handle" ends deleted
}

# recoveries ACCELERATOR : resets because of trouble, so far.
recoveries() { guest "sed -n 's/^recoveries //p' /sys/kernel/debug/virtio_ipsec/$1/info" || true; }

# is_back ACCELERATOR RECOVERIES
is_back() {
  local info=/sys/kernel/debug/virtio_ipsec/$1/info
  guest "for i in \$(seq 30); do grep -qx 'recoveries $2' $info && exit; sleep 1; done; exit 1"
}

check_unanswered() {
  guest "rm -f /run/go"
  in_background unanswered "unanswered ${names[1]}"
  check "an SA is made by debugfs" is_ready unanswered
  stop_back_end b KILL
  guest "touch /run/go"
  check "the driver lets go of a device that answers no more, and whoever waits for a packet comes back" ends unanswered
  start_back_end b
  check_bind
}

# The packets in the ring are nobody's who would wait for them.
check_full() {
  local timeout=/sys/module/virtio_ipsec/parameters/command_timeout_ms
  guest "basename \$(readlink -f /sys/class/misc/${names[1]}/device) >/run/device"
  check "a module opens the device" guest "echo 500 >$timeout && modprobe g_api name=${names[1]} callers=0"
  stop_back_end b KILL
  in_background full "taskset 1 sh -c 'echo 1 >/sys/module/g_api/parameters/fill'"
  check "who waits for room in a ring that stays full is told that the time is over" is_timed_out
  guest "rmmod g_api; cat /run/device >/sys/bus/virtio/drivers/virtio_ipsec/unbind; echo 5000 >$timeout"
  start_back_end b
  check_bind
}

is_timed_out() {
  ends full || true
  guest "grep -i 'timed out' /run/full"
}

# With a back end that is gone for good, recovery fails; a module closes in the callbacks that say so.
check_closing() {
  local closed=/sys/module/closing/parameters/closed timeout=/sys/module/virtio_ipsec/parameters/command_timeout_ms
  guest "basename \$(readlink -f /sys/class/misc/${names[1]}/device) >/run/device"
  check "a module opens the device twice" guest "echo 500 >$timeout && modprobe closing"
  stop_back_end b KILL
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

# start_traffic ACCELERATOR SECONDS [exact|whole] : packets that a device is to be taken from, and SAs that are to
# go on, as `sequence` has it.
start_traffic() {
  guest "rm -f /run/go"
  in_background sequence "sequence /dev/$1 ${3:-}"
  in_background load "round-trip /dev/$1 $2"
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
