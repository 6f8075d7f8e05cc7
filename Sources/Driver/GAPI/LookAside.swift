public import Spec

/// The g-API in Swift: the accelerators that the driver has, and who uses them.
///
/// Like everything on a kernel, it is for one thread at a time.
public final class LookAside {
  public let kernel: Kernel
  /// Accelerators that are there, in the order in which they came.
  public private(set) var devices: [LookAsideDevice] = []
  private var nextNumber: UInt32 = 0

  /// - Parameter driver: whose accelerators these are; it has none yet.
  public init(_ kernel: Kernel, _ driver: IPsecDriver) {
    self.kernel = kernel
    driver.added = { [unowned self] in add($0) }
  }

  private func add(_ instance: IPsecInstance) {
    let device = LookAsideDevice(instance, number: nextNumber)
    nextNumber += 1
    devices.append(device)
    instance.broken = { [unowned self, unowned device] in
      // Of a device that nobody has open, the list is all that keeps it.
      let gone: LookAsideDevice = device
      devices.removeAll { $0 === gone }
      gone.breakDown()
    }
  }

  /// Those that applications have open.
  public var activeDevices: [LookAsideDevice] { devices.filter { $0.mode != .available } }

  /// Opens an accelerator for an application.
  ///
  /// - Parameters:
  ///   - name: which one; nil for the first that can be had.
  ///   - identity: the application's name in lists.
  /// - Throws: `DriverError`: ENODEV where there is none, EBUSY where others have it, EINVAL for `available`.
  public func open(
    _ mode: GAPI.Mode, name: String? = nil, identity: String = ""
  ) throws(DriverError) -> LookAsideApplication {
    let candidates = devices.filter { name == nil || $0.name == name }
    guard mode != .available else { throw DriverError(.EINVAL, "g-api", "no mode to open an accelerator in") }
    guard !candidates.isEmpty else { throw DriverError(.ENODEV, "g-api", "no such accelerator") }
    guard let device = candidates.first(where: { $0.accepts(mode) }) else {
      throw DriverError(.EBUSY, "g-api", "accelerator is in use")
    }
    let application = LookAsideApplication(device, mode, identity: identity)
    device.add(application)
    return application
  }

  /// Goes on with everything that can go on now: packets in, answers out.
  public func run() {
    var hasMoved: Bool
    repeat {
      kernel.scheduler.run()
      hasMoved = false
      for device in devices where device.advance() { hasMoved = true }
    } while hasMoved
  }
}
