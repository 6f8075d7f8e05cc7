#!/bin/sh
# Lets libFuzzer choose associations and packets, guided by coverage, under AddressSanitizer.
# Run from the package's root; arguments go to libFuzzer: sh Tests/ESPTests/libfuzzer.sh -max_total_time=60
set -e
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
compile() {
  swiftc -O -swift-version 6 -parse-as-library -wmo -sanitize=fuzzer,address -D LIBFUZZER_ESP \
    -enable-experimental-feature Lifetimes -enable-upcoming-feature MemberImportVisibility \
    -I "$out" -I Sources/CCrypto "$@"
}
for module in Wire ESP; do
  compile -module-name $module -emit-module-path "$out/$module.swiftmodule" \
    -c $(find Sources/$module -name '*.swift') -o "$out/$module.o"
done
compile -module-name ESPFuzzer "$out/Wire.o" "$out/ESP.o" \
  Sources/ipsec-la/Fuzz/FuzzInput.swift Sources/ipsec-la/Fuzz/PacketFuzzer.swift \
  Sources/ipsec-la/Fuzz/HostilePacket.swift Sources/ipsec-la/Fuzz/LibFuzzerESP.swift -o "$out/fuzzer"
cd "$out"
./fuzzer -max_len=4096 "$@"
