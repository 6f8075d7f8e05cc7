# Sourced by run: back ends, the guest in QEMU, and the line over which it is told what to do. What is
# left behind when a run is killed does not hold its locks (8 and 9).
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

memory=512 # MiB of a guest
declare -A back_ends=()
declare -A machines=()

build_ipsec_la() {
  swift build --package-path "$root" --product ipsec-la
  ipsec_la=$(swift build --package-path "$root" --show-bin-path)/ipsec-la
}

# start_back_end NAME : returns when QEMU can connect.
start_back_end() {
  local log=$scratch/serve.$1 tries
  : >"$log"
  "$ipsec_la" serve --socket "$scratch/$1.sock" --queues "$pairs" >"$log" 2>>"$log.errors" 8>&- 9>&- &
  back_ends[$1]=$!
  for ((tries = 0; tries < 200; tries++)); do
    [[ ! -s $log ]] || return 0
    sleep 0.05
  done
  cat "$log.errors"
  return 1
}

# stop_back_end NAME SIGNAL : KILL, with which its state is lost, or TERM, with which the next one has it.
stop_back_end() {
  kill "-$2" "${back_ends[$1]}"
  wait "${back_ends[$1]}" 2>/dev/null || true
  unset "back_ends[$1]"
  rm -f "$scratch/$1.sock"
}

# start_machine NAME BACK-END[,PROPERTY=VALUE...]... [OPTION...] : a guest with a device for each back end;
# the one that `guest` speaks to from now on.
start_machine() {
  local machine=$1 name device options=()
  shift
  for device in "$@"; do
    name=${device%%,*}
    if [[ -z ${back_ends[$name]:-} ]]; then
      options+=("$device")
      continue
    fi
    options+=(-chardev "socket,id=$name,path=$scratch/$name.sock,reconnect-ms=100"
      -device "vhost-user-ipsec-la-pci,chardev=$device,queues=$pairs")
  done
  mkfifo "$scratch/$machine".{guest,monitor}.{in,out}
  exec {to_guest}<>"$scratch/$machine.guest.in" {from_guest}<>"$scratch/$machine.guest.out"
  "$qemu" -machine q35,accel=tcg,memory-backend=memory -smp 2 -m "$memory" \
    -object memory-backend-memfd,id=memory,size="$memory"M,share=on \
    -nodefaults -nographic -no-reboot -L /usr/share/qemu -L /usr/share/seabios \
    -kernel "$cache/linux-image$kernel/boot/vmlinuz-$release" -initrd "$scratch/initramfs" \
    -append "console=ttyS0 panic=-1" -serial "file:$scratch/$machine.console" \
    -chardev "pipe,id=guest,path=$scratch/$machine.guest" -serial chardev:guest \
    -chardev "pipe,id=monitor,path=$scratch/$machine.monitor" -mon chardev=monitor \
    "${options[@]}" >"$scratch/$machine.qemu" 2>&1 8>&- 9>&- &
  machines[$machine]=$!
}

# monitor MACHINE COMMAND PATTERN : gives QEMU's monitor a command until it answers with the pattern.
monitor() {
  local to from line tries
  exec {to}<>"$scratch/$1.monitor.in" {from}<>"$scratch/$1.monitor.out"
  for ((tries = 0; tries < 60; tries++)); do
    echo "$2" >&"$to"
    while read -r -t 1 -u "$from" line; do
      echo "$line"
      [[ ! $line =~ $3 ]] || return 0
    done
  done
  return 1
}

# guest COMMAND : runs it in the guest; its output, and its exit status.
guest() {
  [[ ! -f $scratch/silent ]] || { echo "the guest did not answer before"; return 1; }
  echo "$*" >&"$to_guest"
  wait_for_guest
}

wait_for_guest() {
  local line
  while read -r -t 120 -u "$from_guest" line; do
    [[ $line != "== "* ]] || return "${line#== }"
    echo "$line"
  done
  touch "$scratch/silent"
  echo "the guest does not answer; the end of its log, and of QEMU's:"
  tail -n 20 "$scratch"/*.console "$scratch"/*.qemu
  return 1
}

boot_machine() {
  wait_for_guest
  guest "uname -r; nproc"
}

stop_all() {
  local process
  for process in "${machines[@]}" "${back_ends[@]}"; do kill "$process" 2>/dev/null || true; done
  wait
}
