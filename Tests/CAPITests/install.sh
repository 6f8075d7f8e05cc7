#!/usr/bin/env bash
# Installs the C library: PREFIX/lib/libg_ipsec_la.so with its links, the headers in PREFIX/include, and the file that
# pkg-config reads in PREFIX/lib/pkgconfig.
#
#   Tests/CAPITests/install.sh PREFIX [LIBRARY]
#
# Without LIBRARY, builds it first: optimized, with Swift's runtime inside, so that it needs neither a Swift toolchain
# nor this repository where it runs; and installs the static one, too, which is the same in one object.
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

# archive OBJECTS ARCHIVE: one object of all, with what they need of Swift's static libraries; it shows the g-API only.
archive() {
  local scratch swift
  scratch=$(mktemp -d)
  swift=$(dirname "$(realpath "$(command -v swiftc)")")/../lib/swift_static/linux
  tr -d "'" <"$1" >"$scratch/objects"
  sed -n 's/^\t\(g_ipsec_la_[a-z_]*\);$/\1/p' "$exports" >"$scratch/names"
  ld -r --force-group-allocation -o "$scratch/all.o" "@$scratch/objects" "$swift/$(uname -m)/swiftrt.o" \
    --start-group "$swift"/libswift*.a --end-group
  objcopy --strip-debug --keep-global-symbols="$scratch/names" "$scratch/all.o" "$scratch/g_ipsec_la.o"
  rm -f "$2"
  ar rcs "$2" "$scratch/g_ipsec_la.o"
  rm -r "$scratch"
}

library=${2:-}
if [[ -z $library ]]; then
  options=(-c release --product g_ipsec_la --scratch-path "$root/.build-capi" -Xswiftc -static-stdlib
    -Xlinker "-soname=$soname" -Xlinker "--version-script=$exports" -Xlinker --strip-all)
  swift build --package-path "$root" "${options[@]}"
  built=$(swift build --package-path "$root" "${options[@]}" --show-bin-path)
  library=$built/libg_ipsec_la.so
  mkdir -p "$prefix/lib"
  archive "$built/g_ipsec_la.product/Objects.LinkFileList" "$prefix/lib/libg_ipsec_la.a"
fi

install -D "$library" "$prefix/lib/$name.$version"
ln -sf "$name.$version" "$prefix/lib/$soname"
ln -sf "$soname" "$prefix/lib/$name"
install -D -m 644 -t "$prefix/include" "$root"/gen/g-api/include/*.h
mkdir -p "$prefix/lib/pkgconfig"
sed "s|@PREFIX@|$prefix|" "$root/gen/g-api/lib/pkgconfig/g_ipsec_la.pc.in" >"$prefix/lib/pkgconfig/g_ipsec_la.pc"
