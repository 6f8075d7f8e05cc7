import ESP

extension StateWriter {
  mutating func write(_ state: AssociationState) {
    write(state.sequence)
    write(state.window) { $0.write($1) { $0.write($1) } }
    write(state.usage.bytes)
    write(state.usage.packets)
    write(state.usage.softReported)
    for counter in AssociationState.counters { write(state.statistics[keyPath: counter]) }
  }
}

extension StateReader {
  mutating func readAssociationState() throws(StateError) -> AssociationState {
    var state = AssociationState(sequence: try read(UInt64.self, "sequence"))
    state.window = try readOptional("window") { (reader) throws(StateError) in
      try reader.readArray("window") { (reader) throws(StateError) in try reader.read(UInt64.self, "window") }
    }
    state.usage.bytes = try read(UInt64.self, "usage")
    state.usage.packets = try read(UInt64.self, "usage")
    state.usage.softReported = try readBool("usage")
    for counter in AssociationState.counters {
      state.statistics[keyPath: counter] = try read(UInt64.self, "statistics")
    }
    return state
  }
}

extension AssociationState {
  /// The statistics in the order in which a state has them.
  fileprivate static var counters: [WritableKeyPath<Statistics, UInt64>] {
    [
      \.packets, \.bytes, \.invalidPacket, \.invalidPadLength, \.invalidSequenceNumber, \.antiReplayLate,
      \.antiReplayReplayed, \.invalidICV, \.sequenceOverflow, \.cryptoOperationFailed, \.noTailRoom,
      \.submitToAcceleratorFailed, \.lifetimeExpired,
    ]
  }
}
