# Sourced by run: the guest sleeps, with packets on their way, and wakes up.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

check_sleep() {
  check_sleeps "${names[0]}" "the guest's devices are suspended, and resumed" is_tested mem
  # 6.1 cannot read an image from where it swaps to; one that checks every access is too slow to write it.
  if [[ $release == 6.1.* || $kernel == -debug ]]; then
    check_sleeps "${names[1]}" "the guest's devices are frozen, and thawed" is_tested disk
  else
    check_sleeps "${names[1]}" "the guest hibernates, and takes its image up again" is_hibernated
  fi
  check_all_works
}

# check_sleeps ACCELERATOR WHAT COMMAND...
check_sleeps() {
  local name=$1 before
  before=$(recoveries "$name")
  start_traffic "$name" 15 exact
  in_background change "change /dev/$name"
  check "SAs are changed, and used" is_ready change
  in_background refused "refused /dev/$name"
  check "packets are refused that the device has counted" is_ready refused
  check "a module calls" guest "modprobe g_api name=$name callers=6"
  check "${@:2}"
  check "calls of the g-API were put off meanwhile, go on, and none has failed" goes_on_calling
  guest "rmmod g_api; touch /run/go"
  check_goes_on "$name" "$before"
  check "SAs are as they were changed, with what is left of their lifetimes" ends change
  check "what was refused, but counted, is not left of a lifetime" ends refused
}

goes_on_calling() {
  guest "cat /sys/module/g_api/parameters/calls >/run/calls; sleep 3; cd /sys/module/g_api/parameters; \
    grep . calls postponed wrong"
  guest "cd /sys/module/g_api/parameters && [ \$(cat calls) -gt \$(cat /run/calls) ] && [ \$(cat postponed) != 0 ]"
  guest "dmesg | grep g_api: | tail; grep -qx 0 /sys/module/g_api/parameters/wrong"
}

# is_tested STATE : as far as devices are concerned; in QEMU without KVM, clocks do not go on after ACPI's S3.
is_tested() {
  guest "! grep ended /run/load && echo devices >/sys/power/pm_test && echo $1 >/sys/power/state"
  guest "echo none >/sys/power/pm_test"
}

# To memory that is taken for a disk: the image is written, read and gone on with.
is_hibernated() {
  guest "! grep ended /run/load && modprobe zram && echo 256M >/sys/block/zram0/disksize && mkswap /dev/zram0"
  guest "swapon /dev/zram0 && cat /sys/block/zram0/dev >/sys/power/resume"
  guest "echo test_resume >/sys/power/disk && echo disk >/sys/power/state"
  guest "swapoff /dev/zram0"
  grep 'Image loading done' "$scratch/first.console" # which the image itself cannot say
}
