// swift-tools-version: 6.2

import PackageDescription

/// What every target is compiled with: Swift 6 mode, and the features that the code relies on.
let settings: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

// Ground floor first. A target imports what stands in its list, and nothing else.
let package = Package(
  name: "virtio-ipsec-la",
  products: [
    .executable(name: "ipsec-la", targets: ["ipsec-la"]),
    .library(name: "Wire", targets: ["Wire"]),
    .library(name: "Virtio", targets: ["Virtio"]),
    .library(name: "ESP", targets: ["ESP"]),
    .library(name: "Testbench", targets: ["Testbench"]),
    .library(name: "Device", targets: ["Device"]),
    .library(name: "Driver", targets: ["Driver"]),
    .library(name: "g_ipsec_la", type: .dynamic, targets: ["CAPI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    .systemLibrary(name: "CFDT", providers: [.apt(["libfdt-dev"])]),
    .systemLibrary(name: "CGAPI", path: "gen/g-api/include"),
    .target(name: "CSystem"),
    .target(name: "CBaseline", dependencies: ["CCrypto"]),
    .target(name: "Wire", swiftSettings: settings),
    .target(name: "Spec", dependencies: ["Wire"], swiftSettings: settings),
    .target(name: "Model", dependencies: ["Wire"], swiftSettings: settings),
    .target(name: "Virtio", dependencies: ["Wire"], swiftSettings: settings),
    .target(name: "ESP", dependencies: ["Wire", "CCrypto"], swiftSettings: settings),
    .target(name: "DeviceTree", dependencies: ["CFDT"], swiftSettings: settings),
    .target(name: "Clockwork", swiftSettings: settings),
    .target(
      name: "Generate", dependencies: ["Model", "Wire"],
      resources: [
        "cover.txt", "device-class.c", "device-config.c", "device-connect.c", "device-head.c",
        "device-migrate.c", "device-realize.c", "device-run.c", "device.h", "page.rst", "pci.c",
        "test-cases.c", "test-messages.c", "test-restart.c", "test-server.c", "test-status.c", "trace.c",
        "tree.diff",
      ].map { .embedInCode("QEMU/Templates/\($0).in") }
        + ["domain.md", "domain.xml"].map { .embedInCode("Libvirt/Templates/\($0).in") },
      swiftSettings: settings),
    .target(name: "LayoutDiff", dependencies: ["Model"], swiftSettings: settings),
    .target(
      name: "Device", dependencies: ["Wire", "Spec", "Virtio", "ESP", "CCrypto", "CSystem"], swiftSettings: settings),
    .target(name: "Driver", dependencies: ["Wire", "Spec", "Virtio", "DeviceTree"], swiftSettings: settings),
    .target(
      name: "Testbench",
      dependencies: ["Device", "Driver", "DeviceTree", "Wire", "Spec", "Virtio", "ESP", "CycleModel", "Clockwork"],
      swiftSettings: settings),
    .target(name: "CycleModel", dependencies: ["Clockwork", "Spec", "Wire"], swiftSettings: settings),
    .target(
      name: "Simulation",
      dependencies: ["Clockwork", "CycleModel", "Testbench", "Device", "Wire", "Spec", "Virtio", "ESP"],
      swiftSettings: settings),
    .target(
      name: "VhostUser", dependencies: ["Device", "Virtio", "Wire", "CSystem"], swiftSettings: settings),
    .target(
      name: "CAPI",
      dependencies: ["CGAPI", "CSystem", "Driver", "Testbench", "Device", "Spec", "VhostUser", "Virtio", "Wire"],
      swiftSettings: settings),
    .executableTarget(
      name: "ipsec-la",
      dependencies: [
        "Wire", "Spec", "Model", "Generate", "LayoutDiff", "Virtio", "ESP", "Device", "Driver", "DeviceTree",
        "Clockwork", "CycleModel", "Testbench", "Simulation", "VhostUser", "CBaseline", "CPcap", argumentParser, yams,
      ],
      resources: [
        "line-rate", "small-packet-storm", "sa-churn", "replay-attack", "notification-flood", "fault-drill",
      ].map { .embedInCode("Simulate/Scenarios/\($0).yaml") },
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: settings),
    .testTarget(name: "ModelTests", dependencies: ["Model", "Spec", "Wire"], swiftSettings: settings),
    .testTarget(name: "SpecTests", dependencies: ["Spec", "Model", "Wire"], swiftSettings: settings),
    .testTarget(
      name: "OracleTests", dependencies: ["Spec", "Model", "Generate", "Wire", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "GenerateTests", dependencies: ["Generate", "Model", "Wire", "Spec"], swiftSettings: settings),
    .testTarget(
      name: "LayoutDiffTests", dependencies: ["LayoutDiff", "Model", "Spec", "TestSupport", "ipsec-la"],
      swiftSettings: settings),
    .testTarget(name: "CommandTests", dependencies: ["ipsec-la", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "VirtioTests", dependencies: ["Virtio", "Wire", "TestSupport"],
      exclude: ["Conformance/matrix.tsv", "Conformance/not-applicable.tsv", "mutate.py", "libfuzzer.sh"],
      swiftSettings: settings),
    .testTarget(
      name: "CycleModelTests",
      dependencies: ["CycleModel", "Clockwork", "Spec", "Testbench", "Device", "ESP", "Virtio", "Wire"],
      swiftSettings: settings),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "Simulation", "CycleModel", "Clockwork", "Testbench", "Device", "ESP", "Spec", "Virtio", "Wire", "TestSupport",
        "ipsec-la",
      ],
      exclude: ["viewers.sh"], swiftSettings: settings),
    .testTarget(name: "ClockworkTests", dependencies: ["Clockwork"], swiftSettings: settings),
    .testTarget(
      name: "DeviceTreeTests", dependencies: ["DeviceTree", "Model", "TestSupport"],
      exclude: ["board.dts", "overlay.dts"], swiftSettings: settings),
    .testTarget(
      name: "ESPTests", dependencies: ["ESP", "Wire", "TestSupport", "ipsec-la"],
      exclude: ["interop", "libfuzzer.sh", "threads"],
      swiftSettings: settings),
    .testTarget(
      name: "DeviceTests", dependencies: ["Testbench", "Device", "Model", "Spec", "Virtio", "ESP", "Wire"],
      exclude: ["threads"],
      swiftSettings: settings),
    .testTarget(
      name: "DriverTests",
      dependencies: ["Testbench", "Driver", "Device", "DeviceTree", "Spec", "Virtio", "ESP", "Wire", "TestSupport"],
      exclude: ["board.dts", "virtio,ipsec-la.yaml", "Conformance/not-applicable.tsv", "threads"],
      swiftSettings: settings),
    .testTarget(
      name: "VhostUserTests",
      dependencies: ["VhostUser", "Testbench", "Device", "Spec", "Virtio", "ESP", "Wire", "TestSupport", "ipsec-la"],
      swiftSettings: settings),
    .testTarget(
      name: "CAPITests",
      dependencies: ["CAPI", "Device", "Driver", "Testbench", "Spec", "Virtio", "Wire", "TestSupport", "ipsec-la"],
      exclude: ["allocations.sh", "examples", "fresh.sh", "install.sh", "lsan.supp", "valgrind.supp"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
