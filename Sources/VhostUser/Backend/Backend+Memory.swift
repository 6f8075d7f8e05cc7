import Virtio
import Wire

/// Guest memory, and the log of what the device writes to it.
extension Backend {
  func setMemoryTable(_ payload: Payload, _ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    let stride = MemoryRegionDescription.byteCount
    let count = payload.tail(after: MemoryTableHeader.self).count / stride
    guard Int(payload[\MemoryTableHeader.count]) == count else {
      throw .value("\(payload[\MemoryTableHeader.count]) regions in a payload of \(payload.bytes.count) bytes")
    }
    guard descriptors.count == count else { throw .descriptors(descriptors.count) }
    var new = MemoryTable()
    for index in 0..<count {
      guard let file = descriptors.take() else { throw .descriptors(index) }
      try new.add(payload, at: MemoryTableHeader.byteCount + index * stride, file)
    }
    try use(new)
  }

  func addMemoryRegion(_ payload: Payload, _ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    try checkIsSingle(payload)
    guard let file = descriptors.take() else { throw .descriptors(0) }
    var new = table
    try new.add(payload, at: SingleRegionHeader.byteCount, file)
    try use(new)
  }

  func removeMemoryRegion(_ payload: Payload) throws(Refusal.Reason) {
    try checkIsSingle(payload)
    var new = table
    try new.remove(payload, at: SingleRegionHeader.byteCount)
    try use(new)
  }

  private func checkIsSingle(_ payload: Payload) throws(Refusal.Reason) {
    let count = SingleRegionHeader.byteCount + MemoryRegionDescription.byteCount
    guard payload.bytes.count == count else { throw .size(payload.bytes.count) }
  }

  private func use(_ new: MemoryTable) throws(Refusal.Reason) {
    table = new
    applyMemory()
    try settle()
  }

  /// Gives the device the table's regions; rings that are in none any more stop.
  func applyMemory() {
    let positions = device.queues.map(\.state)
    do throws(VirtioError) {
      for queue in try device.replaceMemory(with: table.regions) {
        if let position = positions[queue.index] { rings[queue.index].position = position }
      }
    } catch { preconditionFailure("the table was checked: \(error)") }
  }

  // MARK: Log

  func setLog(_ payload: Payload, _ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    guard let file = descriptors.take() else { throw .descriptors(0) }
    guard let count = Int(exactly: payload[\LogDescription.size]), count > 0,
      let offset = Int(exactly: payload[\LogDescription.fileOffset])
    else { throw .value("a log of \(payload[\LogDescription.size]) bytes") }
    do throws(VirtioError) {
      log = try DirtyLog(byteCount: count, fileDescriptor: file.number, offset: offset)
    } catch { throw .memory(error) }
    applyLog()
  }

  func setLogCall(_ descriptors: inout PassedDescriptors) throws(Refusal.Reason) {
    logCall = try signal(&descriptors)
  }

  func applyLog() { device.memory.dirtyLog = isLogging ? log : nil }
}
