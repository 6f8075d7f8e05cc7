import ESP
package import Spec
package import Wire

/// Versions 0.4 and 1.0 on the wire: the same names and orders, but for the data path; other sizes.
package final class LegacyDialect: Dialect {
  let version: SpecVersion
  /// Of 1.0 alone.
  package let quirks: Set<V1_0.DriverQuirk>
  // Each access is a load or a store, and overlaps no other.
  @exclusivity(unchecked) package var guest: ByteOrder
  package let grammar: Grammar
  // Asked for every packet.
  /// Version 0.4, the one whose data path is another.
  let isOldest: Bool
  let writesHeaderBack: Bool
  let zeroHandleIsNoGroup: Bool

  package init(_ version: SpecVersion, quirks: Set<V1_0.DriverQuirk> = [], guest: ByteOrder = .little) {
    self.version = version
    self.quirks = version == .v1_0 ? quirks : []
    self.guest = guest
    isOldest = version == .v0_4
    writesHeaderBack = self.quirks.contains(.dataHeaderWriteBack)
    zeroHandleIsNoGroup = self.quirks.contains(.zeroHandleIsNoGroup)
    grammar = version == .v0_4 ? Self.old : quirks.isEmpty ? Self.driver : Grammar(Spec.v1_0, quirks: quirks)
  }

  private static let old = Grammar(Spec.v0_4)
  private static let driver = Grammar(Spec.v1_0)

  var answersInRequest: Bool { quirks.contains(.controlInOneReadableBuffer) }

  /// A command that adds SAs has a field for the handle.
  func place(ofAnswer message: String, in request: Parts) -> Range<Int>? {
    guard message == "sa_handle", let command = request.messages["create_sa"] else { return nil }
    let field = grammar.field("create_sa.sa_handle")
    let start = command.lowerBound + field.source.offset
    return start..<start + field.byteCount
  }

  func parts(adding descriptions: [SADescription]) -> Parts {
    var parts = Parts(guest: guest)
    parts.setNumber(grammar.field("create_sa.num_sas"), UInt64(descriptions.count))
    for description in descriptions { parts.append("sa") { fill(&$0, description, withKeys: false) } }
    return parts
  }

  // MARK: Handles

  /// A handle is opaque bytes: the number in the first eight, zeros behind it; nil for zeros, and for others.
  package func handle(_ field: String, in parts: Parts) -> Handle? {
    parts.withField(grammar.field(field)) { Handle(reading: $0) }
  }

  package func setHandle(_ field: String, _ handle: Handle?, in parts: inout Parts) {
    parts.setField(grammar.field(field)) { handle?.write(to: $0) }
  }

  func updatedSA(_ bytes: Arena, _ entry: Grammar.Entry) -> Handle? {
    guard entry.name.hasPrefix("update_") else { return nil }
    let field = grammar.field("update_sa.sa_handle")
    let start = Legacy.ControlHeader.byteCount + field.source.offset
    guard start + field.byteCount <= bytes.count else { return nil }
    return bytes.bytes.extracting(start..<start + field.byteCount).withUnsafeBytes { Handle(reading: $0) }
  }

  // MARK: Commands

  func command(_ name: String, _ parts: Parts, room: Int) throws(Rejection) -> ControlCommand {
    let command = UInt16(parts[\Legacy.ControlHeader.command])
    switch parts[\Legacy.ControlHeader.commandClass].known {
    case .generic: return try generic(command, parts)
    case .sa: return try associations(command, parts)
    case .random:
      // No length is published, and none that nobody could want is made up.
      guard room <= 1 << 20 else { throw .tooBig }
      return .random(count: max(room - Legacy.ControlResult.byteCount, 0))
    case .advanced, nil: throw .unknownCommand
    }
  }

  private func generic(_ command: UInt16, _ parts: Parts) throws(Rejection) -> ControlCommand {
    switch GenericCommand(rawValue: command) {
    case .getCapabilities: return .getCapabilities
    case .setCapabilities: return .nothing
    case .setGuestEndian:
      switch parts[\Legacy.SetGuestEndian.endian].known {
      case .little: return .setGuestOrder(.little)
      case .big: return .setGuestOrder(.big)
      case nil: throw .invalidBytes(offset: parts.offset(of: \Legacy.SetGuestEndian.endian))
      }
    case nil: throw .unknownCommand
    }
  }

  private func associations(_ command: UInt16, _ parts: Parts) throws(Rejection) -> ControlCommand {
    switch SACommand(rawValue: command) {
    case .addGroup: return .addGroup
    case .deleteGroup: return .deleteGroup(try someGroup("group_delete.group_handle", parts))
    case .flushSA: return .flush(try someGroup("flush_sa.group_handle", parts))
    case .flushAll: return .flushAll
    case .getHeadroomTailroomSize: return .rooms
    case .addOutSA: return try add(.outbound, parts)
    case .addInSA: return try add(.inbound, parts)
    case .deleteOutSA: return .delete(.outbound, try name("delete_sa", parts))
    case .deleteInSA: return .delete(.inbound, try name("delete_sa", parts))
    case .updateOutSA: return .update(.outbound, try name("update_sa", parts), try change(parts))
    case .updateInSA: return .update(.inbound, try name("update_sa", parts), try change(parts))
    case .readOutSA: return .read(.outbound, try name("read_sa", parts))
    case .readInSA: return .read(.inbound, try name("read_sa", parts))
    case .readFirstNOutSAs: return try readMany(.outbound, parts, isFirst: true)
    case .readNextNOutSAs: return try readMany(.outbound, parts, isFirst: false)
    case .readFirstNInSAs: return try readMany(.inbound, parts, isFirst: true)
    case .readNextNInSAs: return try readMany(.inbound, parts, isFirst: false)
    case nil: throw .unknownCommand
    }
  }

  private func someGroup(_ field: String, _ parts: Parts) throws(Rejection) -> Handle {
    guard let handle = handle(field, in: parts) else { throw .noSuchGroup }
    return handle
  }

  /// A group, or none where zeros say so: always in 0.4, and in 1.0 as a quirk.
  func group(_ field: String, _ parts: Parts) throws(Rejection) -> Handle? {
    if let handle = handle(field, in: parts) { return handle }
    let isZero = parts.withField(grammar.field(field)) { $0.allSatisfy { $0 == 0 } }
    guard isZero, version == .v0_4 || zeroHandleIsNoGroup else { throw .noSuchGroup }
    return nil
  }

  private func name(_ message: String, _ parts: Parts) throws(Rejection) -> SAName {
    guard let sa = handle("\(message).sa_handle", in: parts) else { throw .noSuchSA }
    return SAName(group: try group("\(message).group_handle", parts), sa: sa)
  }

  private func readMany(_ direction: Direction, _ parts: Parts, isFirst: Bool) throws(Rejection) -> ControlCommand {
    .readMany(
      direction, group: try group("read_sas.group_handle", parts),
      after: isFirst ? 0 : handle("read_sas.opaque_handle", in: parts)?.rawValue ?? 0,
      limit: Int(parts.number(grammar.field("read_sas.num_sas"))))
  }

  private func add(_ direction: Direction, _ parts: Parts) throws(Rejection) -> ControlCommand {
    var descriptions: [SADescription] = []
    for sa in parts.repetitions("sa") { descriptions.append(try description(sa)) }
    return .add(direction, group: try group("create_sa.group_handle", parts), descriptions)
  }

  private func change(_ parts: Parts) throws(Rejection) -> SAChange {
    var change = SAChange()
    switch Legacy.Change(rawValue: UInt8(parts.number(grammar.field("update_sa.change_type")))) {
    case .localGateway: (change.localAddress, change.localPort) = try gateway(parts)
    case .peerGateway: (change.peerAddress, change.peerPort) = try gateway(parts)
    case .sequenceNumber:
      change.sequence =
        UInt64(parts[\Legacy.UpdateSequence.high]) << 32 | UInt64(parts[\Legacy.UpdateSequence.low])
    case .antiReplayWindow:
      change.replayWindow = Int(parts[\Legacy.UpdateAntiReplay.windowSize])
      let bitmap = parts[\Legacy.UpdateAntiReplay.windowBitmap]
      change.replayBitmap = (0..<4).map { UInt8(truncatingIfNeeded: bitmap >> UInt32(8 * $0)) }
    case nil: throw .malformed(offset: parts.arena.count)
    }
    return change
  }

  /// - Throws: `Rejection` of an IPv6 address in 0.4, which has one word of it.
  private func gateway(_ parts: Parts) throws(Rejection) -> (IPAddress, UInt16?) {
    func port(_ value: UInt16) -> UInt16? { value == 0 ? nil : value }
    if parts.contains(Legacy.UpdateIPv4.self) {
      return (.v4(parts[\Legacy.UpdateIPv4.addr]), port(parts[\Legacy.UpdateIPv4.port]))
    }
    guard version != .v0_4 else { throw .invalidValue(.tunnel) }
    return (Self.address(parts[\V1_0.UpdateIPv6.addr]), port(parts[\V1_0.UpdateIPv6.port]))
  }

  static func address(_ words: [4 of UInt32]) -> IPAddress {
    .v6(UInt64(words[0]) << 32 | UInt64(words[1]), UInt64(words[2]) << 32 | UInt64(words[3]))
  }
}

extension Handle {
  /// - Parameter bytes: some multiple of 8.
  init?(reading bytes: UnsafeRawBufferPointer) {
    for offset in stride(from: 8, to: bytes.count, by: 8)
    where bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) != 0 { return nil }
    self.init(UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)))
  }

  func write(to bytes: UnsafeMutableRawBufferPointer) {
    for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: rawValue >> UInt64(8 * index)) }
  }
}

extension Parts {
  /// An integer field by its place.
  func number(_ field: FieldPlace) -> UInt64 {
    guard let message = messages[field.source.message] else { preconditionFailure("no \(field.source.message) here") }
    return field.source.load(from: arena.bytes, at: message.lowerBound, guest: guest)
  }

  mutating func setNumber(_ field: FieldPlace, _ value: UInt64) {
    include(field.message)
    let start = messages[field.source.message]!.lowerBound
    arena.withMutableBytes { field.source.store(value, into: $0, at: start, guest: guest) }
  }

  func withField<Result>(_ field: FieldPlace, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    guard let message = messages[field.source.message] else { preconditionFailure("no \(field.source.message) here") }
    let start = message.lowerBound + field.source.offset
    return try arena.bytes.extracting(start..<start + field.byteCount).withUnsafeBytes(body)
  }

  mutating func setField(_ field: FieldPlace, _ body: (UnsafeMutableRawBufferPointer) -> Void) {
    include(field.message)
    let start = messages[field.source.message]!.lowerBound + field.source.offset
    arena.withMutableBytes { body(UnsafeMutableRawBufferPointer(rebasing: $0[start..<start + field.byteCount])) }
  }
}
