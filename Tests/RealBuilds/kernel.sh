# Sourced by run: a module that includes the headers, built against Debian's kernel headers.
# These are unpacked below .cache/, not installed, so that no kernel image comes with them.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

kernels=("" "-6.12") # as in linux-headers-amd64 and linux-headers-6.12-amd64

fetch_kernels() {
  local series
  for series in "${kernels[@]}"; do
    [[ -d $cache/linux-headers$series ]] || ! offers "linux-headers$series-$arch" \
      || once "linux-headers$series" unpack_kernel "linux-headers$series-$arch"
  done
}

unpack_kernel() {
  local flavour package
  flavour=$(dependencies "$1" | grep '^linux-headers-')
  mapfile -t parts < <(dependencies "$flavour" | grep -E '^linux-(headers|kbuild)-')
  download "$flavour" "${parts[@]}"
  for package in *.deb; do dpkg-deb -x "$package" .; done
  rm ./*.deb
  # The build folder names the common one by its absolute path.
  # shellcheck disable=SC2016
  sed -i 's|/usr/src/|$(CURDIR)/../|' "usr/src/$flavour/Makefile"
}

check_kernel() {
  local series release
  for series in "${kernels[@]}"; do
    if [[ ! -d $cache/linux-headers$series ]]; then
      skip "kernel: package linux-headers$series-$arch is not to be had"
      continue
    fi
    release=$(basename "$(kernel_folder "$series")")
    release=${release#linux-headers-}
    check "kernel $release: module, W=1 -Werror" build_module "$series" W=1 KCFLAGS=-Werror
    check "kernel $release: sparse" build_module "$series" C=2 CHECK="sparse -Wsparse-error"
  done
}

kernel_folder() { echo "$cache/linux-headers$1"/usr/src/linux-headers-*-"$arch"; }
kbuild_folder() { echo "$cache/linux-headers$1"/usr/lib/linux-kbuild-*; }

# build_module SERIES MAKE-ARGUMENT...
build_module() {
  local series=$1 folder=$scratch/kernel$1-$version
  shift
  rm -rf "$folder"
  cp -r "$here/kernel" "$folder"
  make -C "$(kernel_folder "$series")" M="$folder" GEN="$gen/linux" CONFIG_DEBUG_INFO_BTF_MODULES= "$@" modules 2>&1 \
    | tee "$folder/log"
  [[ -f $folder/virtio_ipsec_headers.ko ]]
  ! grep -qi warning "$folder/log"
}
