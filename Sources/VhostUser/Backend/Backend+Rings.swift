import Virtio
import Wire

/// Rings: set up piece by piece, running while all pieces are there.
extension Backend {
  func isRunning(_ ring: Vring) -> Bool { device.queues[ring.index].isEnabled }

  private var format: RingFormat { RingFormat(device.accepted) }

  private func ring(_ index: Int) throws(Refusal.Reason) -> Vring {
    guard rings.indices.contains(index) else { throw .ring(index) }
    return rings[index]
  }

  private func ring(_ payload: Payload) throws(Refusal.Reason) -> Vring {
    try ring(Int(payload[\RingNumber.index]))
  }

  /// The ring of a request that nothing may run during.
  private func stoppedRing(_ payload: Payload) throws(Refusal.Reason) -> Vring {
    let ring = try ring(payload)
    guard !isRunning(ring) else { throw .running(ring.index) }
    return ring
  }

  // MARK: Requests

  func setSize(_ payload: Payload) throws(Refusal.Reason) {
    let (ring, size) = (try stoppedRing(payload), Int(payload[\RingNumber.number]))
    guard (1...device.queues[ring.index].maximumSize).contains(size) else { throw .queueSize(size) }
    ring.size = size
    try settle(ring)
  }

  func setBase(_ payload: Payload) throws(Refusal.Reason) {
    let (ring, number) = (try stoppedRing(payload), payload[\RingNumber.number])
    guard format == .packed || number <= 0xffff else { throw .value("position \(number) of a split ring") }
    ring.position = RingState(number, format)
  }

  /// Stops the ring: after the answer, the device does not touch it any more.
  func getBase(_ payload: Payload) throws(Refusal.Reason) -> Payload {
    let ring = try ring(payload)
    stop(ring)
    inflight?.setRunning(ring.index, false)
    var reply = payload
    reply[\RingNumber.number] = ring.position.number(format)
    return reply
  }

  func setAddresses(_ payload: Payload) throws(Refusal.Reason) {
    let ring = try ring(Int(payload[\RingAddresses.index]))
    guard payload[\RingAddresses.flags] <= 1 else { throw .value("flags \(payload[\RingAddresses.flags])") }
    let addresses = QueueAddresses(
      descriptors: payload[\RingAddresses.descriptors], driver: payload[\RingAddresses.available],
      device: payload[\RingAddresses.used])
    // A front end says the same again to turn the log of used rings on, which is always on.
    guard addresses != ring.addresses else { return }
    pause(ring)
    ring.addresses = addresses
    try settle(ring)
  }

  func setEnable(_ payload: Payload) throws(Refusal.Reason) {
    let (ring, number) = (try ring(payload), payload[\RingNumber.number])
    guard number <= 1 else { throw .value("a ring is enabled with \(number)") }
    ring.isEnabled = number == 1
    try settle(ring)
  }

  func setKick(_ payload: Payload, _ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    let ring = try ring(payload, descriptors)
    let kick = try signal(&descriptors)
    forgetKick(ring)
    if let kick {
      do throws(SystemError) { try watcher?.watch(kick, for: .kick(ring.index)) } catch {
        throw .system(error.call, errno: error.code)
      }
      ring.kick = consume kick
    }
    ring.isStarted = true
    try settle(ring)
  }

  /// Whatever was used while nobody was listening is told of again, and what a back end used that died before it told;
  /// a call for nothing does no harm. QEMU starts the ring only afterwards.
  func setCall(_ payload: Payload, _ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    let ring = try ring(payload, descriptors)
    ring.call = try signal(&descriptors)
    ring.call?.signal()
  }

  func setError(_ payload: Payload, _ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    let ring = try ring(payload, descriptors)
    ring.error = try signal(&descriptors)
  }

  /// What one side tells the other by, without waiting; nil where nothing came.
  func signal(_ descriptors: inout PassedDescriptors) throws(Refusal.Reason) -> FileDescriptor? {
    guard let signal = descriptors.take() else { return nil }
    guard signal.isSignal else { throw .value("a file descriptor that is neither an eventfd nor a pipe") }
    signal.makeNonblocking()
    return signal
  }

  /// The ring of a descriptor, which came or is said not to.
  private func ring(
    _ payload: Payload, _ descriptors: borrowing PassedDescriptors
  ) throws(Refusal.Reason) -> Vring {
    let named = payload[\RingDescriptor.ring]
    guard named[\.reserved] == 0 else { throw .value("a ring 0x\(String(named.rawValue, radix: 16))") }
    guard descriptors.count == (named[\.isAbsent] == 1 ? 0 : 1) else { throw .descriptors(descriptors.count) }
    return try ring(Int(named[\.index]))
  }

  // MARK: Running

  /// Starts and stops rings by what is there for them; one that is in no region waits for it.
  func settle() throws(Refusal.Reason) {
    for ring in rings {
      if let addresses = ring.addresses, !table.contains(addresses) { pause(ring) } else { try settle(ring) }
    }
  }

  private func settle(_ ring: Vring) throws(Refusal.Reason) {
    guard ring.isStarted, ring.isEnabled, device.status.contains(.featuresOK), !table.regions.isEmpty,
      let size = ring.size, let addresses = ring.addresses
    else { return pause(ring) }
    guard !isRunning(ring) else { return }
    let guest = QueueAddresses(
      descriptors: try table.guestAddress(of: addresses.descriptors),
      driver: try table.guestAddress(of: addresses.driver), device: try table.guestAddress(of: addresses.device))
    do throws(VirtioError) {
      try restorePosition(of: ring, size, guest)
      begin(with: ring)
      try device.queues[ring.index].start(size: size, at: guest, from: ring.position)
      if isPolled { device.queues[ring.index].disableNotifications() }
    } catch { throw .memory(error) }
  }

  /// Where the guest sees the device. A split ring says so itself; of a packed one, the in-flight region does, if the
  /// device was away.
  private func restorePosition(of ring: Vring, _ size: Int, _ guest: QueueAddresses) throws(VirtioError) {
    let queue = device.queues[ring.index]
    if format == .split {
      ring.position.nextUsed = try device.memory.read(UInt16.self, address: guest.device + 2)
    }
    queue.journal = inflight?.journal(ring.index)
    guard format == .packed, let journal = queue.journal else { return }
    if inflight?.isRunning(ring.index) == true {
      ring.position = try journal.recover(in: device.memory, size: size, at: guest)
    }
    journal.reset(to: ring.position)
    inflight?.setRunning(ring.index, true)
  }

  /// Lets the accelerator know of the driver before its first ring runs.
  ///
  /// A control queue made anew is a driver that came anew, where the front end does not tell of resets.
  private func begin(with ring: Vring) {
    if isInherited {
      renew(keepingConfiguration: false)
    } else if ring.index == 0, ring.position.isFresh, hasStarted, !negotiated.contains(.resetDevice) {
      renew(keepingConfiguration: true)
    }
    // A front end that comes back need not have heard of what happened before it went.
    guard !hasStarted else { return tellOfError() }
    device.start()
    hasStarted = true
  }

  /// Resets the device under features that were agreed on already.
  func renew(keepingConfiguration: Bool) {
    let (features, configuration) = (device.accepted, device.configuration.bytes)
    disown()
    device.reset()
    (hasStarted, isInherited) = (false, false)
    forgetNews()
    if !features.isEmpty { _ = device.agree(on: features) }
    if keepingConfiguration { writeConfiguration(configuration, at: 0) }
  }

  /// The ring does not run for now, and goes on where it was.
  func pause(_ ring: Vring) {
    guard let position = device.queues[ring.index].stop() else { return }
    ring.position = position
  }

  /// The ring does not run until there is a new kick.
  func stop(_ ring: Vring) {
    pause(ring)
    forgetKick(ring)
    ring.isStarted = false
  }

  private func forgetKick(_ ring: Vring) {
    if let kick = ring.kick.take() { watcher?.forget(kick) }
  }
}
