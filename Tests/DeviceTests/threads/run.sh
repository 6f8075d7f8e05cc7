#!/bin/sh
# Two devices on two threads, under ThreadSanitizer, which sees inlined accesses only. Run from the package's root.
set -e
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
compile() {
  swiftc -O -swift-version 6 -wmo -sanitize=thread -package-name virtio_ipsec_la \
    -enable-experimental-feature Lifetimes -enable-upcoming-feature ExistentialAny \
    -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature MemberImportVisibility \
    -I "$out" -I Sources/CCrypto -I Sources/CFDT "$@"
}
for module in Wire Spec Model Virtio ESP DeviceTree Clockwork CycleModel Device Driver Testbench; do
  compile -parse-as-library -module-name $module -emit-module-path "$out/$module.swiftmodule" \
    -c $(find Sources/$module -name '*.swift') -o "$out/$module.o"
done
compile -module-name Threads Tests/DeviceTests/threads/main.swift Tests/DeviceTests/Workload.swift \
  Tests/DeviceTests/Samples.swift Tests/DeviceTests/ModernRequest.swift "$out"/*.o -o "$out/threads"
"$out/threads"
