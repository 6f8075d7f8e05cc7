# Sourced by run: the guest's kernel, and an initramfs with busybox, the driver and the programs in guest/.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

# What the guest loads beyond the driver; each with what it depends on.
guest_modules=(
  virtio_pci zram tun xfrm_user esp4 esp6 gcm ghash-generic cbc hmac sha256_generic authenc authencesn
  ctr chacha20poly1305 chacha_generic poly1305_generic echainiv seqiv crypto_null
  drbg jitterentropy_rng sha512_generic # for IVs of 6.1
)

fetch_image() {
  [[ -d $cache/linux-headers$kernel ]] || return 1
  release=$(basename "$(kernel_folder "$kernel")")
  release=${release#linux-headers-}
  [[ -d $cache/linux-image$kernel ]] && return
  for kernel_package in linux-image-"$release"{,-unsigned}; do
    if offers "$kernel_package"; then
      once "linux-image$kernel" unpack_image
      return
    fi
  done
  return 1
}

unpack_image() {
  download "$kernel_package"
  dpkg-deb -x ./*.deb .
  rm -r ./*.deb usr
  /sbin/depmod -b . "$release"
}

build_image() {
  local image=$scratch/image program
  mkdir -p "$image"/{bin,dev,proc,run,sys,tmp}
  cp "$here/guest/init" "$image/init"
  cp /bin/busybox "$here"/guest/{wrong-key,kernel-esp,pull-out,rebind,unanswered} "$image/bin"
  ln -s busybox "$image/bin/sh"
  ln -s bin "$image/sbin"
  for program in round-trip change refused events sequence deleted gateway starve; do
    gcc -static -O2 -Wall -Wextra -Werror -I "$gen/linux/include/uapi" -o "$image/bin/$program" \
      "$here/guest/$program.c" "$here/guest/accelerator.c"
  done
  add_ip "$image"
  add_modules "$image"
  (cd "$image" && find . | cpio --quiet -o -H newc | gzip -1) >"$scratch/initramfs"
}

# Busybox's own `ip` knows no xfrm.
add_ip() {
  local library ip
  ip=$(PATH=$PATH:/sbin:/usr/sbin command -v ip)
  cp -L "$ip" "$1/bin/ip-full"
  ldd "$ip" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$1/${library%/*}"
    cp -L "$library" "$1/$library"
  done
}

# Modules that use the driver by its g-API.
build_users() {
  local folder=$scratch/modules driver=$scratch/driver$kernel-$version/drivers/crypto/virtio-ipsec
  cp -r "$here/guest/modules" "$folder"
  make -C "$(kernel_folder "$kernel")" M="$folder" GEN="$gen/linux" CONFIG_DEBUG_INFO_BTF_MODULES= \
    KBUILD_EXTRA_SYMBOLS="$driver/Module.symvers" KCFLAGS=-Werror modules
}

# Unpacked, since busybox loads none that are compressed.
add_modules() {
  local module file target=$1/lib/modules/$release folder=$cache/linux-image$kernel
  mkdir -p "$target"
  cp "$folder/lib/modules/$release"/modules.{order,builtin,builtin.modinfo} "$target"
  for module in "${guest_modules[@]}"; do
    /sbin/modprobe -S "$release" -d "$folder" --show-depends "$module"
  done | sed -n 's/^insmod //p' | sort -u | while read -r file _; do
    if [[ $file == *.xz ]]; then
      xz -dc "$file" >"$target/$(basename "${file%.xz}")"
    else
      cp "$file" "$target"
    fi
  done
  cp "$scratch/driver$kernel-$version/drivers/crypto/virtio-ipsec/virtio_ipsec.ko" "$scratch"/modules/*.ko "$target"
  /sbin/depmod -b "$1" "$release"
}
