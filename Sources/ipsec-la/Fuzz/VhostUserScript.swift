import Foundation
import VhostUser
import Wire

/// The in-flight region that a back end gave out last.
final class KeptRegion {
  var file: FileDescriptor?
}

/// What a hostile front end says next: mostly what leads somewhere.
struct VhostUserScript: ~Copyable {
  let rings: Int
  /// What a connection starts with, if it is to come to anything: without a mistake.
  private var prologue: [Request]
  private var isExact = false
  /// The ring that the prologue completes, in half of all connections.
  private let ring: UInt64
  /// What the prologue shares, where the ring is.
  private let shared: HostileRing
  /// The guest kicks the ring of the prologue by it.
  let kick: FileDescriptor
  let region: KeptRegion
  private static let regionByteCount = 1 << 16
  private static let userAddress: UInt64 = 1 << 40

  init(rings: Int, _ region: KeptRegion, _ input: inout FuzzInput) throws {
    ring = UInt64(input.below(rings))
    let memory = try HostileRing(byteCount: Self.regionByteCount, &input)
    let event = try FileDescriptor.event()
    self.rings = rings
    self.region = region
    shared = memory
    kick = event
    let start: [Request] = [.setProtocolFeatures, .setFeatures, .addMemoryRegion]
    let completion: [Request] = [.setRingSize, .setRingAddresses, .setRingKick, .setRingCall, .setRingEnable]
    prologue = input.oneIn(4) ? [] : input.oneIn(3) ? start : start + completion
  }

  /// The guest makes something available in the ring of the prologue, or writes over a part of it.
  borrowing func makeAvailable(_ input: inout FuzzInput) { shared.makeAvailable(&input) }

  mutating func next(_ input: inout FuzzInput) throws -> VhostUser.Frame {
    isExact = !prologue.isEmpty
    if isExact {
      let request = prologue.removeFirst()
      let payload = payload(of: request, &input)
      return VhostUser.Frame(
        request.rawValue, payload, descriptors: try descriptors(for: request, payload, &input))
    }
    if input.oneIn(30) {
      return VhostUser.Frame(UInt32(truncatingIfNeeded: input.word()), flags: flags(&input), Payload(bytes(&input, 12)))
    }
    let request = request(&input)
    var payload = payload(of: request, &input)
    if input.oneIn(25) { payload = Payload(Array((payload.bytes + bytes(&input, 40)).prefix(input.below(80)))) }
    return VhostUser.Frame(
      request.rawValue, flags: flags(&input), payload, descriptors: try descriptors(for: request, payload, &input))
  }

  private func request(_ input: inout FuzzInput) -> Request {
    // What makes rings run comes more often than the rest.
    input.oneIn(2)
      ? input.pick(Request.allCases)
      : input.pick([
        .setFeatures, .setProtocolFeatures, .addMemoryRegion, .setRingSize, .setRingAddresses, .setRingKick,
        .setRingCall, .setRingEnable, .setRingEnable, .setRingKick,
      ])
  }

  private func flags(_ input: inout FuzzInput) -> Packed<FrameFlags> {
    input.oneIn(100) ? Packed(rawValue: UInt32(truncatingIfNeeded: input.word()))
      : input.oneIn(24) ? .request : .requestWithResult
  }

  private func bytes(_ input: inout FuzzInput, _ limit: Int) -> [UInt8] {
    (0..<input.below(limit)).map { _ in input.byte() }
  }

  // MARK: Payloads

  /// A number that is right, nearly right, or anything.
  private func number(_ right: [UInt64], _ input: inout FuzzInput) -> UInt64 {
    if isExact { return input.pick(right) }
    return switch input.below(24) {
    case 0: input.pick([0, 1, 4095, 4096, 0xffff, 0x1_0000, 0xffff_ffff, 1 << 63, .max])
    case 1: input.word()
    case 2: input.pick(right) &+ UInt64(input.below(3)) &- 1
    default: input.pick(right)
    }
  }

  private func payload(of request: Request, _ input: inout FuzzInput) -> Payload {
    var fields: [UInt8] = []
    func put(_ value: UInt64, _ byteCount: Int) {
      fields += (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
    // Few rings, so that one of them gets all it needs.
    let ring: [UInt64] = isExact ? [ring] : [0, 0, 0, 0, 1, 1, 2, UInt64(rings) - 1]
    switch request {
    case .setFeatures:
      put(number([1 << 32, 1 << 32 | 1 << 30, 1 << 32 | 1 << 30 | 1 << 34, 1 << 32 | 1 << 30 | 1 << 26], &input), 8)
    case .setProtocolFeatures: put(number([ProtocolFeatures.all.rawValue], &input), 8)
    case .setStatus: put(number([0, 8, 0xf], &input), 8)
    case .setRingSize:
      put(number(ring, &input), 4)
      put(number([2, 4], &input), 4)
    case .setRingBase, .getRingBase:
      put(number(ring, &input), 4)
      put(number([0, 1, 0x8000_8000], &input), 4)
    case .setRingEnable:
      put(number(ring, &input), 4)
      put(number(isExact ? [1] : [1, 1, 1, 0], &input), 4)
    case .setRingKick, .setRingCall, .setRingError: put(number(ring + ring.map { $0 | 0x100 }, &input), 8)
    case .setRingAddresses:
      put(number(ring, &input), 4)
      put(number([0, 1], &input), 4)
      for place in HostileRing.places + [0] { put(number([Self.userAddress + place], &input), 8) }
    case .setMemoryTable:
      let count = input.below(4)
      put(number([UInt64(count)], &input), 8)
      for index in 0..<count { putRegion(UInt64(index), &input, put) }
    case .addMemoryRegion, .removeMemoryRegion:
      put(0, 8)
      putRegion(isExact ? 0 : UInt64(input.below(3)), &input, put)
    case .setLogBase:
      put(number([4096, UInt64(Self.regionByteCount)], &input), 8)
      put(number([0, 4096], &input), 8)
    case .getConfiguration, .setConfiguration:
      let count = input.below(40)
      put(number([0, 4], &input), 4)
      put(number([UInt64(count)], &input), 4)
      put(number([0, 1], &input), 4)
      for _ in 0..<count { put(UInt64(input.byte()), 1) }
    case .getInflightRegion, .setInflightRegion:
      put(number([1 << 25, 4096], &input), 8)
      put(number([0, 4096], &input), 8)
      put(number([UInt64(rings)], &input), 2)
      put(number([4, 256], &input), 2)
      put(0, 4)
    case .setDeviceStateDescriptor:
      put(number([0, 1], &input), 4)
      put(number([0], &input), 4)
    default: break
    }
    return Payload(fields)
  }

  /// Regions apart from each other, and some that are not.
  private func putRegion(_ index: UInt64, _ input: inout FuzzInput, _ put: (UInt64, Int) -> Void) {
    let start = index * UInt64(Self.regionByteCount)
    put(number([start], &input), 8)
    put(number([UInt64(Self.regionByteCount)], &input), 8)
    put(number([Self.userAddress + start], &input), 8)
    put(number(isExact ? [0] : [0, 0, 0, 4096], &input), 8)
  }

  // MARK: Descriptors

  private func descriptors(
    for request: Request, _ payload: Payload, _ input: inout FuzzInput
  ) throws -> PassedDescriptors {
    var count = request.rule.descriptors.lowerBound
    if [.setRingKick, .setRingCall, .setRingError].contains(request), payload.bytes.count > 1 {
      count = payload.bytes[1] & 1 == 1 ? 0 : 1
    }
    if request == .setMemoryTable, let regions = payload.bytes.first { count = min(Int(regions), 8) }
    if !isExact, input.oneIn(20) { count = input.below(5) }
    var descriptors = PassedDescriptors()
    for _ in 0..<count { descriptors.append(try descriptor(for: request, &input)) }
    return descriptors
  }

  private func descriptor(for request: Request, _ input: inout FuzzInput) throws -> FileDescriptor {
    if !isExact, input.oneIn(20) { return try anything(&input) }
    switch request {
    case .addMemoryRegion where isExact: return try shared.file.duplicate()
    case .setRingKick where isExact: return try kick.duplicate()
    case .setInflightRegion:
      guard let file = try region.file?.duplicate(), !input.oneIn(4) else { return try memory(&input) }
      return file
    case .setMemoryTable, .addMemoryRegion, .setLogBase: return try memory(&input)
    case .setDeviceStateDescriptor: return try pipe(&input)
    default: return try .event()
    }
  }

  private func anything(_ input: inout FuzzInput) throws -> FileDescriptor {
    switch input.below(4) {
    case 0: return try .event()
    case 1: return try pipe(&input)
    case 2: return try memory(&input)
    default:
      var pair = try SocketPair()
      try pair.far?.send(bytes(&input, 100), PassedDescriptors(try .event()))
      return pair.takeNear()
    }
  }

  /// One end of a pipe that has something in it; what has the other is closed.
  private func pipe(_ input: inout FuzzInput) throws -> FileDescriptor {
    var ends: [Int32] = [-1, -1]
    precondition(Foundation.pipe(&ends) == 0)
    let bytes = bytes(&input, 100)
    precondition(write(ends[1], bytes, bytes.count) == bytes.count)
    let isReader = !input.oneIn(4)
    close(ends[isReader ? 1 : 0])
    return FileDescriptor(owning: ends[isReader ? 0 : 1])
  }

  /// A file that holds anything: rings, too. It may be too short.
  private func memory(_ input: inout FuzzInput) throws -> FileDescriptor {
    let whole = Self.regionByteCount + 4096
    let count = input.pick([whole, whole, whole, 1 << 26, 4096])
    let file = try FileDescriptor.memory("fuzz", byteCount: count)
    let small: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0x10, 0x40, 0x80]
    let contents = (0..<0x1000).map { _ in input.oneIn(4) ? input.byte() : input.pick(small) }
    for place in stride(from: 0, to: 0x4000, by: contents.count) where place < count {
      precondition(contents.withUnsafeBytes { pwrite(file.number, $0.baseAddress, $0.count, place) } > 0)
    }
    return file
  }
}
