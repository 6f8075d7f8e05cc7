import Glibc
import Virtio
import Wire

/// Starting and stopping a device, as QEMU does when the guest sets DRIVER_OK, and when it resets or pauses.
extension FrontEnd {
  /// Passes on all that the driver has said.
  ///
  /// - Parameter positions: where each ring goes on; nil where the back end may have died and memory says.
  package func start(from positions: [Int: UInt32]?) throws(FrontEndError) {
    var features = accepted
    if offered.contains(.protocolFeatures) { features.insert(.protocolFeatures) }
    try send(.setFeatures, Payload(number: UInt64(truncatingIfNeeded: features.rawValue)))
    if protocolFeatures.contains(.status) { try setStatus([.featuresOK]) }
    try passInflight()
    try passMemory()
    for (index, setup) in queues.sorted(by: { $0.key < $1.key }) {
      let position = if let positions { positions[index] ?? fresh } else { try usedPosition(setup) }
      try passRing(index, setup, position: position)
    }
    if protocolFeatures != [] { for index in 0..<queueCount { try enable(index, true) } }
    if protocolFeatures.contains(.status) { try setStatus([.acknowledge, .driver, .driverOK, .featuresOK]) }
    identity = inflightIdentity
    isStarted = true
  }

  /// Stops all rings; where each stood.
  package func stop() throws(FrontEndError) -> [Int: UInt32] {
    var positions: [Int: UInt32] = [:]
    if protocolFeatures != [] { for index in 0..<queueCount { try enable(index, false) } }
    for index in queues.keys.sorted() {
      positions[index] = try ask(.getRingBase, numbered(index, 0)).payload[\RingNumber.number]
    }
    if protocolFeatures.contains(.status) { try setStatus([]) }
    isStarted = false
    return positions
  }

  private func setStatus(_ status: DeviceStatus) throws(FrontEndError) {
    try send(.setStatus, Payload(number: UInt64(status.rawValue)))
  }

  func passInflight() throws(FrontEndError) {
    guard protocolFeatures.contains(.inflightRegion) else { return }
    if inflight == nil {
      var wanted = Payload(InflightDescription.self)
      wanted[\InflightDescription.queueCount] = UInt16(queueCount)
      wanted[\InflightDescription.queueSize] = UInt16(queues.values.map(\.size).max() ?? 1)
      var answer = try ask(.getInflightRegion, wanted)
      guard let file = answer.descriptors.take() else { throw .answer("no file of an in-flight region") }
      inflight = (RingFile(file), answer.payload)
    }
    guard let inflight else { return }
    try send(.setInflightRegion, inflight.description, try copy(inflight.file.descriptor))
  }

  /// How the in-flight region starts; nothing where there is none.
  var inflightIdentity: [UInt8] {
    guard let inflight else { return [] }
    var bytes = [UInt8](repeating: 0, count: InflightRegion.identityByteCount)
    let start = Int(inflight.description[\InflightDescription.fileOffset])
    return pread(inflight.file.descriptor.number, &bytes, bytes.count, start) == bytes.count ? bytes : []
  }

  /// Region by region where the back end takes them so, else all at once.
  package func passMemory() throws(FrontEndError) {
    if protocolFeatures.contains(.memorySlots) {
      guard !hasPassedRegions else { return }
      hasPassedRegions = true
      for index in 0..<memory.count {
        let region = Payload(Payload(SingleRegionHeader.self).bytes + memory.description(index).bytes)
        try send(.addMemoryRegion, region, try memory.file(index))
      }
    } else {
      var table = Payload(MemoryTableHeader.self)
      table[\MemoryTableHeader.count] = UInt32(memory.count)
      var files = PassedDescriptors()
      for index in 0..<memory.count {
        table = Payload(table.bytes + memory.description(index).bytes)
        files.append(try memory.file(index))
      }
      try send(.setMemoryTable, table, files)
    }
  }

  private func passRing(_ index: Int, _ setup: QueueSetup, position: UInt32) throws(FrontEndError) {
    try send(.setRingSize, numbered(index, setup.size))
    try send(.setRingBase, numbered(index, Int(position)))
    var addresses = Payload(RingAddresses.self)
    addresses[\RingAddresses.index] = UInt32(index)
    addresses[\RingAddresses.descriptors] = memory.userAddress(of: setup.addresses.descriptors)
    addresses[\RingAddresses.used] = memory.userAddress(of: setup.addresses.device)
    addresses[\RingAddresses.available] = memory.userAddress(of: setup.addresses.driver)
    try send(.setRingAddresses, addresses)
    try pass(kicks[index].kick, as: .setRingKick, of: index)
    try pass(kicks[index].call, as: .setRingCall, of: index)
  }

  package func enable(_ index: Int, _ isEnabled: Bool) throws(FrontEndError) {
    try send(.setRingEnable, numbered(index, isEnabled ? 1 : 0))
  }

  /// Stops a ring for a while, or lets it go on, as far as the driver has set it up.
  package func hold(_ index: Int, _ isHeld: Bool) {
    guard isStarted, queues[index] != nil else { return }
    tried { () throws(FrontEndError) in try enable(index, !isHeld) }
  }

  func sendSignals(_ index: Int) throws(FrontEndError) {
    try pass(kicks[index].call, as: .setRingCall, of: index)
    try pass(kicks[index].error, as: .setRingError, of: index)
  }

  /// Passes an eventfd of a ring on, or says that there is none.
  private func pass(
    _ descriptor: borrowing FileDescriptor, as request: Request, of index: Int
  ) throws(FrontEndError) {
    var payload = Payload(RingDescriptor.self)
    payload[\RingDescriptor.ring][\.index] = UInt64(index)
    guard hasSignals else {
      payload[\RingDescriptor.ring][\.isAbsent] = 1
      return try send(request, payload)
    }
    try send(request, payload, try copy(descriptor))
  }

  /// Where a new ring starts.
  private var fresh: UInt32 { RingState().number(RingFormat(accepted)) }

  /// What the guest sees as used, which is where a back end that died has to go on: all before is done.
  private func usedPosition(_ setup: QueueSetup) throws(FrontEndError) -> UInt32 {
    guard RingFormat(accepted) == .split else { return fresh }
    do throws(VirtioError) {
      return UInt32(try memory.guest.read(UInt16.self, address: setup.addresses.device + 2))
    } catch { throw .virtio(error) }
  }

  private func numbered(_ index: Int, _ number: Int) -> Payload {
    var payload = Payload(RingNumber.self)
    payload[\RingNumber.index] = UInt32(index)
    payload[\RingNumber.number] = UInt32(number)
    return payload
  }

  private func copy(_ descriptor: borrowing FileDescriptor) throws(FrontEndError) -> FileDescriptor {
    do throws(SystemError) { return try descriptor.duplicate() } catch { throw .system(error) }
  }
}
