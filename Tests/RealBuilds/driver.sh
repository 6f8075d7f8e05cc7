# Sourced by run: the guest's driver, built as a module out of the kernel's tree.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

check_driver() {
  local series release
  [[ -d $gen/linux/drivers ]] || return 0
  for series in "${kernels[@]}"; do
    if [[ ! -d $cache/linux-headers$series ]]; then
      skip "driver: package linux-headers$series-$arch is not to be had"
      continue
    fi
    release=$(basename "$(kernel_folder "$series")")
    release=${release#linux-headers-}
    check "driver $release: W=1 -Werror" build_driver "$series" W=1 KCFLAGS=-Werror
    check "driver $release: W=1 -Werror, debugfs" build_driver "$series" W=1 KCFLAGS=-Werror CONFIG_VIRTIO_IPSEC_DEBUGFS=y
    check "driver $release: sparse" build_driver "$series" C=2 CHECK="sparse -Wsparse-error" CONFIG_VIRTIO_IPSEC_DEBUGFS=y
    check "driver $release: alias, license and parameters" show_driver "$series"
  done
}

# build_driver SERIES MAKE-ARGUMENT... : by the driver's own Makefile, as its page says.
build_driver() {
  local series=$1 folder=$scratch/driver$1-$version
  local module=$folder/drivers/crypto/virtio-ipsec
  shift
  rm -rf "$folder"
  cp -r "$gen/linux" "$folder"
  make -C "$module" KERNEL="$(kernel_folder "$series")" CONFIG_DEBUG_INFO_BTF_MODULES= "$@" 2>&1 | tee "$folder/log"
  [[ -f $module/virtio_ipsec.ko ]]
  ! grep -qi warning "$folder/log"
}

# Of the module that was built last: what makes a kernel load it.
show_driver() {
  local module=$scratch/driver$1-$version/drivers/crypto/virtio-ipsec/virtio_ipsec.ko id
  id=$(awk '$2 == "VIRTIO_ID_IPSEC" { print $3 }' "$gen/linux/include/uapi/linux/virtio_ipsec.h")
  PATH=$PATH:/usr/sbin:/sbin modinfo "$module" | tee "$scratch/modinfo"
  grep -qx "alias: *virtio:d$(printf '%08X' "$id")v\*" "$scratch/modinfo"
  grep -qx 'license: *Dual BSD/GPL' "$scratch/modinfo"
  grep -q '^parm: *command_timeout_ms:' "$scratch/modinfo"
}
