import Clockwork
public import Device
public import ESP
import Spec
import Testbench
public import Wire

/// An SA of the scenario, or as many like it as wanted, each with an SPI and keys of its own.
public struct ScenarioAssociation: Sendable {
  public var name: String
  public var direction: Direction
  public var parameters: Parameters
  public var sequence: UInt64 = 0
  public var notifications = NotificationSettings()
  public var copies = 1
  /// The other SAs of a bundle, innermost first: they work on a packet before this one does, or after it inbound.
  public var inner: [ScenarioAssociation] = []
  /// File and line, for messages; empty where it stands in none.
  public var place = ""

  public init(name: String, direction: Direction, parameters: Parameters) {
    self.name = name
    self.direction = direction
    self.parameters = parameters
  }

  /// The field that a version's messages have no room for; nil where it can say all of it.
  public func inexpressible(in version: SpecVersion) -> String? {
    let driver = makeDriver(version, AcceleratorProfile(version))
    return descriptions(ofCopy: 0, behind: sequence).lazy.compactMap(driver.inexpressible).first
  }

  /// The parameters of a copy, counted from 0, which has the SPI and the keys as they stand.
  public func parameters(ofCopy copy: Int) -> Parameters {
    var parameters = parameters
    // As the device does.
    (parameters.allowsLegacy, parameters.allowsUnauthenticated) = (true, true)
    if copy == 0 { return parameters }
    parameters.spi &+= UInt32(truncatingIfNeeded: copy)
    var generator = Generator(seed: UInt64(parameters.spi))
    parameters.protection = parameters.protection.rekeyed(&generator)
    return parameters
  }

  /// What the driver tells a device of a copy whose numbers up to `sequence` are used, or received: of one SA, or of
  /// each of a bundle, innermost first. All of a bundle count the same packets.
  public func descriptions(ofCopy copy: Int, behind sequence: UInt64) -> [SADescription] {
    let count = sequence - self.sequence
    return (inner + [self]).map { $0.description(ofCopy: copy, behind: $0.sequence(after: count)) }
  }

  /// The last sequence number that there is.
  var lastSequence: UInt64 { parameters.extendedSequence ? .max : UInt64(UInt32.max) }

  /// The sequence number after so many packets; where there are not as many, the last.
  func sequence(after packets: UInt64) -> UInt64 {
    let (sum, overflow) = self.sequence.addingReportingOverflow(packets)
    return overflow ? lastSequence : min(sum, lastSequence)
  }

  private func description(ofCopy copy: Int, behind sequence: UInt64) -> SADescription {
    var description = description(ofCopy: copy)
    description.sequence = sequence
    if direction == .inbound, sequence > 0 {
      description.replayBitmap = Array(repeating: 0xff, count: (parameters.replayWindow + 7) / 8)
    }
    return description
  }

  /// What the driver tells the device of a copy, without those inside of it.
  public func description(ofCopy copy: Int) -> SADescription {
    var description = SADescription(parameters(ofCopy: copy))
    (description.cipher, description.authentication) = description.parameters.protection.suites
    if parameters.protocol == .ah, let cipher = description.cipher, description.authentication == nil {
      description.authentication = .init(.aesGMAC, key: cipher.key, salt: cipher.salt)
    }
    if parameters.protocol == .ah { description.cipher = nil }
    description.sequence = sequence
    description.notifications = notifications
    // Nothing comes in that could be a replay, and without the feature a device takes no window.
    if direction == .outbound { description.parameters.replayWindow = 0 }
    return description
  }
}

extension Parameters.Protection {
  /// The same algorithms with other keys of the same length.
  func rekeyed(_ generator: inout Generator) -> Self {
    switch self {
    case .combined(let algorithm, let key, let salt):
      .combined(algorithm, key: key.changed(&generator), salt: salt.changed(&generator))
    case .separate(let cipher, let key, let salt, let authentication, let authenticationKey):
      .separate(
        cipher, key: key.changed(&generator), salt: salt.changed(&generator), authentication,
        authenticationKey: authenticationKey.changed(&generator))
    }
  }

  /// The same as the device's messages name it.
  var suites: (cipher: SADescription.Suite<CipherAlgorithm>?, authentication: SADescription.Suite<HMACAlgorithm>?) {
    switch self {
    case .combined(let algorithm, let key, let salt):
      return (.init(algorithm.number, key: key, salt: salt), nil)
    case .separate(let cipher, let key, let salt, let authentication, let authenticationKey):
      let suite = authentication.number.map { SADescription.Suite($0, key: authenticationKey) }
      return (.init(cipher.number, key: key, salt: salt), suite)
    }
  }
}

extension Key {
  fileprivate func changed(_ generator: inout Generator) -> Key {
    withUnsafeBytes { bytes in Key(bytes.map { $0 ^ UInt8(truncatingIfNeeded: generator.next()) }) }
  }
}
