import Device
import Glibc
import Virtio
import Wire

/// In front of a device's state: what the accelerator's own does not say.
struct SavedDevice: Message {
  let magic = Field<UInt32>(at: 0, "What it is.")
  let hasStarted = Field<UInt32>(at: 4, "1: the driver had started the device.")
  let features = Field<UInt64>(at: 8, "What was agreed on.")
  let configurationByteCount = Field<UInt32>(at: 16, "Bytes of the configuration, which follow.")
  let padding = Reserved(at: 20, count: 4)

  static let magicNumber: UInt32 = 0x3155_4856

  static let name: StaticString = "saved_device"
  static let summary: StaticString = "In front of a device's state."
  static let byteCount = 24
  static let order = FieldOrder.little
  init() {}
}

/// The device's state on its way to another back end, or from one. Rings are the front end's to move.
extension Backend {
  func beginTransfer(
    _ payload: Payload, _ descriptors: inout PassedDescriptors
  ) throws(Refusal.Reason) -> Payload {
    guard let direction = StateTransfer.Direction(rawValue: payload[\StateTransferDescription.direction]),
      payload[\StateTransferDescription.phase] == 0
    else { throw .value("a transfer that is neither to save nor to load a device that stands still") }
    if let ring = rings.first(where: { isRunning($0) }) { throw .running(ring.index) }
    guard let pipe = descriptors.take() else { throw .descriptors(0) }
    guard !pipe.isSocket else { throw .value("a socket, not a pipe") }
    let transfer = StateTransfer(pipe, direction, direction == .save ? savedState() : [])
    do throws(SystemError) {
      try watcher?.watch(transfer.pipe, for: direction == .save ? .canSave : .canLoad)
    } catch { throw .system(error.call, errno: error.code) }
    replaceTransfer(transfer)
    return Payload(number: StateTransfer.accepted)
  }

  /// The pipe has room, or there is something in it; a state that has been written is followed by the pipe's end.
  public func advanceTransfer() {
    guard let transfer, !transfer.advance() else { return }
    watcher?.forget(transfer.pipe)
    if transfer.direction == .save {
      saveOutcome = transfer.progress
      self.transfer = nil
    }
  }

  func replaceTransfer(_ new: StateTransfer?) {
    if let transfer, transfer.progress == .underway { watcher?.forget(transfer.pipe) }
    transfer = new
    saveOutcome = nil
  }

  /// The front end says that all has moved: takes over what was loaded.
  func endTransfer() throws(Refusal.Reason) {
    advanceTransfer()
    let (transfer, saved) = (transfer, saveOutcome)
    replaceTransfer(nil)
    if let saved {
      guard saved == .complete else { throw .value("the state could not be written") }
      return
    }
    guard let transfer, transfer.direction == .load, transfer.progress == .complete else {
      throw .value("no state has moved as a whole")
    }
    try transfer.withBytes { (bytes) throws(Refusal.Reason) in try load(bytes) }
  }

  // MARK: Bytes

  func savedState() -> [UInt8] {
    var header = Payload(SavedDevice.self)
    header[\SavedDevice.magic] = SavedDevice.magicNumber
    header[\SavedDevice.hasStarted] = hasStarted ? 1 : 0
    header[\SavedDevice.features] = UInt64(truncatingIfNeeded: device.accepted.rawValue)
    header[\SavedDevice.configurationByteCount] = UInt32(device.configuration.bytes.count)
    return header.bytes + device.configuration.bytes + accelerator.saveState()
  }

  /// Takes over a state; if it does not fit, the device is as after a reset.
  func load(_ bytes: [UInt8]) throws(Refusal.Reason) {
    guard bytes.count >= SavedDevice.byteCount else { throw .value("a state of \(bytes.count) bytes") }
    let payload = Payload(bytes)
    let configuration = payload.tail(after: SavedDevice.self)
      .prefix(Int(payload[\SavedDevice.configurationByteCount]))
    guard payload[\SavedDevice.magic] == SavedDevice.magicNumber,
      configuration.count == device.configuration.bytes.count
    else { throw .value("a state of another device") }
    reset()
    let features = FeatureSet(rawValue: UInt128(payload[\SavedDevice.features]))
    guard features.isEmpty || device.agree(on: features) else { throw .features(payload[\SavedDevice.features]) }
    device.replaceConfiguration(with: Array(configuration))
    do throws(StateError) {
      try accelerator.restoreState(Array(bytes[configuration.endIndex...]))
    } catch {
      reset()
      throw .value("\(error)")
    }
    hasStarted = payload[\SavedDevice.hasStarted] == 1
    if hasStarted { device.goOn() }
  }
}
