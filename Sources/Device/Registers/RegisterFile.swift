import Spec
import Virtio
import Wire

/// The device's configuration space: where registers stand and what they hold.
struct RegisterFile {
  private let registers: [Register]
  private let order: ByteOrder
  private let versionCount: Int
  /// Bytes at reset.
  private(set) var initial: [UInt8]

  init(_ profile: AcceleratorProfile) {
    let definition = Spec.definition(of: profile.versions[0])
    let registers = definition.registers
    self.registers = registers
    order = definition.order.resolved(guest: profile.guestOrder)
    let counter = registers.first { register in registers.contains { "\($0.count ?? "")" == "\(register.name)" } }
    versionCount = counter == nil ? 0 : profile.versions.count
    initial = []
    initial = [UInt8](repeating: 0, count: registers.map { offset(of: $0) + size(of: $0) }.max() ?? 0)
    var information = Packed<DeviceQueueInformation>()
    information[\.maxPairs] = UInt32(profile.pairs)
    information[\.deviceScaling] = UInt32(profile.scaling)
    for register in registers {
      if let counter, "\(register.name)" == "\(counter.name)" {
        store(UInt32(versionCount), at: offset(of: register))
      } else if register.count != nil {
        for (index, version) in profile.versions.enumerated() {
          store(version.register, at: offset(of: register) + index * register.shape.width)
        }
      } else if holds(register, DeviceQueueInformation.self) {
        store(information.rawValue, at: offset(of: register))
      } else if isVersion(register) {
        store(profile.versions[0].register, at: offset(of: register))
      }
    }
  }

  /// Parts that the driver may write.
  var writable: [Range<Int>] {
    registers.filter { if case .readOnly = $0.access { false } else { true } }
      .map { offset(of: $0)..<offset(of: $0) + size(of: $0) }
  }

  /// What the guest wrote.
  struct Selection: Equatable {
    /// Nil where there is no register for it.
    var version: UInt32?
    var queues: Packed<GuestQueueSelection>
  }

  func selection(in bytes: [UInt8]) -> Selection {
    var selection = Selection(version: nil, queues: Packed())
    for register in registers {
      if isVersion(register) { selection.version = load(bytes, at: offset(of: register)) }
      if holds(register, GuestQueueSelection.self) { selection.queues.rawValue = load(bytes, at: offset(of: register)) }
    }
    return selection
  }

  /// The bytes of a selection.
  func bytes(_ selection: Selection) -> [UInt8] {
    var file = self
    for register in registers {
      if isVersion(register), let version = selection.version { file.store(version, at: offset(of: register)) }
      if holds(register, GuestQueueSelection.self) { file.store(selection.queues.rawValue, at: offset(of: register)) }
    }
    return file.initial
  }

  // MARK: Places

  private func offset(of register: Register) -> Int {
    register.offset.base + (register.offset.count == nil ? 0 : register.offset.stride * versionCount)
  }

  private func size(of register: Register) -> Int {
    register.shape.width * (register.count == nil ? 1 : versionCount)
  }

  /// The register that the guest writes and that is no set of bits.
  private func isVersion(_ register: Register) -> Bool {
    if case .readWrite = register.access, case .number = register.shape.meaning { true } else { false }
  }

  private func holds<Layout: BitLayout>(_ register: Register, _ layout: Layout.Type) -> Bool {
    if case .bits(let found) = register.shape.meaning { found == layout } else { false }
  }

  private mutating func store(_ value: UInt32, at offset: Int) {
    initial.withUnsafeMutableBytes { WireBits.store(UInt64(value), into: $0, at: offset, width: 4, order) }
  }

  private func load(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    UInt32(WireBits.load(bytes.span.bytes, at: offset, width: 4, order))
  }
}
