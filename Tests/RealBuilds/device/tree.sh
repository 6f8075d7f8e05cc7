# Sourced by run: QEMU's source as Debian has it, with the series on top, and its build folder.
# shellcheck shell=bash disable=SC2154 # folders and names are set by run
set -euo pipefail

tree=$cache/device/tree
build=$cache/device/build

# is_offered : whether QEMU 10.0 is to be had, or was.
is_offered() {
  local versions
  [[ ! -d $cache/device ]] || return 0
  update_own
  versions=$(own apt-cache showsrc qemu | sed -n 's/^Version: //p')
  [[ $versions == *10.0.* ]]
}

fetch_tree() { once device unpack_tree; }

# Debian 12's own meson is too old: packages of backports are wanted, too.
update_with_backports() {
  sed 's/^deb-src \(.*-backports main\)$/deb \1/; t; d' "$cache/apt/sources.list" >"$scratch/backports"
  cat "$scratch/backports" >>"$cache/apt/sources.list"
  own apt-get update >"$scratch/update" 2>&1 || { cat "$scratch/update" >&2; die "apt-get update failed"; }
}

unpack_tree() {
  echo "downloading QEMU's source" >&2
  own apt-get source --download-only --tar-only "qemu/$codename-backports" >"$scratch/source" 2>&1 \
    || { cat "$scratch/source" >&2; die "download of QEMU's source failed"; }
  mkdir tree tools
  tar --no-same-owner --strip-components=1 -xf qemu_*.orig.tar.* -C tree
  update_with_backports
  download "meson/$codename-backports" "python3-pycotap/$codename-backports" seabios qemu-system-data ipxe-qemu
  for package in ./*.deb; do dpkg -x "$package" tools; done
  rm qemu_* ./*.deb

  # Debian's tarball lacks these, which are not for x86, and configure asks for each.
  local firmware
  sed -n "s/^ *'\(edk2-.*\.fd\)',$/\1/p" tree/pc-bios/meson.build | while read -r firmware; do
    bzip2 -c </dev/null >"tree/pc-bios/$firmware.bz2"
  done
  printf 'CONFIG_%s=y\n' Q35 MICROVM VIRTIO_PCI VIRTIO_MMIO PCIE_PORT VHOST_USER_IPSEC_LA \
    >tree/configs/devices/x86_64-softmmu/ipsec.mak
  git -C tree init -q
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

with_tools() { PATH=/usr/bin:/bin:/usr/sbin PYTHONPATH=$cache/device/tools/usr/lib/python3/dist-packages "$@"; }

build() {
  mkdir -p "$build"
  cd "$build"
  [[ -f build.ninja ]] || with_tools "$tree/configure" --target-list=x86_64-softmmu --without-default-features \
    --without-default-devices --with-devices-x86_64=ipsec --enable-vhost-user --enable-tcg --enable-system \
    --disable-user --disable-docs --disable-tools --disable-install-blobs --enable-fdt=system
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

# The imported header always gets one remark: whether the import script was used.
check_style() {
  local patch warnings
  for patch in "$series"/*.patch; do
    warnings=0
    [[ $patch != *standard-headers* ]] || warnings=1
    check "checkpatch: ${patch##*/}" checkpatch_one "$patch" "$warnings"
  done
}

checkpatch_one() {
  cd "$tree"
  perl scripts/checkpatch.pl --no-signoff "$1" | tee "$scratch/report" || true
  grep -q "^total: 0 errors, $2 warnings" "$scratch/report"
}
