#!/bin/sh
# Several threads on one association, under ThreadSanitizer. Run from the package's root.
# ThreadSanitizer does not see into Swift's own Mutex, and reports any program that uses it from two threads. So the
# engine is compiled with a lock that it does see into, in place of that one.
set -e
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cp -r Sources/ESP "$out/ESP"
find "$out/ESP" -name '*.swift' -exec sed -i '/^import Synchronization/d' {} +
compile() {
  swiftc -O -swift-version 6 -wmo -sanitize=thread -enable-experimental-feature Lifetimes \
    -enable-upcoming-feature MemberImportVisibility -I "$out" -I Sources/CCrypto "$@"
}
library() {
  compile -parse-as-library -module-name "$1" -emit-module-path "$out/$1.swiftmodule" -c $2 -o "$out/$1.o"
}
library Wire "$(find Sources/Wire -name '*.swift')"
library ESP "$(find "$out/ESP" -name '*.swift') Tests/ESPTests/threads/Mutex.swift"
compile Tests/ESPTests/threads/main.swift "$out/Wire.o" "$out/ESP.o" -o "$out/threads"
"$out/threads"
