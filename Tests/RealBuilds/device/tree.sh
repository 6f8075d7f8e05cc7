# Sourced by run: QEMU's source as Debian has it, with the series on top, and its build folder.
# shellcheck shell=bash disable=SC2154 # folders and names are set by run
set -euo pipefail

# Releases other than the one of qemu-patches/ stand beside it.
qemu_version=${qemu_version:-10.0}
place=device
[[ $qemu_version == 10.0 ]] || place=device-$qemu_version
tree=$cache/$place/tree
build=$cache/$place/build

# is_offered : whether that release of QEMU is to be had, or was.
is_offered() {
  [[ -d $cache/$place ]] || { update_own "${qemu_suites[@]}" && [[ -n $(source_version) ]]; }
}

# Where Debian has releases that are not in backports.
qemu_suites=()
[[ $qemu_version == 10.0 ]] || qemu_suites=(sid)

# source_version : Debian's newest version of the release.
source_version() { own apt-cache showsrc qemu | sed -n "s/^Version: \(1:$qemu_version\..*\)/\1/p" | sort -V | tail -n 1; }

fetch_tree() { once "$place" unpack_tree; }

unpack_tree() {
  echo "downloading QEMU's source" >&2
  update_own "${qemu_suites[@]}"
  own apt-get source --download-only --tar-only "qemu=$(source_version)" >"$scratch/source" 2>&1 \
    || { cat "$scratch/source" >&2; die "download of QEMU's source failed"; }
  mkdir tree tools
  tar --no-same-owner --strip-components=1 -xf qemu_*.orig.tar.* -C tree
  # Debian 12's own meson is too old.
  download "meson/$codename-backports" "python3-pycotap/$codename-backports" seabios qemu-system-data ipxe-qemu
  for package in ./*.deb; do dpkg -x "$package" tools; done
  rm qemu_* ./*.deb

  # Debian's tarball lacks these, which are not for x86, and configure asks for each.
  local firmware
  sed -n "s/^ *'\(edk2-.*\.fd\)',$/\1/p" tree/pc-bios/meson.build | while read -r firmware; do
    bzip2 -c </dev/null >"tree/pc-bios/$firmware.bz2"
  done
  git -C tree init -q
  echo "/$devices" >>tree/.git/info/exclude
  git_tree add -A 2>/dev/null
  git_tree commit -q -m "as released"
  git_tree tag released
}

git_tree() { git -C "${tree_now:-$PWD/tree}" -c user.name=virtio-ipsec-la -c user.email=none -c gc.auto=0 "$@"; }

apply_series() {
  local tree_now=$tree
  [[ ! -d $tree/.git/rebase-apply ]] || git_tree am --abort
  # Files that are the same keep their times, so that a build starts from where the last one ended.
  git_tree checkout -q -B work released
  git_tree clean -q -d -f
  git_tree am -q "$series"/*.patch
}

patch_series() {
  local copy=$scratch/plain
  mkdir "$copy"
  git -C "$tree" archive released | tar -x -C "$copy"
  cat "$series"/*.patch | patch -d "$copy" -p1 --fuzz=0 | tee "$scratch/patch"
  if grep -q offset "$scratch/patch"; then return 1; fi
  rm -r "$copy"
}

devices=configs/devices/x86_64-softmmu/ipsec.mak

# What the emulator is to have: the device only from the patch on that brings it.
choose_devices() {
  local names=(Q35 MICROVM VIRTIO_PCI VIRTIO_MMIO PCIE_PORT)
  ! grep -q '^config VHOST_USER_IPSEC_LA$' "$tree/hw/virtio/Kconfig" || names+=(VHOST_USER_IPSEC_LA)
  printf 'CONFIG_%s=y\n' "${names[@]}" >"$scratch/devices"
  cmp -s "$scratch/devices" "$tree/$devices" || cp "$scratch/devices" "$tree/$devices"
}

with_tools() { PATH=/usr/bin:/bin:/usr/sbin PYTHONPATH=$cache/$place/tools/usr/lib/python3/dist-packages "$@"; }

build() {
  local options=()
  # With few devices, 10.2 lacks a function that only machines with CXL call.
  [[ $qemu_version == 10.0 ]] || options=(--extra-ldflags=-Wl,--defsym=cxl_fmws_get_all_sorted=0)
  choose_devices
  mkdir -p "$build"
  cd "$build"
  [[ -f build.ninja ]] || with_tools "$tree/configure" --target-list=x86_64-softmmu --without-default-features \
    --without-default-devices --with-devices-x86_64=ipsec --enable-vhost-user --enable-tcg --enable-system \
    --disable-user --disable-docs --disable-tools --disable-install-blobs --enable-fdt=system \
    "${options[@]}"
  with_tools ninja "$@"
}

build_each_patch() {
  local tree_now=$tree commit
  while read -r commit; do
    git_tree checkout -q "$commit"
    check "builds: $(git -C "$tree" log -1 --format=%s)" build qemu-system-x86_64
  done < <(git -C "$tree" rev-list --reverse released..work)
  git_tree checkout -q work
}

check_style() {
  local patch
  for patch in "$series"/*.patch; do check "checkpatch: ${patch##*/}" checkpatch_one "$patch"; done
}

checkpatch_one() {
  cd "$tree"
  perl scripts/checkpatch.pl --no-signoff "$1" | tee "$scratch/report" || true
  # An imported header is always asked whether the import script was used, and for a line in MAINTAINERS, which
  # the same patch must not bring.
  local remark='imported from Linux, are you using scripts|added, moved or deleted file\(s\):$'
  [[ $1 == *standard-headers* ]] || remark='^$'
  grep -q '^total: 0 errors, ' "$scratch/report"
  if grep '^WARNING' "$scratch/report" | grep -Ev "$remark"; then return 1; fi
}
