#!/bin/sh
# Under ThreadSanitizer, which sees inlined accesses only: two platforms on two threads, each with its driver and
# device; then the C library's examples, whose threads share one, with simulated devices and with those of a server.
# Run from the package's root.
set -e
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
compile() {
  swiftc -O -swift-version 6 -wmo -sanitize=thread -package-name virtio_ipsec_la \
    -enable-experimental-feature Lifetimes -enable-upcoming-feature ExistentialAny \
    -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature MemberImportVisibility \
    -I "$out" -I Sources/CCrypto -I Sources/CFDT -I Sources/CSystem/include -I gen/g-api/include "$@"
}
# The compiler that comes with Swift's runtime of the sanitizer.
cc=$(dirname "$(readlink -f "$(command -v swiftc)")")/clang
"$cc" -g -O1 -fsanitize=thread -I Sources/CSystem/include -c Sources/CSystem/system.c -o "$out/CSystem.o"
for module in Wire Spec Virtio ESP DeviceTree Clockwork CycleModel Device Driver Testbench VhostUser CAPI; do
  compile -parse-as-library -module-name $module -emit-module-path "$out/$module.swiftmodule" \
    -c $(find Sources/$module -name '*.swift') -o "$out/$module.o"
done
compile -module-name Threads Tests/DriverTests/threads/main.swift Tests/DriverTests/Rig.swift \
  Tests/DriverTests/Samples.swift "$out"/*.o -o "$out/platforms"
"$out/platforms"
swift build --product ipsec-la
"$(swift build --show-bin-path)/ipsec-la" serve --socket "$out/0" --socket "$out/1" &
server=$!
trap 'kill $server; rm -rf "$out"' EXIT
until [ -S "$out/0" ] && [ -S "$out/1" ]; do
  kill -0 "$server"
  sleep 0.1
done
for example in threads sharing many_in_flight broken control order resets lists; do
  mkdir "$out/$example"
  "$cc" -std=c11 -D_POSIX_C_SOURCE=200809L -g -O1 -fsanitize=thread -I gen/g-api/include \
    -c Tests/CAPITests/examples/$example.c -o "$out/$example/main.o"
  swiftc -sanitize=thread "$out/$example/main.o" "$out"/*.o -o "$out/$example/program"
  "$out/$example/program"
  G_IPSEC_LA_DEVICES="vhost-user:$out/0 vhost-user:$out/1" "$out/$example/program"
done
