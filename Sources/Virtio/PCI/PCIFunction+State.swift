extension PCIFunction {
  /// All it takes to go on elsewhere; no chain may be in flight, and no transition under way.
  public struct State: Sendable, Codable {
    var device: VirtioDevice.State
    var space: PCIConfigurationSpace.Bytes
    var common: CommonSelectors
    var isr: InterruptCauses
    var msix: MSIX
  }

  public var state: State { State(device: device.state, space: space.values, common: common, isr: isr, msix: msix) }

  /// Takes over from a function of the same profiles; a state that cannot be ends in DEVICE_NEEDS_RESET.
  public func restore(_ state: State) {
    device.restore(state.device)
    let vectors = device.queues.map(\.vector) + [state.common.configurationVector]
    guard vectors.allSatisfy({ mapped(UInt32($0)) == $0 }), space.restore(state.space), msix.restore(state.msix)
    else { return device.needReset() }
    common = state.common
    isr = state.isr.union(isr)
    followRegisters()
  }
}
