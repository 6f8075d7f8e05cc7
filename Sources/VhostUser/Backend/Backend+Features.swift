import Virtio
import Wire

/// What both sides agree on, and how the device is.
extension Backend {
  var offeredFeatures: UInt64 {
    UInt64(truncatingIfNeeded: device.offered.union([.logAll, .protocolFeatures]).rawValue)
  }

  func setFeatures(_ value: UInt64) throws(Refusal.Reason) {
    let all = FeatureSet(rawValue: UInt128(value))
    let features = all.subtracting([.logAll, .protocolFeatures])
    if features != device.accepted || !device.status.contains(.featuresOK) {
      if let ring = rings.first(where: { isRunning($0) }) { throw .running(ring.index) }
      if hasStarted { renew(keepingConfiguration: !isInherited) }
      guard device.agree(on: features) else { throw .features(value) }
    }
    isLogging = all.contains(.logAll)
    applyLog()
    // Where nobody can enable rings, they are.
    if !all.contains(.protocolFeatures) { for ring in rings { ring.isEnabled = true } }
    try settle()
  }

  func setProtocolFeatures(_ value: UInt64) throws(Refusal.Reason) {
    let features = ProtocolFeatures(rawValue: value)
    guard features.isSubset(of: .all) else { throw .features(value) }
    negotiated = features
  }

  // MARK: Status

  /// Where a front end that pauses a guest says 0 just as one that resets it, 0 cannot mean a reset.
  func setStatus(_ value: UInt64) { status = DeviceStatus(rawValue: UInt8(truncatingIfNeeded: value)) }

  /// FEATURES_OK is shown if it is true, and what only the device can say is added.
  var deviceStatus: DeviceStatus {
    var shown = status
    if !device.status.contains(.featuresOK) { shown.remove(.featuresOK) }
    return shown.union(device.status.intersection(.needsReset))
  }

  // MARK: Configuration

  /// Largest configuration space that the protocol has room for, in bytes.
  private static let configurationLimit = 256

  private func range(of payload: Payload) throws(Refusal.Reason) -> Range<Int> {
    let offset = Int(payload[\ConfigurationHeader.offset]), count = Int(payload[\ConfigurationHeader.size])
    guard count == payload.tail(after: ConfigurationHeader.self).count else {
      throw .value("\(count) bytes of configuration in a payload of \(payload.bytes.count)")
    }
    guard offset + count <= Self.configurationLimit else {
      throw .value("configuration from \(offset) to \(offset + count)")
    }
    return offset..<offset + count
  }

  /// Beyond the device's registers there are zeros.
  func getConfiguration(_ payload: Payload) throws(Refusal.Reason) -> Payload {
    let range = try range(of: payload)
    var reply = payload
    reply.replaceTail(
      after: ConfigurationHeader.self,
      with: range.map { UInt8(device.readConfiguration(at: $0, byteCount: 1)) })
    return reply
  }

  func setConfiguration(_ payload: Payload) throws(Refusal.Reason) {
    let range = try range(of: payload)
    let bytes = Array(payload.tail(after: ConfigurationHeader.self))
    guard payload[\ConfigurationHeader.flags] <= 1 else {
      throw .value("configuration flags \(payload[\ConfigurationHeader.flags])")
    }
    // A guest that runs has no need to choose: this is another one.
    if isInherited { renew(keepingConfiguration: false) }
    writeConfiguration(bytes, at: range.lowerBound)
  }

  /// Writes what the driver may write, register by register.
  func writeConfiguration(_ bytes: [UInt8], at offset: Int) {
    for part in device.profile.writableConfiguration {
      let range = part.clamped(to: offset..<offset + bytes.count)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
        let piece = start..<min(start + 4, range.upperBound)
        let value = piece.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[$1 - offset]) }
        device.writeConfiguration(at: start, byteCount: piece.count, value)
      }
    }
  }

  /// Tells the front end that the configuration changed, if it knows of configurations (vhost-user protocol,
  /// VHOST_USER_BACKEND_CONFIG_CHANGE_MSG), and as soon as it has room for the news.
  ///
  /// Not while rings stand still: front ends drop what comes before the device is started.
  func sendChange() {
    guard hasChangedConfiguration, hasRunningRings, negotiated.contains(.configuration) else { return }
    do throws(Connection.Ending) {
      try channel?.send(Frame(BackendRequest.configurationChanged.rawValue))
      hasChangedConfiguration = false
    } catch {
      // A front end that is slow is told later, and one that is gone not at all.
      if error != .full { channel = nil }
    }
  }
}
