public import Virtio

/// A virtqueue of a driver (`struct virtqueue`).
public final class Virtqueue {
  public let index: Int
  public let name: String
  /// Size in entries.
  public let size: Int
  // What the ring calls on its way, nothing but an observer of memory, must not come back to the queue.
  @exclusivity(unchecked) private var ring: AnyDriverRing
  private let transport: any DriverTransport
  private let sendsPosition: Bool
  private unowned let owner: KernelDevice
  private let memory: UInt64
  private let callback: () -> Void
  /// Nothing may be made available any more: the device is reset, broken, or gone.
  @exclusivity(unchecked) public var isBroken = false
  /// Chains that the device has not used yet.
  @exclusivity(unchecked) public private(set) var inFlight = 0

  /// What a driver wants of a queue.
  public struct Wish {
    public let name: String
    /// Largest size in entries.
    public let size: Int
    /// Called for an interrupt of the queue.
    public let callback: () -> Void

    public init(_ name: String, size: Int, callback: @escaping () -> Void) {
      self.name = name
      self.size = size
      self.callback = callback
    }
  }

  init(_ index: Int, _ wish: Wish, _ device: VirtioBusDevice) throws(DriverError) {
    let transport = device.transport, kernel = device.kernel, features = device.features
    let format = RingFormat(features)
    let maximum = transport.maximumSize(ofQueue: index)
    guard maximum > 0, maximum <= maximumQueueSize else {
      throw DriverError(.ENOENT, device.device.label, "no queue \(index) (\(wish.name)): size \(maximum)")
    }
    let largest = min(wish.size, maximum)
    size = format == .packed ? largest : 1 << (Int.bitWidth - 1 - largest.leadingZeroBitCount)
    memory = try kernel.dma.allocateCoherent(QueueAddresses.byteCount(format, size: size), for: device.device)
    let addresses = QueueAddresses(format, size: size, at: memory)
    do throws(VirtioError) {
      ring = try AnyDriverRing(
        format, in: kernel.pages.memory, size: size, at: addresses, options: RingOptions(features))
    } catch {
      kernel.dma.freeCoherent(memory, of: device.device)
      throw DriverError(error, device.device.label)
    }
    self.index = index
    self.transport = transport
    name = wish.name
    callback = wish.callback
    owner = device.device
    sendsPosition = features.contains(.notificationData)
    device.trace("setup_vq \(index) \(name) size \(size)")
    transport.setUpQueue(index, size: size, at: addresses)
  }

  func free() {
    isBroken = true
    owner.kernel.dma.freeCoherent(memory, of: owner)
  }

  /// Writes a chain into the ring: the first `readableCount` buffers are device-readable, the rest device-writable.
  ///
  /// - Parameter token: comes back with the completion.
  /// - Throws: `DriverError`: ENOSPC, EIO on a broken queue.
  public func add(_ buffers: Span<Buffer>, readableCount: Int, token: UInt64) throws(DriverError) {
    guard !isBroken else { throw DriverError(.EIO, owner.label, "queue \(name) is broken") }
    do throws(VirtioError) { try ring.add(buffers, readableCount: readableCount, token: token) } catch {
      throw DriverError(error, owner.label)
    }
    inFlight += 1
  }

  /// Shows the device what was added, and notifies it if it wants that.
  public func kick() {
    guard !isBroken, ring.publish() else { return }
    transport.notify(queue: index, position: sendsPosition ? ring.notificationPosition : nil)
  }

  /// Takes the next used buffer; nil when there is none. A device that lies breaks the queue.
  public func reap() -> Completion? {
    guard !isBroken else { return nil }
    do throws(VirtioError) {
      let completion = try ring.reap()
      if completion != nil { inFlight -= 1 }
      return completion
    } catch {
      isBroken = true
      owner.info("queue \(name): \(error)")
      return nil
    }
  }

  /// Descriptors left.
  public var freeCount: Int { ring.freeCount }
  /// Asks for interrupts; true when used buffers wait already.
  public func enableInterrupts() -> Bool { ring.enableInterrupts() }
  /// Asks for silence.
  public func disableInterrupts() { ring.disableInterrupts() }

  func interrupt() { if !isBroken { callback() } }
}
