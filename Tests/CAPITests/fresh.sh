#!/usr/bin/env bash
# The C library where there is neither Swift nor this repository: built, installed below an empty prefix, and used with
# what pkg-config says alone, as a shared library and as a static one.
#
#   Tests/CAPITests/fresh.sh
set -euo pipefail

here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
root=$(realpath "$here/../..")
toolchain=$(realpath "$(dirname "$(realpath "$(command -v swiftc)")")/..")
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
programs=(round_trip many_in_flight threads broken order allocations)

"$here/install.sh" "$prefix"

# The shared library shows the g-API, and nothing else.
functions() { sed -n 's/^\t\(g_ipsec_la_[a-z_]*\);$/\1/p' "$root/gen/g-api/lib/g_ipsec_la.map" | sort; }
diff <(functions) <(nm -D --defined-only "$prefix/lib/libg_ipsec_la.so" | awk '{ print $3 }' | sort)

mkdir "$prefix/source" "$prefix/shared" "$prefix/static"
cp "$here"/examples/*.[ch] "$prefix/source"

# Mounts of its own, in which toolchain and repository are empty.
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib prefix root toolchain programs="${programs[*]}"
unshare --map-root-user --mount bash -euo pipefail <<'END'
cd "$prefix"
mount -t tmpfs none "$toolchain"
mount -t tmpfs none "$root"
for program in $programs; do
  options=(-std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror source/"$program".c -pthread)
  cc "${options[@]}" -o shared/"$program" $(pkg-config --cflags --libs g_ipsec_la)
  static=$(pkg-config --cflags --libs --static g_ipsec_la)
  cc "${options[@]}" -o static/"$program" ${static/-lg_ipsec_la/-l:libg_ipsec_la.a}
done
! ldd static/round_trip | grep g_ipsec_la
for kind in shared static; do
  for program in $programs; do
    echo "$kind $program: $($kind/"$program" | tail -n 1)"
  done
done
END
