# Sourced by run: what libvirt makes of a domain, and what it does not let pass.
# shellcheck shell=bash disable=SC2154 # folders, versions and names are set by run
set -euo pipefail

build_emulator() {
  # shellcheck disable=SC2034
  series=$root/qemu-patches
  exec 9>"$cache/device.lock"
  flock 9
  "$root/Tests/install" "$builds/packages"
  is_offered || { skip "QEMU $qemu_version is not to be had from this machine's Debian mirror"; summary; exit; }
  fetch_tree
  check "the series applies to QEMU's source" apply_series
  check "QEMU is built" build qemu-system-x86_64
  link_firmware
  qemu=$build/qemu-system-x86_64
}
builds=$root/Tests/RealBuilds/device

check_domain() {
  local name=${domain##*/}
  check "virt-xml-validate: $name" virt-xml-validate "$domain"
  refused "an element that is none" "s/<access mode='shared'/<access mode='common'/"
  refused "QEMU's arguments without their namespace" "s/ xmlns:qemu='[^']*'//"
  if ! is_reachable; then
    skip "$name in libvirt's QEMU driver: for root it runs as nobody, who cannot get to $qemu"
    return
  fi
  check "domxml-to-native: $name: shared memory, and the device behind its chardev" shows_device
  check "libvirt starts the guest, and its back end is started" starts_guest
  check "libvirt says that a guest with more queues than its back end cannot start" refuses_queues
}

# Whether the user that libvirt runs QEMU as can get to it: not below root's own folder.
is_reachable() {
  ((EUID != 0)) || setpriv --reuid=nobody --regid=nogroup --clear-groups test -x "$qemu"
}

# refused WHAT SED-EXPRESSION : a domain that the schema must not accept.
refused() { check "virt-xml-validate refuses $1" is_refused "$2"; }

is_refused() {
  sed "$1" "$domain" >"$scratch/broken.xml"
  if cmp "$domain" "$scratch/broken.xml" || virt-xml-validate "$scratch/broken.xml"; then return 1; fi
}

# rig : the domain for a machine without KVM and an emulator with few devices, in $place.
rig() {
  local few="<emulator>$qemu</emulator><controller type='usb' model='none'/><memballoon model='none'/>"
  place=$(mktemp -d "$scratch/XXXXXX")
  chmod 711 "$scratch"
  sed -e "s/type='kvm'/type='qemu'/; s|<devices>|<devices>$few|; s|path=[^,]*/|path=$place/|" "$domain" \
    >"$place/domain.xml"
  socket=$(sed -n "s|.*path=\([^,]*\),.*|\1|p" "$place/domain.xml")
  [[ -n $socket ]]
  # As root, libvirt asks for a user that only its services bring along.
  as_user=()
  if ((EUID == 0)); then
    chown nobody "$place"
    as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
  fi
  as_user+=(env "HOME=$place" "XDG_RUNTIME_DIR=$place")
}

shows_device() {
  local place socket as_user
  rig
  "${as_user[@]}" virsh -c "qemu:///embed?root=$place" domxml-to-native qemu-argv --xml "$place/domain.xml" \
    | tee "$scratch/arguments"
  grep -q '"qom-type":"memory-backend-memfd"[^}]*"share":true' "$scratch/arguments"
  grep -q -- " -chardev socket,id=ipsec0,path=$socket,.* -device vhost-user-ipsec-la-pci,.*chardev=ipsec0" \
    "$scratch/arguments"
}

# serve_and_run QUEUES : the back end, and the guest until it was started or cannot be.
serve_and_run() {
  local server guest
  install -m 755 "$(swift build --package-path "$root" --show-bin-path)/ipsec-la" "$place"
  "${as_user[@]}" "$place/ipsec-la" serve --socket "$socket" --queues "$1" --trace >"$place/served" 2>&1 &
  server=$!
  until grep -q '^listening' "$place/served"; do kill -0 "$server"; sleep 0.1; done
  "${as_user[@]}" timeout 60 virt-qemu-run --verbose --root "$place" "$place/domain.xml" >"$place/guest" 2>&1 &
  guest=$!
  while kill -0 "$guest" 2>/dev/null && ! grep -q 'guest running' "$place/guest"; do sleep 0.1; done
  kill "$guest" 2>/dev/null || true
  wait "$guest" || true
  kill "$server"
  wait "$server" || true
  cat "$place/guest" "$place/served"
}

starts_guest() {
  local place socket as_user
  rig
  serve_and_run 2
  grep -q 'guest running' "$place/guest"
  grep -q 'tainted: custom-argv' "$place/guest"
  grep -q 'GET_CONFIG' "$place/served"
  # The machine's reset: the guest's processors run from here on.
  grep -q 'RESET_DEVICE' "$place/served"
}

refuses_queues() {
  local place socket as_user
  rig
  serve_and_run 1
  if grep -q 'guest running' "$place/guest"; then return 1; fi
  grep -q 'maximum number of queues\|queue pairs' "$place/guest"
}
