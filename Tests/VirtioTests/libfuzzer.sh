#!/bin/sh
# Lets libFuzzer choose the virtqueues, guided by coverage, under AddressSanitizer.
# Run from the package's root; arguments go to libFuzzer: sh Tests/VirtioTests/libfuzzer.sh -max_total_time=60
set -e
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
flags="-O -swift-version 6 -parse-as-library -sanitize=fuzzer,address -enable-experimental-feature Lifetimes"
swiftc $flags -wmo -module-name Wire -emit-module-path "$out/Wire.swiftmodule" -c Sources/Wire/*.swift -o "$out/Wire.o"
swiftc $flags -D LIBFUZZER -module-name VirtioFuzzer -I "$out" \
  $(find Sources/Virtio -name '*.swift') \
  $(for file in FuzzInput FuzzWatch FuzzFunction FuzzRegisters HostileDriver RingFuzzer TransportFuzzer DriverFuzzer \
    LibFuzzer; do echo Sources/ipsec-la/Fuzz/$file.swift; done) \
  "$out/Wire.o" -o "$out/fuzzer"
cd "$out"
./fuzzer -max_len=4096 "$@"
