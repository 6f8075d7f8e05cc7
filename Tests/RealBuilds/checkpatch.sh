# Sourced by run: the kernel's own style checks, on every generated Linux file.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

scripts_source=linux-source-6.12

fetch_checkpatch() {
  [[ -d $cache/linux-scripts ]] || ! offers "$scripts_source" || once linux-scripts unpack_scripts
}

# Four files of a tarball in a package of 150 MB.
unpack_scripts() {
  download "$scripts_source"
  dpkg-deb --fsys-tarfile ./*.deb | tar -xO --wildcards '*/linux-source-*.tar.xz' \
    | tar -xJ --strip-components=2 --wildcards '*/scripts/checkpatch.pl' '*/scripts/spelling.txt' \
      '*/scripts/const_structs.checkpatch' '*/scripts/kernel-doc'
  rm ./*.deb
}

check_checkpatch() {
  local file
  if [[ ! -d $cache/linux-scripts ]]; then
    skip "checkpatch: package $scripts_source is not to be had"
    return
  fi
  while read -r file; do
    check "checkpatch --strict: $file" kernel_checkpatch "$file"
    check "kernel-doc: $file" kernel_doc "$file"
  done < <(cd "$gen" && find linux namespaced -name '*.[ch]' | sort)
}

# At its place in the tree: what checkpatch allows in include/uapi/ goes by the path. In a copy,
# because it leaves a file behind where it runs.
kernel_checkpatch() {
  # Published names have small letters (READ_NEXT_N_IN_SAs); names of that length leave no room for
  # arguments below an open parenthesis.
  local tree=$scratch/tree file options=(--ignore "CAMELCASE,OPEN_ENDED_LINE")
  case $1 in
    linux/*) file=${1#linux/} ;;
    namespaced/*_wire.h) file=include/${1#namespaced/} ;;
    namespaced/*) file=include/uapi/${1#namespaced/} ;;
  esac
  # The one place for what differs between kernels: out of their tree, it has to ask which one it is.
  [[ $file != */compat.h ]] || options=(--ignore "LINUX_VERSION_CODE,CONSTANT_COMPARISON")
  rm -rf "$tree"
  mkdir -p "$tree/root/include" "$tree/$(dirname "$file")"
  cp "$gen/$1" "$tree/$file"
  cd "$tree"
  perl "$cache/linux-scripts/checkpatch.pl" --no-tree --root="$tree/root" --strict --show-types "${options[@]}" -f "$file" \
    | tee report
  grep -q '^total: 0 errors, 0 warnings, 0 checks' report
}

kernel_doc() { perl "$cache/linux-scripts/kernel-doc" -none -Wall -Werror "$gen/$1"; }
