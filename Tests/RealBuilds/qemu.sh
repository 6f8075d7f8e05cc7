# Sourced by run: QEMU's import of the UAPI header replayed, a file compiled under its include
# rules, and its checkpatch.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

fetch_qemu() {
  [[ -d $cache/qemu ]] || once qemu unpack_qemu
}

unpack_qemu() {
  local release
  update_own
  echo "downloading QEMU's source" >&2
  for release in "$codename-backports" "$codename"; do
    own apt-get source --download-only --tar-only "qemu/$release" >"$scratch/source" 2>&1 && break
  done
  compgen -G 'qemu_*.orig.tar.*' >/dev/null || { cat "$scratch/source" >&2; die "download of QEMU's source failed"; }
  tar --no-same-owner --strip-components=1 -xf qemu_*.orig.tar.* --wildcards 'qemu-*/include/*' \
    '*/scripts/update-linux-headers.sh' '*/scripts/checkpatch.pl' 'qemu-*/VERSION' 'qemu-*/meson.build'
  rm qemu_*
  mkdir config
  touch config/config-host.h config/config-poison.h # what configure writes
}

check_qemu() {
  local compiler header name
  name="qemu $(<"$cache/qemu/VERSION")"
  for header in "$gen"/qemu/include/standard-headers/linux/*.h; do
    header=${header##*/}
    check "$name: standard header is what its import makes of UAPI's: $header" replay_import "$header"
  done
  for compiler in gcc clang; do
    check "$name: $compiler under its include rules and warnings" compile_qemu "$compiler"
  done
  while read -r header; do
    check "$name: checkpatch: $header" qemu_checkpatch "$header"
  done < <(cd "$gen/qemu" && find . -name '*.h' -printf '%P\n' | sort)
}

# The import runs the kernel's `make headers_install`, then cp_portable(), which also refuses
# includes that QEMU does not know.
replay_import() {
  local header=$1 folder=$scratch/import
  rm -rf "$folder"
  mkdir -p "$folder/installed" "$folder/imported"
  cd "$(kbuild_folder "")"
  sh scripts/headers_install.sh "$gen/linux/include/uapi/linux/$header" "$folder/installed/$header"
  cd "$folder"
  {
    echo 'set -e; arch='
    sed -n '/^cp_portable() {/,/^}/p' "$cache/qemu/scripts/update-linux-headers.sh"
    echo "cp_portable installed/$header imported"
  } >import.sh
  sh import.sh
  diff -u "$gen/qemu/include/standard-headers/linux/$header" "imported/$header"
}

compile_qemu() {
  local compiler=$1 warnings glib
  read -ra glib <<<"$(pkg-config --cflags glib-2.0)"
  mapfile -t warnings < <(sed -n "/^warn_flags = \[/,/^\]/s/^ *'\(-W[^']*\)',.*/\1/p" "$cache/qemu/meson.build")
  ((${#warnings[@]} > 10))
  [[ $compiler != clang ]] || warnings+=(-Wno-unknown-warning-option)
  "$compiler" -std=gnu11 -Wall "${warnings[@]}" -Werror -c -o "$scratch/qemu.o" -I "$gen/qemu/include" \
    -isystem "$cache/qemu/config" -isystem "$cache/qemu/include" "${glib[@]}" "$here/qemu/virtio-ipsec-headers.c"
}

# An imported header is exempt from QEMU's style. The one remark that it always gets asks whether
# the import script was used, which replay_import answers.
qemu_checkpatch() {
  local remarks=0
  cd "$gen/qemu"
  [[ $1 != include/standard-headers/* ]] || remarks='[01]'
  perl "$cache/qemu/scripts/checkpatch.pl" --no-tree --strict -f "$1" | tee "$scratch/report" || true
  grep -q "^total: 0 errors, $remarks warnings" "$scratch/report"
  if grep '^WARNING' "$scratch/report" | grep -v 'imported from Linux, are you using scripts/update-linux-headers.sh'; then
    return 1
  fi
}
