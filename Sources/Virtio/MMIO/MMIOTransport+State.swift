extension MMIOTransport {
  /// All it takes to go on elsewhere; no chain may be in flight, and no transition under way.
  public struct State: Sendable, Codable {
    var device: VirtioDevice.State
    var selectors: MMIOSelectors
    var causes: InterruptCauses
  }

  public var state: State { State(device: device.state, selectors: selectors, causes: causes) }

  /// Takes over from a device of the same profile; a state that cannot be ends in DEVICE_NEEDS_RESET.
  public func restore(_ state: State) {
    device.restore(state.device)
    selectors = state.selectors
    setCauses(state.causes.union(causes))
  }
}
