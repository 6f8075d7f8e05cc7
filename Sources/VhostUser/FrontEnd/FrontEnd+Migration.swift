import Glibc
package import Virtio
import Wire

/// What a front end does for a guest that moves.
extension FrontEnd {
  /// The device's state; its rings are stopped.
  package func saveState() throws(FrontEndError) -> [UInt8] {
    var pipe = try pipe()
    try transfer(.save, pipe.write.take())
    guard let source = pipe.read.take() else { return [] }
    var state: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(source.number, &piece, piece.count), count > 0 { state += piece[..<count] }
    try check()
    return state
  }

  /// Has the device take over a state.
  package func loadState(_ state: [UInt8]) throws(FrontEndError) {
    var pipe = try pipe()
    try transfer(.load, pipe.read.take())
    guard let sink = pipe.write.take() else { return }
    var done = 0
    while done < state.count {
      let count = state.withUnsafeBytes { write(sink.number, $0.baseAddress! + done, $0.count - done) }
      guard count > 0 else { throw .silence("the state is not taken") }
      done += count
    }
    _ = consume sink
    try check()
  }

  /// Both ends of a pipe.
  private struct Pipe: ~Copyable {
    var read: FileDescriptor?
    var write: FileDescriptor?
  }

  private func pipe() throws(FrontEndError) -> Pipe {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw .system(SystemError("pipe")) }
    return Pipe(read: FileDescriptor(owning: ends[0]), write: FileDescriptor(owning: ends[1]))
  }

  private func transfer(
    _ direction: StateTransfer.Direction, _ end: consuming FileDescriptor?
  ) throws(FrontEndError) {
    var payload = Payload(StateTransferDescription.self)
    payload[\StateTransferDescription.direction] = direction.rawValue
    var descriptors = PassedDescriptors()
    if let end { descriptors.append(end) }
    guard try ask(.setDeviceStateDescriptor, payload, descriptors).payload[\Number.value] == StateTransfer.accepted
    else { throw .refused("SET_DEVICE_STATE_FD") }
  }

  private func check() throws(FrontEndError) {
    guard try number(.checkDeviceState) == 0 else { throw .refused("CHECK_DEVICE_STATE") }
  }

  // MARK: Log

  /// Has the device take note of the pages that it writes.
  package func startLog(byteCount: Int) throws(FrontEndError) -> DirtyLog {
    let file: FileDescriptor
    let log: DirtyLog
    do throws(SystemError) { file = try .memory("log", byteCount: byteCount) } catch { throw .system(error) }
    do throws(VirtioError) { log = try DirtyLog(byteCount: byteCount, fileDescriptor: file.number) } catch {
      throw .virtio(error)
    }
    var payload = Payload(LogDescription.self)
    payload[\LogDescription.size] = UInt64(byteCount)
    _ = try ask(.setLogBase, payload, PassedDescriptors(file))
    try setFeatures(accepted.union(.logAll))
    return log
  }

  package func stopLog() throws(FrontEndError) { try setFeatures(accepted) }

  private func setFeatures(_ features: FeatureSet) throws(FrontEndError) {
    let all = features.union(.protocolFeatures).rawValue
    try send(.setFeatures, Payload(number: UInt64(truncatingIfNeeded: all)))
  }
}
