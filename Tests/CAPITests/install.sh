#!/usr/bin/env bash
# Installs the C library: PREFIX/lib/libg_ipsec_la.so with its links, the headers in PREFIX/include, and the file that
# pkg-config reads in PREFIX/lib/pkgconfig.
#
#   Tests/CAPITests/install.sh PREFIX [LIBRARY]
#
# Without LIBRARY, builds it first: optimized, with Swift's runtime inside, so that it needs neither a Swift toolchain
# nor this repository where it runs.
set -euo pipefail

(($# == 1 || $# == 2)) || { echo "usage: $0 PREFIX [LIBRARY]" >&2; exit 2; }
mkdir -p "$1"
prefix=$(realpath "$1")
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
exports=$root/gen/g-api/lib/g_ipsec_la.map

# Programs are linked with libg_ipsec_la.so, and run with that of the same major version.
version=$(sed -n 's/^Version: //p' "$root/gen/g-api/lib/pkgconfig/g_ipsec_la.pc.in")
name=libg_ipsec_la.so
soname=$name.${version%%.*}

library=${2:-}
if [[ -z $library ]]; then
  options=(-c release --product g_ipsec_la --scratch-path "$root/.build-capi" -Xswiftc -static-stdlib
    -Xlinker "-soname=$soname" -Xlinker "--version-script=$exports" -Xlinker --strip-all)
  swift build --package-path "$root" "${options[@]}"
  built=$(swift build --package-path "$root" "${options[@]}" --show-bin-path)
  library=$built/libg_ipsec_la.so
fi

install -D "$library" "$prefix/lib/$name.$version"
ln -sf "$name.$version" "$prefix/lib/$soname"
ln -sf "$soname" "$prefix/lib/$name"
install -D -m 644 -t "$prefix/include" "$root"/gen/g-api/include/*.h
mkdir -p "$prefix/lib/pkgconfig"
sed "s|@PREFIX@|$prefix|" "$root/gen/g-api/lib/pkgconfig/g_ipsec_la.pc.in" >"$prefix/lib/pkgconfig/g_ipsec_la.pc"
