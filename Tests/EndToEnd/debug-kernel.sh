# Sourced by run: a kernel from Debian's source that looks for what a driver does wrong, and what it has found.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

# For `fetch_image`: the kernel's own folder stands for its headers.
fetch_debug_kernel() {
  local source=linux-source-6.12
  "$root/Tests/install" "$here/debug-kernel/packages" || not_to_be_had "a package that the kernel is built with"
  cmp -s "$here/debug-kernel/config" "$cache/linux-headers-debug/config" || rm -rf "$cache"/linux-{headers,image}-debug
  [[ -d $cache/linux-headers-debug ]] || offers "$source" || not_to_be_had "package $source"
  once linux-headers-debug compile_debug_kernel "$source"
  once linux-image-debug install_debug_kernel
  memory=1024 # what shadows the memory takes some of it
}

# In its source: a build beside it would name that by its path, which `once` changes at the end.
compile_debug_kernel() {
  local source=$1 release
  download "$source"
  dpkg-deb --fsys-tarfile "$source"_*.deb | tar -xO "./usr/src/$source.tar.xz" | tar -xJ
  rm "$source"_*.deb
  echo "building a kernel that checks itself, for ten minutes or so" >&2
  {
    make -C "$source" KCONFIG_ALLCONFIG="$here/debug-kernel/config" allnoconfig
    "$source"/scripts/config --file "$source/.config" --set-str LOCALVERSION "-debug-$arch"
    make -C "$source" olddefconfig
    # What it does not know, or has no use for without something else, would be left out in silence.
    grep '^CONFIG' "$here/debug-kernel/config" | { ! grep -vxFf "$source/.config"; }
    make -C "$source" -j"$(nproc)" bzImage modules
  } >"$scratch/kernel" 2>&1 || {
    # A mistake here, and nothing that the machine lacks.
    tail -n 20 "$scratch/kernel" >&2
    echo "the kernel is not built" >&2
    exit 1
  }
  release=$(make -s -C "$source" kernelrelease)
  mkdir -p usr/src
  mv "$source" "usr/src/linux-headers-$release"
  cp "$here/debug-kernel/config" .
}

install_debug_kernel() {
  local folder release
  folder=$(echo "$cache"/linux-headers-debug/usr/src/linux-headers-*)
  release=${folder##*/linux-headers-}
  mkdir boot
  cp "$folder/arch/x86/boot/bzImage" "boot/vmlinuz-$release"
  make -s -C "$folder" modules_install INSTALL_MOD_PATH="$PWD"
  rm -f "lib/modules/$release/build"
}

# Before anything else: what does not look finds nothing.
check_looks() {
  check "the kernel checks locks, memory and DMA" looks
}

looks() {
  guest "dmesg | grep -E 'KernelAddressSanitizer|Lock dependency validator|debugging enabled by kernel config'"
  guest "dmesg | grep -q 'KernelAddressSanitizer initialized' && grep -x ' debug_locks: *1' /proc/lockdep_stats"
  guest "dmesg | grep -q 'DMA-API: debugging enabled' && test -e /sys/kernel/debug/kmemleak"
}

# Of the allocations that the driver makes, or has others make.
check_starved() {
  local device
  check "allocations fail in turn, of a program that uses ${names[0]}" starve "change /dev/${names[0]}"
  device=$(guest "basename \$(readlink -f /sys/class/misc/${names[1]}/device)")
  check "allocations fail in turn, of letting go of ${names[1]} and driving it again" starve "rebind $device"
  check "it is driven" guest "rebind $device && ls /dev/${names[1]}"
  check_all_works
}

starve() {
  guest "touch /run/go; starve $1"
}

# Locks are looked at until the first that is wrong; memory is lost that nothing points to.
check_found_nothing() {
  check "the kernel has found no wrong lock, and goes on looking" \
    guest "grep . /proc/lockdep_stats | head -n 40; grep -x ' debug_locks: *1' /proc/lockdep_stats"
  check "no memory is lost" nothing_is_lost
}

# What was allocated a moment ago is not looked at; twice, since registers and stacks are.
nothing_is_lost() {
  guest "for i in 1 2; do sleep 6; echo scan >/sys/kernel/debug/kmemleak; done"
  guest "cat /sys/kernel/debug/kmemleak; ! grep -q . /sys/kernel/debug/kmemleak"
}
