import Glibc
package import Virtio
import Wire

/// What a driver on this side of the socket cannot do.
package enum FrontEndError: Error, Hashable, Sendable, CustomStringConvertible {
  case system(SystemError)
  /// The back end has refused a request.
  case refused(String)
  /// The back end has gone, or does not answer.
  case silence(String)
  /// The back end's word cannot be.
  case answer(String)
  case virtio(VirtioError)

  package var description: String {
    switch self {
    case .system(let error): "\(error)"
    case .refused(let request): "the back end refused \(request)"
    case .silence(let why): "the back end does not answer: \(why)"
    case .answer(let what): "the back end answered \(what)"
    case .virtio(let error): "\(error)"
    }
  }
}

/// The other end of the socket, for whoever drives a served device from this machine: it says what QEMU says, in
/// QEMU's order, and is a transport for a driver.
package final class FrontEnd {
  private var connection: Connection?
  /// What the back end offered, and what was taken of it.
  package private(set) var offered: FeatureSet = []
  package private(set) var protocolFeatures: ProtocolFeatures = []
  package private(set) var queueCount = 0
  /// Guest memory: what the back end is told of.
  package let memory: SharedMemory
  /// Kicks and calls, by ring.
  private(set) var kicks: [RingSignals] = []
  /// Whether the back end gets them; without, both sides look at the rings.
  let hasSignals: Bool
  /// The back end's own requests come here.
  private var channel: Connection?
  /// Kept for a back end that comes back.
  var inflight: (file: RingFile, description: Payload)?
  /// Which back end has the driver's SAs, as the in-flight region says.
  var identity: [UInt8] = []
  var status: DeviceStatus = []
  var accepted: FeatureSet = []
  var queues: [Int: QueueSetup] = [:]
  var isStarted = false
  /// What the driver wrote to the configuration space, by offset.
  var written: [Int: [UInt8]] = [:]
  /// The driver has not been told yet that the back end was away.
  private var hasReconnected = false
  /// Regions that were added one by one stay where they are until the connection ends.
  var hasPassedRegions = false
  /// The first thing that went wrong where nothing can be thrown: the connection is of no use from then on.
  package internal(set) var failure: FrontEndError?
  /// The device has to be reset, says this side: the back end was started anew and has forgotten the driver's SAs, or
  /// whoever has this end wants it.
  var mustReset = false
  /// Descriptors that something comes on, kept for their room.
  var watched: [pollfd] = []
  package let options: Options

  /// How a device appears to its driver, where the protocol does not say so.
  package struct Options: Sendable, Hashable {
    /// Virtio device ID.
    package var deviceID: UInt16 = 0
    /// Features that are offered, and not passed on.
    package var hidden: FeatureSet = []
    /// Largest size of a queue in entries.
    package var queueSize = 1024
    /// Milliseconds to wait for an answer.
    package var patience: Int32 = 10_000

    package init() {}
  }

  /// A ring's registers, as the driver wrote them.
  struct QueueSetup {
    var size: Int
    var addresses: QueueAddresses
  }

  /// Connects and agrees on the protocol.
  ///
  /// - Parameters:
  ///   - wanted: the protocol's features to take, as far as they are offered.
  ///   - hasSignals: whether rings have eventfds; without, both sides look at the rings.
  package init(
    _ socket: consuming FileDescriptor, memory: SharedMemory, protocolFeatures wanted: ProtocolFeatures = .all,
    hasSignals: Bool = true, options: Options = Options()
  ) throws(FrontEndError) {
    self.memory = memory
    self.hasSignals = hasSignals
    self.options = options
    try connect(socket, wanted)
  }

  /// Goes on over another connection, as after the back end was away; a device that ran runs again.
  ///
  /// A back end that lacks what the driver wrote to its registers, or has not taken over what the last one left, has
  /// none of the driver's SAs: it gets the registers, so that it answers what is in the rings, and the driver reads
  /// that the device needs a reset.
  package func reconnect(_ socket: consuming FileDescriptor) throws(FrontEndError) {
    let wasStarted = isStarted
    isStarted = false
    try connect(socket, protocolFeatures)
    hasReconnected = true
    guard wasStarted else { return }
    // With it comes what an earlier back end has left, registers included.
    try passInflight()
    let hasForgotten = try restoreRegisters()
    // Whoever answers has seen the region.
    _ = try number(.getFeatures)
    mustReset = mustReset || hasForgotten || inflightIdentity != identity
    try start(from: nil)
  }

  /// Goes on over another connection to another back end, with the device at rest, as the guest's new host does.
  package func move(_ socket: consuming FileDescriptor) throws(FrontEndError) {
    (isStarted, inflight) = (false, nil)
    try connect(socket, protocolFeatures)
  }

  package func disconnect() {
    connection = nil
    channel = nil
  }

  /// Whether there is a back end; one that broke its word is none.
  package var isConnected: Bool { connection != nil && failure == nil }

  /// Ends the connection, whose descriptor stays until `disconnect`: whoever waits for it sees the end.
  package func hangUp(_ error: FrontEndError) {
    if failure == nil { failure = error }
    shutdown(connectionNumber, Int32(SHUT_RDWR))
  }

  /// Numbers of descriptors; -1 where there is none.
  var connectionNumber: Int32 { connection?.socket.number ?? -1 }
  var channelNumber: Int32 { channel?.socket.number ?? -1 }

  private func connect(_ socket: consuming FileDescriptor, _ wanted: ProtocolFeatures) throws(FrontEndError) {
    connection = Connection(socket)
    (hasPassedRegions, failure) = (false, nil)
    offered = FeatureSet(rawValue: UInt128(try number(.getFeatures)))
    protocolFeatures = []
    if offered.contains(.protocolFeatures) {
      let features = ProtocolFeatures(rawValue: try number(.getProtocolFeatures)).intersection(wanted)
      // Results are agreed on by this, so that it has none.
      try send(.setProtocolFeatures, Payload(number: features.rawValue))
      protocolFeatures = features
    }
    queueCount = protocolFeatures.contains(.multipleQueues) ? Int(try number(.getQueueCount)) : 1
    if protocolFeatures.contains(.memorySlots) { _ = try number(.getMemorySlots) }
    if protocolFeatures.contains(.backendChannel) { try openChannel() }
    try send(.setOwner)
    while kicks.count < queueCount { kicks.append(try RingSignals()) }
    for index in 0..<queueCount { try sendSignals(index) }
  }

  private func openChannel() throws(FrontEndError) {
    var pair: SocketPair
    do throws(SystemError) { pair = try SocketPair() } catch { throw .system(error) }
    channel = Connection(pair.takeNear())
    try send(.setBackendChannel, Payload([]), pair.takeFar())
  }

  // MARK: Requests

  /// Sends a request, and waits until it has been done where the back end says so.
  package func send(_ request: Request, _ payload: Payload = Payload([])) throws(FrontEndError) {
    try send(request, payload, PassedDescriptors())
  }

  package func send(
    _ request: Request, _ payload: Payload, _ descriptor: consuming FileDescriptor
  ) throws(FrontEndError) {
    try send(request, payload, PassedDescriptors(descriptor))
  }

  package func send(
    _ request: Request, _ payload: Payload, _ descriptors: consuming PassedDescriptors
  ) throws(FrontEndError) {
    let asks = protocolFeatures.contains(.replyAcknowledge)
    try transmit(
      Frame(request.rawValue, flags: asks ? .requestWithResult : .request, payload, descriptors: descriptors))
    guard asks else { return }
    guard try receive(request).payload == Payload(number: 0) else { throw .refused("\(request.rule.name)") }
  }

  /// Sends a request that is answered with a number.
  package func number(_ request: Request, _ payload: Payload = Payload([])) throws(FrontEndError) -> UInt64 {
    try ask(request, payload).payload[\Number.value]
  }

  /// Sends a request that has an answer of its own.
  package func ask(
    _ request: Request, _ payload: Payload = Payload([]),
    _ descriptors: consuming PassedDescriptors = PassedDescriptors()
  ) throws(FrontEndError) -> Frame {
    try transmit(Frame(request.rawValue, payload, descriptors: descriptors))
    return try receive(request)
  }

  /// Sends a frame as it stands.
  package func transmit(_ frame: consuming Frame) throws(FrontEndError) {
    do throws(Connection.Ending) { try connection?.send(frame) } catch { throw .silence("\(error)") }
  }

  /// Sends part of a frame, or of anything.
  package func transmit(part bytes: [UInt8]) throws(FrontEndError) {
    do throws(SystemError) { _ = try connection?.socket.send(bytes) } catch { throw .system(error) }
  }

  /// Waits for an answer.
  package func receive(_ request: Request) throws(FrontEndError) -> Frame {
    while true {
      do throws(Connection.Ending) {
        guard let frame = try connection?.receive() else { throw .gone }
        if frame.request == request.rawValue, frame.flags[\.reply] == 1 { return frame }
      } catch {
        guard error == .nothing else { throw .silence("\(error)") }
        try wait()
        continue
      }
      throw .answer("another request than \(request.rule.name)")
    }
  }

  private func wait() throws(FrontEndError) {
    var waited = pollfd(fd: connectionNumber, events: Int16(POLLIN), revents: 0)
    guard poll(&waited, 1, options.patience) > 0 else { throw .silence("for \(options.patience) ms") }
  }

  // MARK: The back end's requests

  /// Whether the back end has told of a change of the configuration, or was away, since this was last asked.
  package func takeConfigurationChange() -> Bool {
    var hasChanged = hasReconnected
    hasReconnected = false
    do throws(Connection.Ending) {
      while let frame = try channel?.receive() {
        if frame.request == BackendRequest.configurationChanged.rawValue { hasChanged = true }
      }
    } catch {
      if error != .nothing { channel = nil }
    }
    return hasChanged
  }
}

/// Eventfds of a ring, this side's.
final class RingSignals {
  let kick: FileDescriptor
  let call: FileDescriptor
  let error: FileDescriptor

  init() throws(FrontEndError) {
    do throws(SystemError) {
      kick = try .event()
      call = try .event()
      error = try .event()
    } catch { throw .system(error) }
  }
}

/// A file that is passed on again and again.
final class RingFile {
  let descriptor: FileDescriptor
  init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }
}
