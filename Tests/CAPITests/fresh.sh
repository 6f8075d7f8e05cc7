#!/usr/bin/env bash
# The C library where there is neither Swift nor this repository: built, installed below an empty prefix, and used with
# what pkg-config says alone.
#
#   Tests/CAPITests/fresh.sh
set -euo pipefail

here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
root=$(realpath "$here/../..")
toolchain=$(realpath "$(dirname "$(realpath "$(command -v swiftc)")")/..")
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
programs=(round_trip many_in_flight threads broken order)

"$here/install.sh" "$prefix"

mkdir "$prefix/source" "$prefix/programs"
cp "$here"/examples/*.[ch] "$prefix/source"

# Mounts of its own, in which toolchain and repository are empty.
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib prefix root toolchain names="${programs[*]}"
unshare --map-root-user --mount bash -euo pipefail <<'END'
cd "$prefix"
mount -t tmpfs none "$toolchain"
mount -t tmpfs none "$root"
for program in $names; do
  options=(-std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror source/"$program".c -pthread)
  cc "${options[@]}" -o programs/"$program" $(pkg-config --cflags --libs g_ipsec_la)
  programs/"$program" >output
  echo "$program: $(tail -n 1 output)"
done
END
