import DeviceTree
import Driver
import Foundation
import TestSupport
import Testbench
import Testing

/// The platform from a device tree: the board's, the shipped source, the user's own.
@Suite struct TreeTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  private func shipped(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
  }

  private func compile(_ source: String, _ options: String...) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try folder.write(source, to: "in.dts")
    _ = try Shell.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", "out.dtb"] + options + ["in.dts"], in: folder.path)
    return Array(try Data(contentsOf: folder.url("out.dtb")))
  }

  @Test func `the shipped source and binding are what the board says`() throws {
    #expect(try shipped("board.dts") == PlatformTree.board().source)
    #expect(try shipped("virtio,ipsec-la.yaml") == PlatformTree.schema)
  }

  @Test func `a platform boots from the shipped source as dtc compiles it`() throws {
    let tree = try DeviceTree(blob: compile(shipped("board.dts")))
    let platform = try Platform(tree)
    try platform.boot()
    let instance = try #require(platform.instances.first)
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    _ = try instance.process(Samples.packet(), on: sa)
    #expect(platform.host != nil)
  }

  @Test func `a tree of another shape makes another platform`() throws {
    let source = try shipped("board.dts")
      .replacing("virtio@a000000", with: "virtio@b000000")
      .replacing("<0x0 0xa000000 0x0 0x200>", with: "<0x0 0xb000000 0x0 0x200>")
      .replacing("<0x0 0x4000000>", with: "<0x0 0x2000000>")
    let platform = try Platform(try DeviceTree(blob: compile(source)))
    try platform.boot()
    #expect(platform.kernel.bus("platform")?.device("b000000.virtio")?.driver?.name == "virtio-mmio")
    #expect(platform.instances.count == 1)
  }

  @Test func `an overlay takes the window away, and the platform has no accelerator`() throws {
    let overlay = try compile(
      """
      /dts-v1/;
      /plugin/;
      / {
        fragment@0 {
          target-path = "/virtio@a000000";
          __overlay__ { status = "disabled"; };
        };
      };
      """)
    let platform = try Platform(try PlatformTree.board().applying(overlay: overlay))
    try platform.boot()
    #expect(platform.instances.isEmpty)
    #expect(platform.kernel.bus("platform")?.device("a000000.virtio") == nil)
  }

  enum Defect: String, CaseIterable { case noMemory, strayInterruptParent, cutRegisters }

  @Test(arguments: Defect.allCases)
  func `a tree that contradicts itself is refused with one error`(defect: Defect) {
    var tree = PlatformTree.board()
    switch defect {
    case .noMemory: tree.root.children.removeAll { $0.name.hasPrefix("memory") }
    case .strayInterruptParent:
      tree.root.properties.removeAll { $0.name == "interrupt-parent" }
      tree.root.properties.append(Property("interrupt-parent", cells: [99]))
    case .cutRegisters:
      let index = tree.root.children.firstIndex { $0.name.hasPrefix("virtio") }!
      tree.root.children[index].properties.removeAll { $0.name == "reg" }
      tree.root.children[index].properties.append(Property("reg", cells: [0, 1, 2]))
    }
    let error = #expect(throws: DriverError.self) { try Platform(tree).boot() }
    #expect(error?.errno == .EINVAL)
  }

  /// Ranges that no address space has, and what stands where something else is.
  private static let impossible: [(String, String, String)] = [
    ("0xa000000 0x0 0x200>", "0xa000000 0xffffffff 0xffffffff>", "/virtio@a000000:reg: 0xa000000 with a size of"),
    ("<0x0 0xa000000 0x0 0x200>", "<0xffffffff 0xffffff00 0x0 0x200>", "/virtio@a000000:reg: 0xffffffffffffff00"),
    ("0x3f000000 0x0 0x100000>", "0x3f000000 0xffffffff 0xffffff00>", "/pcie@10000000:reg: 0x3f000000"),
    ("0x0 0x10000000 0x0 0x20000000>", "0xffffffff 0xfffff000 0x0 0x20000000>", "/pcie@10000000:ranges: 0xfff"),
    ("<0x0 0xa000000 0x0 0x200>", "<0x0 0x40001000 0x0 0x200>", "/virtio@a000000:reg: overlaps memory"),
    ("<0x0 0xa000000 0x0 0x200>", "<0x0 0x3f000000 0x0 0x200>", "overlaps /virtio@a000000:reg"),
    ("<0x0 0xa000000 0x0 0x200>", "<0x0 0x8080200 0x0 0x200>", "overlaps /interrupt-controller@8000000/msi-"),
    ("<0x0 0x8080000 0x0 0x20000>", "<0x0 0x80a0000 0x0 0x20000>", "msi-controller@8080000:reg: overlaps /interrupt-"),
    ("<0x0 0x8080000 0x0 0x20000>", "<0x0 0x40000000 0x0 0x20000>", "msi-controller@8080000:reg: overlaps memory"),
    ("<0x0 0x8080000 0x0 0x20000>", "<0x0 0x10000000 0x0 0x20000>", "/pcie@10000000:ranges: overlaps /interrupt-"),
    ("interrupts = <0x0 0x10 0x4>", "interrupts = <0x7 0x10 0x4>", "has no interrupt <7 16>"),
  ]

  @Test(arguments: impossible)
  func `addresses that cannot be are refused by node and property`(
    _ what: String, _ by: String, _ message: String
  ) throws {
    let source = try shipped("board.dts")
    #expect(source.contains(what))
    let tree = try DeviceTree(blob: compile(source.replacing(what, with: by)))
    let error = #expect(throws: DriverError.self) { try Platform(tree).boot() }
    #expect(error?.errno == .EINVAL)
    #expect("\(error!)".contains(message), "\(error!)")
  }

  @Test func `a window on a bus of its own stands where the CPU sees it`() throws {
    let source = try shipped("board.dts")
      .replacing(
        "\tvirtio@a000000 {",
        with: """
          \tsoc {
          compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; ranges = <0x1000 0 0xa000000 0x10000>;
          virtio@1000 {
          """
      )
      .replacing("reg = <0x0 0xa000000 0x0 0x200>", with: "reg = <0x1000 0x200>")
      .replacing("\tpcie@10000000 {", with: "\t}; pcie@10000000 {")
    let platform = try Platform(try DeviceTree(blob: compile(source)))
    try platform.boot()
    #expect(platform.kernel.bus("platform")?.device("a000000.virtio")?.driver?.name == "virtio-mmio")
    #expect(platform.instances.count == 1)
  }

  @Test(arguments: ["virtio,device1", "virtio,device"])
  func `another device's window is no accelerator`(_ compatible: String) throws {
    let source = try shipped("board.dts").replacing("virtio,device3f", with: compatible)
    let platform = try Platform(try DeviceTree(blob: compile(source)))
    try platform.boot()
    #expect(platform.devices.isEmpty && platform.instances.isEmpty)
  }

  @Test func `memory is taken from the largest range, in whole pages`() throws {
    let source = try shipped("board.dts").replacing(
      "reg = <0x0 0x40000000 0x0 0x4000000>", with: "reg = <0 0x30000000 0 0x10000>, <0 0x40000008 0 0x4000000>")
    let platform = try Platform(try DeviceTree(blob: compile(source)))
    try platform.boot()
    #expect(platform.instances.count == 1)
  }

  /// What Linux's `of_device_modalias`, `pci_uevent` and `virtio_uevent` write.
  @Test func `user space is told by modalias what to load`() throws {
    let platform = try Platform(PlatformTree.board(mmio: []))
    try platform.insert(into: 1)
    try platform.boot()
    let sysfs = platform.kernel.sysfs
    for modalias in [
      "of:NpcieTpciCpci-host-ecam-generic", "pci:v00001AF4d0000107Fsv00001AF4sd00001100bc10sc80i00",
      "virtio:d0000003Fv00001AF4",
    ] { #expect(sysfs.contains("modalias = \(modalias)"), "\(sysfs)") }
    #expect(platform.kernel.readAttribute("platform/3f000000.pcie/pci0000:00/0000:00:01.0/vendor") == "0x1af4")
  }

  /// dt-schema, from PyPI, where it is installed.
  private static let hasValidator = (try? Shell.run(["dt-doc-validate", "--version"])) != nil

  @Test(.enabled(if: hasValidator, "dt-schema is not installed"))
  func `dt-schema accepts binding and board, and refuses a board that breaks the binding`() throws {
    let folder = try TemporaryFolder()
    try folder.write(shipped("virtio,ipsec-la.yaml"), to: "virtio,ipsec-la.yaml")
    _ = try Shell.run(["dt-doc-validate", "virtio,ipsec-la.yaml"], in: folder.path)
    func validate(_ source: String) throws -> String {
      try Data(compile(source)).write(to: folder.url("board.dtb"))
      let outcome = try Shell.outcome(["dt-validate", "-s", ".", "board.dtb"], in: folder.path)
      return outcome.output + outcome.errors
    }
    let source = try shipped("board.dts")
    #expect(try validate(source) == "")
    let bad = source.replacing("\"virtio,device3f\";", with: "\"virtio,device3f\"; speed = <1>;")
    #expect(try validate(bad).contains("'speed'"))
    let deaf = source.replacing("\tmsi-controller;", with: "\tmsi-controller = <1>;")
    #expect(try validate(deaf).contains("msi-controller"))
  }
}
