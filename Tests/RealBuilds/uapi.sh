# Sourced by run: each UAPI header alone, as user space compiles it.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

check_uapi() {
  local header compiler standard
  for header in "$gen"/linux/include/uapi/linux/*.h "$gen"/namespaced/linux/*.h; do
    [[ $header != *_wire.h ]] || continue
    for compiler in gcc clang; do
      for standard in c90 c11; do
        check "uapi: $compiler -std=$standard -pedantic: ${header##*/}" compile_uapi "$compiler" "$standard" "$header"
      done
    done
  done
}

# All versions in one file, which their namespaced forms are for.
check_versions_together() {
  local compiler
  for compiler in gcc clang; do
    check "user space: $compiler: all versions in one file" compile_together "$compiler"
  done
}

compile_together() {
  local header includes=()
  for header in "$root"/gen/*/namespaced/linux/*_wire.h; do
    includes+=(-I "${header%/linux/*}" -include "$header")
  done
  "$1" -std=gnu11 -Wall -Wextra -Werror -fsyntax-only "${includes[@]}" -x c /dev/null
}

# Included twice, to find a missing include guard.
compile_uapi() {
  local compiler=$1 standard=$2 header=$3
  "$compiler" -x c -std="$standard" -Wall -Wextra -pedantic -Werror -fsyntax-only \
    -I "$gen/linux/include/uapi" -include "$header" -include "$header" /dev/null
}
