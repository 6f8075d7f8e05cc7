import Device
import Driver
@testable import Testbench
import Testing
@testable import Virtio

/// Cards that identify themselves, or lay out their structures, in unusual ways.
@Suite struct ForgedPCITests {
  /// A booted platform whose configuration space reads as `forge` says, given the capabilities that there are.
  private func boot(
    _ forge: @escaping ([StructureType: PCIStructure], Access) -> UInt32?
  ) throws -> (Platform, Recorder) {
    let platform = try Rig(transport: .msix).platform()
    let recorder = Recorder(platform)
    let space = Space(platform.bus.pci.functions[Rig.slot]!.function)
    let structures = PCICapabilities(of: space).structures
    recorder.forge = { $0.place == .space ? forge(structures, $0) : nil }
    try platform.boot()
    return (platform, recorder)
  }

  /// A function's configuration space, past the kernel.
  private final class Space: RegisterWindow {
    private let function: PCIFunction
    init(_ function: PCIFunction) { self.function = function }
    func read(at offset: Int, byteCount: Int) -> UInt32 { function.readConfiguration(at: offset, byteCount: byteCount) }
    func write(at offset: Int, byteCount: Int, _ value: UInt32) {}
  }

  private func works(_ platform: Platform) throws -> Bool {
    guard let instance = platform.instances.first else { return false }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    return try Samples.peer().open(instance.process(Samples.packet(), on: sa)) == Samples.packet()
  }

  @Test(
    .conforms("PCI-R-01", "PCI-R-02"),
    arguments: [
      (0x107f, 63), (0x1054, 20), (0x1000, 1), (0x1001, 2), (0x1005, 4), (0x1009, 9), (0x0fff, nil), (0x1080, nil),
    ] as [(UInt32, UInt16?)])
  func `virtio IDs are known, transitional ones, too, and no others`(id: UInt32, type: UInt16?) throws {
    let (platform, _) = try boot { $1.offset == 2 && $1.byteCount == 2 ? id : nil }
    #expect(platform.kernel.bus("virtio")?.devices.map { $0.virtio.transport.deviceID } == [type].compactMap { $0 })
  }

  @Test(.conforms("PCI-R-01")) func `a card of another vendor is left alone`() throws {
    let (platform, recorder) = try boot { $1.offset == 0 ? 0x8086 : nil }
    #expect(platform.kernel.bus("virtio")?.devices.isEmpty == true)
    #expect(!recorder.accesses.contains { $0.place == .bar4 })
  }

  @Test(.conforms("PCI-R-03"), arguments: [0, 1, 255] as [UInt8])
  func `any revision will do`(revision: UInt8) throws {
    var profile = PCIProfile()
    profile.revision = revision
    let platform = try Rig(transport: .msix).platform()
    try platform.insert(into: Rig.slot, pci: profile)
    try platform.boot()
    #expect(try works(platform))
  }

  @Test(.conforms("PCI-R-06")) func `a card without virtio structures is refused, and not written to`() throws {
    let (platform, recorder) = try boot { $1.offset == 0x34 ? 0 : nil }
    #expect(platform.kernel.bus("virtio")?.devices.isEmpty == true)
    #expect(!recorder.accesses.contains { $0.place == .bar4 && $0.isWrite })
  }

  /// A capability that comes before the others: its bytes, and what of the real ones reads differently.
  struct Extra: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var isDecoy = false
  }

  private static func virtio(_ type: UInt8, bar: UInt8, at offset: UInt8 = 0x20) -> [UInt8] {
    [0x09, 0, 16, type, bar, 0, 0, 0, 0, offset, 0, 0, 0x40, 0, 0, 0]
  }

  static let extras: [Extra] =
    [0, 6, 7, 10, 255, 9].map { Extra(testDescription: "type \($0)", bytes: virtio($0, bar: 4)) }
    + [6, 255].map { Extra(testDescription: "BAR \($0)", bytes: virtio(1, bar: $0)) }
    + [
      Extra(testDescription: "another ID", bytes: [0x05, 0, 0, 0]),
      Extra(testDescription: "a first one that is good", bytes: virtio(1, bar: 4, at: 0), isDecoy: true),
    ]

  @Test(.conforms("PCI-R-05", "PCAP-R-01", "PCAP-R-02", "PCAP-R-04"), arguments: extras)
  func `the driver finds its structures behind any other capability, and takes the first of a type`(
    extra: Extra
  ) throws {
    var first: UInt32 = 0
    let (platform, recorder) = try boot { structures, access in
      if access.offset == 0x34 {
        first = access.value
        return 0xe0
      }
      // With a good one in front, the real one leads astray.
      if extra.isDecoy, access.offset == structures[.common]!.capability + 8 { return 0x2000 }
      guard (0xe0..<0xe0 + extra.bytes.count).contains(access.offset) else { return nil }
      if access.offset == 0xe1 { return first }
      let bytes = extra.bytes.dropFirst(access.offset - 0xe0).prefix(access.byteCount)
      return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    #expect(first != 0 && recorder.accesses.contains { $0.place == .space && $0.offset == 0xe0 })
    #expect(try works(platform))
  }

  @Test(.conforms("PCAP-R-03", "PCAP-R-06"), arguments: [(2, 4, false), (12, 1 << 24, true)] as [(Int, UInt32, Bool)])
  func `structures and capabilities may be larger than they have to be`(
    field: Int, value: UInt32, isWhole: Bool
  ) throws {
    var count = 0
    let (platform, _) = try boot { structures, access in
      guard structures.values.contains(where: { $0.capability + field == access.offset }) else { return nil }
      count += 1
      return isWhole ? value : access.value + value
    }
    #expect(count > 0)
    #expect(try works(platform))
  }

  // MARK: MSI-X

  @Test(.conforms("MSIX-R-01"), arguments: [0, 1, 2, 0x7ff])
  func `a table of any size will do`(vectors: Int) throws {
    var profile = PCIProfile()
    profile.vectors = vectors
    let platform = try Rig(transport: .msix).platform()
    try platform.insert(into: Rig.slot, pci: profile)
    try platform.boot()
    #expect(try works(platform))
  }

  @Test(.conforms("MSIX-R-03"), arguments: [false, true])
  func `a vector that the device will not map is done without`(mapsFirst: Bool) throws {
    var profile = PCIProfile()
    profile.mapsVector = { mapsFirst && $0 == 0 }
    let platform = try Rig(transport: .msix).platform()
    try platform.insert(into: Rig.slot, pci: profile)
    try platform.boot()
    #expect(try works(platform))
    #expect(platform.kernel.interrupts.messageCount == 0)
  }
}
