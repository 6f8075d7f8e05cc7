import Glibc
package import Virtio
import Wire

/// A transport for a driver: registers are this side's until DRIVER_OK.
extension FrontEnd: DriverTransport {
  package var deviceID: UInt16 { options.deviceID }
  package var carried: FeatureSet { .vhostUser }

  package func readStatus() -> DeviceStatus {
    let known = mustReset ? status.union(.needsReset) : status
    guard isStarted, protocolFeatures.contains(.status), let now = tried({ () throws(FrontEndError) in
      try number(.getStatus)
    }) else { return known }
    return known.union(DeviceStatus(rawValue: UInt8(truncatingIfNeeded: now)).intersection(.needsReset))
  }

  package func writeStatus(_ new: DeviceStatus) {
    if new.isEmpty { reset() }
    status = new
    guard new.contains(.driverOK), !isStarted else { return }
    tried { () throws(FrontEndError) in try start(from: [:]) }
  }

  /// A device that has gone is reset thereby.
  private func reset() {
    tried { () throws(FrontEndError) in
      if isStarted { _ = try stop() }
      if protocolFeatures.contains(.resetDevice) { try send(.resetDevice) }
    }
    (queues, accepted, inflight, written, isStarted, mustReset) = ([:], [], nil, [:], false, false)
  }

  /// Has the driver reset the device, once it is told of a change of the configuration.
  package func needReset() { mustReset = true }

  package func readFeatures() -> FeatureSet {
    offered.subtracting([.logAll, .protocolFeatures]).subtracting(options.hidden)
  }
  package func writeFeatures(_ features: FeatureSet) { accepted = features }

  /// As large as was said: the back end refuses what is too large.
  package func maximumSize(ofQueue index: Int) -> Int { index < queueCount ? options.queueSize : 0 }

  package func setUpQueue(_ index: Int, size: Int, at addresses: QueueAddresses) {
    queues[index] = QueueSetup(size: size, addresses: addresses)
  }

  package func enableQueues(_ indices: Range<Int>) {}
  package func startQueueReset(_ index: Int) {}
  package func isQueueResetDone(_ index: Int) -> Bool { true }
  package func notify(queue index: Int, position: UInt16?) { kick(index) }
  /// Kicks a ring, whatever is in it.
  package func kick(_ index: Int) { kicks[index].kick.signal() }

  // MARK: Configuration

  package var configurationByteCount: Int { 256 }
  package func readGeneration() -> UInt32 { 0 }

  package func readConfiguration(at offset: Int, byteCount: Int) -> UInt32 {
    let bytes = tried { () throws(FrontEndError) in try readRegisters(at: offset, byteCount) }
    return (bytes ?? []).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func readRegisters(at offset: Int, _ byteCount: Int) throws(FrontEndError) -> [UInt8] {
    let wanted = configuration(offset, [UInt8](repeating: 0, count: byteCount))
    return Array(try ask(.getConfiguration, wanted).payload.bytes.dropFirst(ConfigurationHeader.byteCount))
  }

  /// Writes again what the back end lacks of what the driver wrote; whether it lacked anything.
  func restoreRegisters() throws(FrontEndError) -> Bool {
    guard protocolFeatures.contains(.configuration) else { return false }
    var lacked = false
    for (offset, bytes) in written.sorted(by: { $0.key < $1.key }) {
      guard try readRegisters(at: offset, bytes.count) != bytes else { continue }
      lacked = true
      try send(.setConfiguration, configuration(offset, bytes))
    }
    return lacked
  }

  package func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32) {
    let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    written[offset] = bytes
    tried { () throws(FrontEndError) in try send(.setConfiguration, configuration(offset, bytes)) }
  }

  private func configuration(_ offset: Int, _ bytes: [UInt8]) -> Payload {
    var payload = Payload(ConfigurationHeader.self)
    payload[\ConfigurationHeader.offset] = UInt32(offset)
    payload[\ConfigurationHeader.size] = UInt32(bytes.count)
    payload.replaceTail(after: ConfigurationHeader.self, with: bytes)
    return payload
  }

  // MARK: Interrupts

  package func takeInterruptCauses() -> InterruptCauses {
    let isQueue = kicks.reduce(false) { $1.call.takeSignals() > 0 || $0 }
    return (isQueue ? InterruptCauses.queue : []).union(takeConfigurationChange() ? .configuration : [])
  }

  /// Waits until a ring's interrupt is there; whether it is.
  package func awaitInterrupt(ofQueue index: Int, milliseconds: Int32) -> Bool {
    var waited = pollfd(fd: kicks[index].call.number, events: Int16(POLLIN), revents: 0)
    guard poll(&waited, 1, milliseconds) > 0 else { return false }
    return kicks[index].call.takeSignals() > 0
  }

  @discardableResult
  func tried<Result>(_ body: () throws(FrontEndError) -> Result) -> Result? {
    guard isConnected else { return nil }
    do throws(FrontEndError) { return try body() } catch {
      hangUp(error)
      return nil
    }
  }
}
