# Sourced by run: the guest kernel's own ESP as the other side.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

check_kernel_esp() {
  local suite mode family esn
  check "the kernel's ESP is loaded" guest "modprobe -a tun xfrm_user esp4 esp6"
  for suite in aes-gcm aes-cbc-sha256 chacha20-poly1305; do
    for mode in transport tunnel; do
      for family in 4 6; do
        for esn in "" esn; do
          check "kernel's ESP: $suite, $mode, IPv$family${esn:+, ESN}: pings of 0 to 8000 bytes, both ways" \
            guest kernel-esp "${names[-1]}" "$suite" "$mode" "$family" "$esn"
        done
      done
    done
  done
}
