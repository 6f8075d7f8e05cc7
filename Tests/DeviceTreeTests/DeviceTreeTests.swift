import Foundation
import Model
import TestSupport
import Testing

@testable import DeviceTree

/// dtc, the reference implementation, says what sources and blobs mean.
private struct DTC {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func blob(_ source: String) throws -> [UInt8] {
    try folder.write(source, to: "in.dts")
    _ = try Shell.run(["dtc", "-q", "-@", "-I", "dts", "-O", "dtb", "-o", "out.dtb", "in.dts"], in: folder.path)
    return Array(try Data(contentsOf: folder.url("out.dtb")))
  }

  /// The tree in dtc's own words, sorted, so that two blobs can be compared.
  func text(_ blob: [UInt8]) throws -> String {
    try Data(blob).write(to: folder.url("in.dtb"))
    return try Shell.run(["dtc", "-q", "-s", "-I", "dtb", "-O", "dts", "in.dtb"], in: folder.path)
  }

  func overlaid(_ base: [UInt8], _ overlay: [UInt8]) throws -> [UInt8] {
    try Data(base).write(to: folder.url("base.dtb"))
    try Data(overlay).write(to: folder.url("overlay.dtbo"))
    _ = try Shell.run(["fdtoverlay", "-i", "base.dtb", "-o", "merged.dtb", "overlay.dtbo"], in: folder.path)
    return Array(try Data(contentsOf: folder.url("merged.dtb")))
  }
}

private func source(_ name: String) throws -> String {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
  return String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
}

@Suite struct DeviceTreeTests {
  private let dtc: DTC
  private let board: [UInt8]
  private let tree: DeviceTree

  init() throws {
    dtc = try DTC()
    board = try dtc.blob(try source("board.dts"))
    tree = try DeviceTree(blob: board)
  }

  @Test func `a blob written again says the same to dtc`() throws {
    #expect(try dtc.text(tree.blob()) == dtc.text(board))
  }

  @Test func `the source that is printed compiles to the same tree`() throws {
    #expect(try DeviceTree(blob: Shell.blob(of: tree.source, with: dtc.folder)) == tree)
  }

  /// What a host bridge says of messages, and the device that a function is to the controller; nil for none.
  private static let messages: [(String, UInt32, UInt32?)] = [
    ("", 8, nil),
    ("msi-parent = <&its>;", 8, 8),
    ("msi-map = <0 &its 0 0x10000>;", 8, 8),
    ("msi-map = <0 &its 0x100 8>, <8 &its 0x200 8>;", 9, 0x201),
    ("msi-map = <0 &its 0x100 8>, <8 &its 0x200 8>;", 16, nil),
    ("msi-map = <8 &its 0 8>; msi-map-mask = <0xff>;", 0x10f, 7),
    // The map is what counts.
    ("msi-parent = <&its>; msi-map = <0 &its 0 8>;", 8, nil),
  ]

  @Test(arguments: messages)
  func `messages go where the host bridge says`(_ text: String, _ requester: UInt32, _ device: UInt32?) throws {
    let specifier = try tree(messages: text).messages(from: requester, behind: "/pcie@10000000")
    #expect(specifier == device.map { MessageSpecifier(controller: "/msi-controller@8080000", device: $0) })
  }

  @Test(arguments: [
    "msi-parent = <&gic>;", "msi-map = <0 99 0 1>;", "msi-map = <0 &its 0>;", "msi-parent;",
    "msi-map = <0 &its 0 8>; msi-map-mask = <1 2>;",
  ])
  func `messages that nobody can take are refused`(_ text: String) throws {
    let tree = try tree(messages: text)
    let error = #expect(throws: DeviceTreeError.self) { try tree.messages(from: 8, behind: "/pcie@10000000") }
    #expect(error?.place.hasPrefix("/pcie@10000000") == true)
  }

  private func tree(messages text: String) throws -> DeviceTree {
    let its = "its: msi-controller@8080000 { compatible = \"arm,gic-v3-its\"; msi-controller; #msi-cells = <1>; };"
    return try DeviceTree(
      blob: dtc.blob(
        source("board.dts").replacing("\tpcie@10000000 {", with: "\t\(its)\n\tpcie@10000000 {\n\t\t\(text)")))
  }

  @Test func `what takes no cells, or as many as there are numbers, is refused`() throws {
    let text = """
      /dts-v1/; / { #address-cells = <0>; #size-cells = <0>; none@1 { reg = <1>; ranges = <1>; };
      gic: gic { #interrupt-cells = <1>; interrupt-map = <1 2 3>; #address-cells = <0xffffffff>; };
      user { interrupt-parent = <&gic>; interrupts = <1>; }; };
      """
    let tree = try DeviceTree(blob: dtc.blob(text)), node = try #require(tree.node(at: "/none@1"))
    #expect(throws: DeviceTreeError.self) { try node.registers(under: tree.root) }
    #expect(throws: DeviceTreeError.self) { try tree.interrupts(of: "/user") }
    let bus = try DeviceTree(
      blob: dtc.blob(
        "/dts-v1/; / { #address-cells = <0>; b { #address-cells = <0>; #size-cells = <0>; ranges = <1>; }; };"))
    #expect(throws: DeviceTreeError.self) { try bus.node(at: "/b")?.windows(under: bus.root) }
  }

  @Test func `memory that nobody may use stays reserved`() throws {
    let reserved = try dtc.blob(
      source("board.dts").replacing("/dts-v1/;", with: "/dts-v1/; /memreserve/ 0x40000000 0x10000;"))
    let tree = try DeviceTree(blob: reserved)
    #expect(tree.reservations == [AddressRange(address: 0x4000_0000, size: 0x1_0000)])
    #expect(try dtc.text(tree.blob()) == dtc.text(reserved))
    #expect(try DeviceTree(blob: Shell.blob(of: tree.source, with: dtc.folder)) == tree)
  }

  @Test func `memory, windows and registers are read by the cells of their parents`() throws {
    let memory = try #require(tree.node(at: "/memory@40000000"))
    #expect(
      try memory.registers(under: tree.root) == [
        AddressRange(address: 0x4000_0000, size: 0x800_0000), AddressRange(address: 0x1_0000_0000, size: 0x1000_0000),
      ])
    let soc = try #require(tree.node(at: "/soc"))
    let virtio = try #require(soc.child("virtio@a000000"))
    #expect(try virtio.registers(under: soc) == [AddressRange(address: 0xa00_0000, size: 0x200)])
    #expect(try soc.windows(under: tree.root)?.map(\.parent) == [0xa00_0000])
    let pcie = try #require(tree.node(at: "/pcie@10000000"))
    let windows = try #require(try pcie.windows(under: tree.root))
    #expect(windows.map(\.child.space) == [[0x200_0000], [0x300_0000]])
    #expect(windows.map(\.child.size) == [0x2eff_0000, 0x80_0000_0000])
    #expect(try #require(tree.node(at: "/memory@40000000")).windows(under: tree.root) == nil)
  }

  @Test func `interrupts lead to the controller, straight or through a map`() throws {
    let gic = "/interrupt-controller@8000000"
    #expect(
      try tree.interrupts(of: "/soc/virtio@a000200") == [
        InterruptSpecifier(controller: gic, cells: [0, 17, 1]), InterruptSpecifier(controller: gic, cells: [0, 18, 4]),
      ])
    for (function, pin, line) in [(0x0000, 1, 3), (0x0000, 2, 4), (0x0800, 1, 4), (0x0900, 2, 5), (0x2000, 1, 3)] {
      let interrupt = try tree.interrupt(ofPin: UInt32(pin), function: UInt32(function), behind: "/pcie@10000000")
      #expect(interrupt == InterruptSpecifier(controller: gic, cells: [0, UInt32(line), 4]))
    }
    #expect(throws: DeviceTreeError("/pcie@10000000:interrupt-map", "has no entry for [4]")) {
      try tree.interrupt(ofPin: 4, function: 0, behind: "/pcie@10000000")
    }
  }

  @Test func `nodes are found by path, alias, compatible and without a unit address where there is one only`() throws {
    #expect(tree.node(at: "console")?.path == "/soc/virtio@a000200")
    #expect(tree.nodes(compatible: "virtio,mmio").map(\.isEnabled) == [true, false])
    #expect(tree.node(at: "/pcie")?.unitAddress == "10000000")
    #expect(tree.node(at: "/soc/virtio") == nil)
    #expect(tree.node(at: "nothing/here") == nil)
  }

  @Test func `an overlay does what fdtoverlay makes of it`() throws {
    let overlay = try dtc.blob(try source("overlay.dts"))
    let merged = try tree.applying(overlay: overlay)
    #expect(try dtc.text(merged.blob()) == dtc.text(dtc.overlaid(board, overlay)))
    #expect(merged.node(at: "/soc/virtio@a000200")?.isEnabled == true)
    let stranger = try dtc.blob("/dts-v1/; /plugin/; &nowhere { status = \"okay\"; };")
    #expect(throws: DeviceTreeError.self) { try tree.applying(overlay: stranger) }
  }

  @Test func `a damaged blob is refused or read, and nothing else`() throws {
    let seed = ProcessInfo.processInfo.environment["IPSEC_LA_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max)
    print("damaged blobs: seed \(seed)")
    var random = SplitMix(seed: seed)
    for length in board.indices {
      #expect(throws: DeviceTreeError.self) { try DeviceTree(blob: Array(board[..<length])) }
    }
    for _ in 0..<20_000 {
      var damaged = board
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        damaged[Int.random(in: damaged.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      guard let tree = try? DeviceTree(blob: damaged) else { continue }
      for node in tree.root.withDescendants {
        _ = try? node.registers(under: tree.root)
        _ = try? tree.interrupts(of: node.path)
      }
    }
  }

  @Test(arguments: [2, 3, 15, 16])
  func `a blob of an older version is refused`(version: UInt8) throws {
    var old = board
    old[23] = version
    old[27] = min(version, 16)
    #expect(throws: DeviceTreeError("", "has version \(version), and 17 is the oldest that is read")) {
      try DeviceTree(blob: old)
    }
  }

  @Test func `nodes that are nested too deeply are refused`() throws {
    let deep = String(repeating: "a {", count: 65) + String(repeating: "};", count: 65)
    let blob = try dtc.blob("/dts-v1/; / { \(deep) };")
    #expect { try DeviceTree(blob: blob) } throws: { "\($0)".contains("is nested more than 64 nodes deep") }
  }
}

extension Shell {
  /// A blob as dtc makes it without symbols.
  fileprivate static func blob(of source: String, with folder: TemporaryFolder) throws -> [UInt8] {
    try folder.write(source, to: "plain.dts")
    _ = try run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", "plain.dtb", "plain.dts"], in: folder.path)
    return Array(try Data(contentsOf: folder.url("plain.dtb")))
  }
}
