import Device
import ESP
import Spec

extension SADescription {
  /// An SA that is good, whatever it is.
  static func random(_ input: inout FuzzInput) -> SADescription {
    var parameters = Parameters(
      spi: 256 + UInt32(input.byte()), mode: .transport, protection: .separate(.null, .none))
    switch input.below(4) {
    case 0: break
    case 1: parameters.mode = .tunnel(source: .v6(1, 2), destination: .v6(3, 4))
    default: parameters.mode = .tunnel(source: .v4(0xc000_0201), destination: .v4(0xc000_0202))
    }
    parameters.ecn = input.oneIn(2) ? .normal : .off
    parameters.extendedSequence = input.oneIn(4)
    if input.oneIn(2) { parameters.replayWindow = input.pick([1, 32, 64, 1000, 4096]) }
    if input.oneIn(4) { parameters.udpEncapsulation = .init(sourcePort: 4500, destinationPort: 4500) }
    if input.oneIn(4) { parameters.lifetime.softBytes = 1024 * UInt64(1 + input.below(4)) }
    if input.oneIn(8) { parameters.lifetime.hardPackets = UInt64(1 + input.below(8)) }
    if input.oneIn(8) { parameters.tfcLength = input.below(200) }
    var description = SADescription(parameters)
    description.setAlgorithms(&input)
    if input.oneIn(4) { description.notifications.events.insert(.softLifetime) }
    if input.oneIn(4) {
      description.notifications.events.insert(.sequencePeriodic)
      description.notifications.interval = UInt64(1 + input.below(4))
    }
    return description
  }

  private mutating func setAlgorithms(_ input: inout FuzzInput) {
    let key = Key([UInt8](1...16))
    switch input.below(6) {
    case 0:
      parameters.protocol = .ah
      parameters.udpEncapsulation = nil
      parameters.tfcLength = 0
      authentication = .init(.sha256, key: Key([UInt8](1...32)))
    case 1:
      cipher = .init(.aesCBC, key: key)
      authentication = .init(.sha1, key: Key([UInt8](1...20)))
    case 2: cipher = .init(.aesCCM8, key: key, salt: Key([1, 2, 3]))
    case 3:
      cipher = .init(.aesCTR, key: key, salt: Key([1, 2, 3, 4]))
      authentication = .init(.sha256, key: Key([UInt8](1...32)))
    default: cipher = .init(.aesGCM16, key: key, salt: Key([1, 2, 3, 4]))
    }
  }
}
