/// A device whose registers are somebody else's: a transport that is told of features, rings and memory one at a time,
/// in an order of the front end's, and that may refuse them. No chain is in flight meanwhile.
extension VirtioDevice {
  /// Features were agreed on; false, and nothing has changed, where the device does not work with them.
  package func agree(on features: FeatureSet) -> Bool {
    guard isAcceptable(features) else { return false }
    accepted = features
    status.formUnion([.acknowledge, .driver, .featuresOK])
    return true
  }

  /// The driver is there, with the configuration that it chose.
  package func start() {
    status.insert(.driverOK)
    function.start(self)
  }

  /// The driver was there before, in a state that `function` has already.
  package func goOn() { status.insert(.driverOK) }

  /// Guest memory changed: rings stay where they are in the guest.
  ///
  /// - Returns: the queues whose rings are no longer in memory; they are stopped.
  /// - Throws: `VirtioError.overlappingRegions`; nothing has changed then.
  package func replaceMemory(with regions: [MemoryRegion]) throws(VirtioError) -> [DeviceQueue] {
    // What was mapped stays until no ring points into it.
    let former = memory.regions
    try memory.replace(with: regions)
    return withExtendedLifetime(former) {
      queues.filter { queue in
        guard let state = queue.stop() else { return false }
        return (try? queue.makeRing(restoring: state)) == nil
      }
    }
  }

  /// What the configuration is, whatever the driver chose before: that of a device to take over from.
  package func replaceConfiguration(with bytes: [UInt8]) {
    configuration = ConfigurationSpace(bytes: bytes)
  }
}

extension DeviceQueue {
  /// Makes the ring where the driver has it, and goes on from `state`; what is available waits for its turn.
  ///
  /// - Throws: `VirtioError` for what makes no ring.
  package func start(size: Int, at addresses: QueueAddresses, from state: RingState) throws(VirtioError) {
    _ = stop()
    (self.size, self.addresses) = (size, addresses)
    try makeRing(restoring: state)
  }

  /// Lets go of the ring; where the device stood in it, nil if it had none.
  package func stop() -> RingState? {
    let state = state
    if isEnabled { disable() }
    return state
  }
}
