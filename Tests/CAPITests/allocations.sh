#!/usr/bin/env bash
# Calls with packets allocate nothing: examples/allocations.c counts, with the library as it is released. Run from the
# package's root.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
swift build -c release --product g_ipsec_la
Tests/CAPITests/install.sh "$folder" "$(swift build -c release --show-bin-path)/libg_ipsec_la.so"
export PKG_CONFIG_PATH=$folder/lib/pkgconfig LD_LIBRARY_PATH=$folder/lib
# shellcheck disable=SC2046
gcc -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror Tests/CAPITests/examples/allocations.c \
  -o "$folder/allocations" -pthread $(pkg-config --cflags --libs g_ipsec_la)
"$folder/allocations"
