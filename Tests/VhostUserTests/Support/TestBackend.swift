import Device
@testable import VhostUser
import Virtio
import Wire

/// A back end that is asked with values.
final class TestBackend {
  let backend: Backend
  /// What was refused, oldest first.
  private(set) var refusals: [String] = []

  init(
    _ profile: AcceleratorProfile = AcceleratorProfile(), features: ProtocolFeatures = .all
  ) throws {
    backend = try Backend(profile) { _ in }
    backend.connect()
    if features != [] { _ = ask(.setProtocolFeatures, Payload(number: features.rawValue)) }
  }

  func ask(
    _ request: Request, _ payload: Payload = Payload([]),
    _ descriptors: consuming PassedDescriptors = PassedDescriptors(), flags: Packed<FrameFlags> = .request
  ) -> Outcome {
    ask(Frame(request.rawValue, flags: flags, payload, descriptors: descriptors))
  }

  func ask(_ frame: consuming Frame) -> Outcome { backend.perform(frame, refused: { refusals.append("\($0)") }) }

  /// The number that is answered; nil for another answer.
  func number(_ request: Request, _ payload: Payload = Payload([])) -> UInt64? {
    guard case .reply(let answer, _) = ask(request, payload), answer.bytes.count == 8 else { return nil }
    return answer[\Number.value]
  }

  /// So many descriptors of nothing in particular.
  static func descriptors(_ count: Int) throws -> PassedDescriptors {
    var descriptors = PassedDescriptors()
    for _ in 0..<count { descriptors.append(try .event()) }
    return descriptors
  }
}

extension Payload {
  static func ring(_ index: Int, _ number: Int) -> Payload {
    var payload = Payload(RingNumber.self)
    payload[\RingNumber.index] = UInt32(index)
    payload[\RingNumber.number] = UInt32(number)
    return payload
  }

  /// One region behind a header.
  static func region(guest: UInt64, size: UInt64, user: UInt64, offset: UInt64 = 0) -> Payload {
    var region = Payload(MemoryRegionDescription.self)
    region[\MemoryRegionDescription.guestAddress] = guest
    region[\MemoryRegionDescription.size] = size
    region[\MemoryRegionDescription.userAddress] = user
    region[\MemoryRegionDescription.fileOffset] = offset
    return region
  }

  static func table(_ regions: [Payload], count: Int? = nil) -> Payload {
    var header = Payload(MemoryTableHeader.self)
    header[\MemoryTableHeader.count] = UInt32(count ?? regions.count)
    return Payload(header.bytes + regions.flatMap(\.bytes))
  }

  static func single(_ region: Payload) -> Payload { Payload(Payload(SingleRegionHeader.self).bytes + region.bytes) }

  static func configuration(_ offset: Int, _ bytes: [UInt8], size: Int? = nil, flags: UInt32 = 0) -> Payload {
    var payload = Payload(ConfigurationHeader.self)
    payload[\ConfigurationHeader.offset] = UInt32(offset)
    payload[\ConfigurationHeader.size] = UInt32(size ?? bytes.count)
    payload[\ConfigurationHeader.flags] = flags
    payload.replaceTail(after: ConfigurationHeader.self, with: bytes)
    return payload
  }
}
