import Device
import Driver
import Spec
import Testbench
import VhostUser
import Virtio
import Wire

/// What accelerators are plugged into: a kernel with its driver, and slots.
final class Host {
  let lookAside: LookAside
  let slots: [any Slot]
  private let platform: Platform
  /// Slots that there is something for from the start.
  let initialCount: Int
  /// Whether these have all been tried.
  var isReady = false

  /// Slots for simulated cards, which are the first.
  static let cardLimit = 4
  private static let memoryByteCount = 256 << 20

  /// - Parameters:
  ///   - places: what is in the slots; behind those, there are slots for simulated cards.
  ///   - count: slots that are taken from the start; nil for all places.
  ///   - version: of the interface, where the place does not say so.
  /// - Throws: `DriverError`, where the host cannot be built or booted.
  init(
    _ places: [DevicePlace], count: Int? = nil, cpuCount: Int, version: SpecVersion? = nil
  ) throws(DriverError) {
    let hasSockets = places.contains { $0.socket != nil }
    let address = PlatformTree.Address.memory, size = Self.memoryByteCount
    let shared: SharedMemory?
    do throws(FrontEndError) { shared = hasSockets ? try SharedMemory([(address, size)]) : nil } catch {
      throw DriverError(.ENOMEM, "memory", "\(error)")
    }
    var parameters = IPsecDriver.Parameters()
    // Devices have the last word.
    parameters.queueSize = places.reduce(parameters.queueSize) { max($0, $1.socket?.queueSize ?? 0) }
    let platform = try Platform(
      PlatformTree.board(memory: UInt64(size), mmio: []), memory: shared?.guest, parameters: parameters,
      cpuCount: cpuCount)
    platform.kernel.log.kinds = []
    lookAside = LookAside(platform.kernel, platform.driver)
    initialCount = count ?? places.count
    try platform.boot()
    var slots: [any Slot] = [], served: [ServedSlot] = []
    for number in 0..<max(places.count, Self.cardLimit) {
      let place = number < places.count ? places[number] : .simulated
      let definition = Self.definition(version ?? place.version)
      if let socket = place.socket, let shared {
        served.append(try ServedSlot(number, socket, definition, shared, platform.kernel))
        slots.append(served[served.count - 1])
      } else {
        slots.append(CardSlot(number, of: platform, definition, Self.profile(definition.version, pairs: cpuCount)))
      }
    }
    (self.platform, self.slots) = (platform, slots)
    if hasSockets { platform.kernel.scheduler.world = Outside(served) }
  }

  private static func definition(_ version: SpecVersion) -> Definition { Spec.all.first { $0.version == version }! }

  private static func profile(_ version: SpecVersion, pairs: Int) -> AcceleratorProfile {
    var profile = AcceleratorProfile(version)
    profile.pairs = pairs
    return profile
  }

  /// Whether an accelerator of this host has these PCI IDs; 0 stands for any.
  func has(vendor: UInt16, device: UInt16) -> Bool {
    slots.contains { slot in
      let identity = slot.definition.identity
      return (vendor == 0 || Int(vendor) == identity.pciVendor)
        && (device == 0 || Int(device) == identity.pciBase + identity.deviceID)
    }
  }

  /// Something is in these slots from the start.
  var initialSlots: ArraySlice<any Slot> { slots.prefix(initialCount) }

  // MARK: Slots

  /// - Throws: `DriverError`, EBUSY.
  func emptySlot(_ number: Int) throws(DriverError) -> any Slot {
    guard !slots[number].isTaken else { throw DriverError(.EBUSY, "slot \(number)", "taken") }
    return slots[number]
  }

  /// - Throws: `DriverError`, ENODEV.
  func takenSlot(_ number: Int) throws(DriverError) -> any Slot {
    guard slots[number].isTaken else { throw DriverError(.ENODEV, "slot \(number)", "empty") }
    return slots[number]
  }
}
