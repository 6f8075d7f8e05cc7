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
  }
}
