import Spec
import Virtio
import Wire

/// The device's configuration space: where the registers of its definition stand, and what they say.
struct IPsecRegisters {
  private let transport: any DriverTransport
  private let registers: [Register]
  private let order: ByteOrder
  /// Versions that the device lists; nil where there are no registers for them.
  let versions: [SpecVersion]?
  private let versionCount: Int
  let information: Packed<DeviceQueueInformation>

  /// Reads what the device says.
  ///
  /// - Parameters:
  ///   - definition: the one whose registers these are.
  ///   - guest: the byte order of registers that are in the guest's.
  /// - Throws: `DriverError`: EINVAL for registers that contradict themselves, ETIMEDOUT.
  init(
    _ transport: any DriverTransport, _ definition: Definition, guest: ByteOrder, for owner: String
  ) throws(DriverError) {
    self.transport = transport
    registers = definition.registers
    order = definition.order.resolved(guest: guest)
    let registers = registers, order = order
    func read(_ offset: Int) -> UInt32 { transport.readConfiguration(at: offset, byteCount: 4).swapped(for: order) }
    let counter = registers.first { register in registers.contains { "\($0.count ?? "")" == "\(register.name)" } }
    let limit = transport.configurationByteCount / 4 - registers.count + 1
    let answer: (versions: [SpecVersion]?, count: Int, information: UInt32)?
    do throws(VirtioError) {
      answer = try transport.readConsistently { _ in
        let count = counter.map { Int(read($0.offset.base)) } ?? 0
        guard count <= limit, counter == nil || count > 0 else { return nil }
        let listed = registers.first { $0.count != nil }.map { register in
          (0..<count).map { SpecVersion(register: read(register.offset.base + 4 * $0)) }
        }
        let information = registers.first { Self.holds($0, DeviceQueueInformation.self) }!
        return (listed, count, read(information.offset.base + information.offset.stride * count))
      }
    } catch { throw DriverError(error, owner) }
    guard let answer else { throw DriverError(.EINVAL, owner, "the number of versions cannot be") }
    (versions, versionCount) = (answer.versions, answer.count)
    information = Packed(rawValue: answer.information)
  }

  /// Says which version the driver speaks; whether the device shows it.
  func select(_ version: SpecVersion) -> Bool {
    guard let register = registers.first(where: Self.isVersionToUse) else { return true }
    write(register, version.register)
    return read(register) == version.register
  }

  /// Says how many vCPUs the guest has queues for.
  func select(guestScaling: Int) {
    guard let register = registers.first(where: { Self.holds($0, GuestQueueSelection.self) }) else { return }
    var selection = Packed<GuestQueueSelection>()
    selection[\.guestScaling] = UInt32(guestScaling)
    write(register, selection.rawValue)
  }

  private func offset(_ register: Register) -> Int { register.offset.base + register.offset.stride * versionCount }
  private func read(_ register: Register) -> UInt32 {
    transport.readConfiguration(at: offset(register), byteCount: 4).swapped(for: order)
  }
  private func write(_ register: Register, _ value: UInt32) {
    transport.writeConfiguration(at: offset(register), byteCount: 4, value.swapped(for: order))
  }

  /// The one that the guest writes and that is no set of bits.
  private static func isVersionToUse(_ register: Register) -> Bool {
    if case .readWrite = register.access, case .number = register.shape.meaning { true } else { false }
  }

  private static func holds<Layout: BitLayout>(_ register: Register, _ layout: Layout.Type) -> Bool {
    if case .bits(let found) = register.shape.meaning { found == layout } else { false }
  }
}
