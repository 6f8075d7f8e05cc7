import Driver
import VhostUser
import Virtio
import Wire

/// A device behind a vhost-user socket (`ipsec-la serve`), without a virtual machine: this process is the front end.
///
/// A thread connects, waits for interrupts, and connects again. A device whose back end has gone is lost: its driver
/// makes the SAs again when the back end is back soon, and else the device is pulled out.
final class ServedSlot: Slot {
  let definition: Definition
  private let place: DevicePlace.Socket
  private let memory: SharedMemory
  private let kernel: Kernel
  private let parent: TransportDevice
  private var frontEnd: FrontEnd?
  /// Wakes the thread.
  private let wake: FileDescriptor
  private let number: Int
  private var hasThread = false
  private(set) var isTaken = false
  private(set) var isSettled = true
  /// When the back end went away; nil while it is there, and when nobody expects it.
  private var lostAt: UInt64?
  /// What went wrong before there was anything here.
  private var complaint: String?
  private var hasWorked = false

  /// - Throws: `DriverError`, ENOMEM.
  init(
    _ number: Int, _ place: DevicePlace.Socket, _ definition: Definition, _ memory: SharedMemory, _ kernel: Kernel
  ) throws(DriverError) {
    (self.number, self.place, self.definition) = (number, place, definition)
    (self.memory, self.kernel) = (memory, kernel)
    parent = try TransportDevice("vhost-user.\(number)", kernel)
    do throws(SystemError) { wake = try .event() } catch { throw DriverError(.ENOMEM, "vhost-user", "\(error)") }
  }

  // MARK: Slot

  func plug() throws(DriverError) {
    if !hasThread {
      guard Worker("/\(number)", { [number] in Library.shared.attend(number) }) != nil else {
        throw DriverError(.ENOMEM, "vhost-user", "no thread")
      }
      hasThread = true
    }
    (isTaken, isSettled) = (true, false)
    wake.signal()
  }

  func unplug() {
    isTaken = false
    pull()
    wake.signal()
  }

  /// The back end stops the rings for packets and events; the control queue goes on.
  func hold(_ isHeld: Bool) {
    guard let frontEnd else { return }
    for ring in 1..<max(1, frontEnd.queueCount) { frontEnd.hold(ring, isHeld) }
  }

  func needReset() {
    frontEnd?.needReset()
    parent.changeConfiguration()
  }

  /// Nobody has the device any more. The connection ends last: the back end leaves memory alone before others have it.
  private func pull() {
    lostAt = nil
    parent.pull()
    frontEnd?.hangUp(.silence("the device was pulled out"))
  }

  // MARK: The thread

  /// What the thread waits for without the lock.
  struct Rest: Sendable {
    var descriptors: [Int32]
    var milliseconds: Int32
    /// Where to connect afterwards; nil for nowhere.
    var path: String?
  }

  /// Goes on with what has happened.
  func turn(_ attempt: consuming Attempt) -> Rest {
    _ = wake.takeSignals()
    switch consume attempt {
    case .none: break
    case .failed(let problem):
      complain(problem)
      isSettled = true
    case .connected(let socket):
      if isTaken, !isConnected { attach(socket) }
      isSettled = true
    }
    takeEvents()
    kernel.scheduler.run()
    giveUp()
    return rest
  }

  private var isConnected: Bool { frontEnd?.isConnected ?? false }

  private var rest: Rest {
    guard isTaken else {
      frontEnd?.disconnect()
      return Rest(descriptors: [wake.number], milliseconds: -1, path: nil)
    }
    // Now and then, a look whether the driver has given the device up.
    if isConnected { return Rest(descriptors: [wake.number] + descriptors, milliseconds: 1000, path: nil) }
    guard isSettled else { return Rest(descriptors: [], milliseconds: 0, path: place.path) }
    return Rest(descriptors: [wake.number], milliseconds: pause, path: place.path)
  }

  /// Milliseconds until it is tried again to connect.
  private var pause: Int32 { lostAt != nil ? 20 : frontEnd?.failure != nil ? 500 : 100 }

  private func attach(_ socket: consuming FileDescriptor) {
    do throws(FrontEndError) {
      if let frontEnd {
        try frontEnd.move(socket)
      } else {
        frontEnd = try FrontEnd(socket, memory: memory, options: options)
      }
    } catch {
      frontEnd?.hangUp(error)
      return complain("\(error)")
    }
    guard let frontEnd else { return }
    guard !parent.isPlugged else {
      // What the device knew is gone: the driver makes it again.
      lostAt = nil
      return needReset()
    }
    do throws(DriverError) { try parent.plug(frontEnd) } catch { complain("\(error)") }
    if parent.driverData is IPsecInstance { hasWorked = true } else {
      complain(frontEnd.failure.map { "\($0)" } ?? "no driver takes the device")
      pull()
    }
  }

  private var options: FrontEnd.Options {
    var options = FrontEnd.Options()
    options.deviceID = UInt16(definition.identity.deviceID)
    options.hidden = place.isPacked ? [] : .ringPacked
    options.queueSize = place.queueSize
    options.patience = 1000
    return options
  }

  /// Of a device that does not come back, or that its driver has given up, nobody expects anything any more.
  private func giveUp() {
    let patience = UInt64(place.reconnect) * 1_000_000_000
    let isLost = lostAt.map { kernel.scheduler.now - $0 > patience } ?? false
    let isBroken = (parent.driverData as? IPsecInstance)?.state == .gone
    if isLost || isBroken { pull() }
  }

  /// Tells whoever runs the program why there is no device; once, and only of what never was there.
  private func complain(_ problem: String) {
    guard !hasWorked, complaint != problem else { return }
    complaint = problem
    Library.tell("vhost-user:\(place.path): \(problem)")
  }

  // MARK: Events

  /// What interrupts come on.
  var descriptors: [Int32] { isConnected ? frontEnd?.descriptors ?? [] : [] }

  /// Passes on what has come.
  func takeEvents() {
    frontEnd?.takeEvents { event in
      switch event {
      case .interrupt(let ring): parent.interrupt(queue: ring)
      case .configuration: parent.changeConfiguration()
      case .loss: break
      }
    }
    guard isTaken, parent.isPlugged, !isConnected, lostAt == nil else { return }
    lostAt = kernel.scheduler.now
    needReset()
  }
}
