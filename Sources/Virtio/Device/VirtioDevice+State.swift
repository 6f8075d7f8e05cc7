extension VirtioDevice {
  /// All it takes to go on elsewhere, apart from the transport's registers; no chain may be in flight, and no
  /// transition under way.
  public struct State: Sendable, Codable {
    var status: UInt8
    var accepted: [UInt32]
    var configuration: ConfigurationSpace
    /// What the configuration is to read as when the device resumes.
    var nextConfiguration: [UInt8]?
    var queues: [QueueState]
  }

  struct QueueState: Sendable, Codable {
    /// Nil where the driver did not ask for any: the largest then depends on what it agrees on.
    var size: Int?
    var addresses: QueueAddresses
    var vector: UInt16
    /// Nil for a queue that is not enabled.
    var ring: RingState?
  }

  public var state: State {
    State(
      status: status.rawValue, accepted: (0..<4).map { accepted.word($0) }, configuration: configuration,
      nextConfiguration: nextConfiguration,
      queues: queues.map {
        QueueState(size: $0.chosenSize, addresses: $0.addresses, vector: $0.vector, ring: $0.state)
      })
  }

  /// Takes over from a device of the same profile; a state that cannot be ends in DEVICE_NEEDS_RESET.
  ///
  /// Live queues wait for their turn (`continueService`): the driver does not notify again of what it had made
  /// available.
  public func restore(_ state: State) {
    reset()
    for (word, value) in state.accepted.enumerated() { accepted.setWord(UInt32(word), value) }
    guard canBe(state) else { return needReset() }
    status = DeviceStatus(rawValue: state.status)
    configuration = state.configuration
    nextConfiguration = state.nextConfiguration
    for (queue, saved) in zip(queues, state.queues) {
      (queue.chosenSize, queue.addresses, queue.vector) = (saved.size, saved.addresses, saved.vector)
      if let ring = saved.ring { queue.enable(restoring: ring) }
      if queue.isEnabled != (saved.ring != nil) { needReset() }
    }
  }

  /// Whether a device of this profile that accepted these features can get to the state; rings are another matter.
  private func canBe(_ state: State) -> Bool {
    let status = DeviceStatus(rawValue: state.status)
    guard status.canBe, state.accepted.count == 4,
      !status.contains(.featuresOK) || isAcceptable(accepted),
      !status.contains(.suspend) || accepted.contains(.suspend),
      state.nextConfiguration == nil || status.contains(.suspend),
      state.queues.count == queues.count
    else { return false }
    return [state.configuration.bytes, state.nextConfiguration ?? configuration.bytes]
      .allSatisfy { $0.count == configuration.bytes.count }
      && state.queues.allSatisfy { queue in
        (0...Int(UInt32.max)).contains(queue.size ?? 0)
          && (status.contains(.needsReset) || queue.ring?.isIdle ?? true)
      }
  }
}
