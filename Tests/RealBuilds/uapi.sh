# Sourced by run: each UAPI header alone, as user space compiles it.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

check_uapi() {
  local header compiler standard
  for header in "$gen"/linux/include/uapi/linux/*.h; do
    for compiler in gcc clang; do
      for standard in c90 c11 c++11; do
        check "uapi: $compiler -std=$standard -pedantic: ${header##*/}" compile_uapi "$compiler" "$standard" "$header"
      done
    done
  done
}

# Included twice, to find a missing include guard.
compile_uapi() {
  local compiler=$1 standard=$2 header=$3 language=c
  [[ $standard != c++* ]] || language=c++
  "$compiler" -x "$language" -std="$standard" -Wall -Wextra -pedantic -Werror -fsyntax-only \
    -I "$gen/linux/include/uapi" -include "$header" -include "$header" /dev/null
}
