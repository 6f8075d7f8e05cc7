import Device
import Driver
import Spec
import Testbench
import Testing
import Virtio

/// Completions that come back to the g-API with packets of their own.
@Suite struct CompletionTests {
  /// How the first completion has more packets wait, and gone on with.
  enum Way: CaseIterable {
    /// Polled, in another queue than the one whose completions are told at that time.
    case polled
    /// Not polled, in the same queue.
    case run
  }

  let platform: Platform
  let lookAside: LookAside
  let application: LookAsideApplication
  let outbound, inbound: LookAsideSA
  private let memory = Memory()

  /// On a device that takes one packet at a time, each comes back by itself.
  init() throws {
    var parameters = IPsecDriver.Parameters()
    parameters.features = Feature.allCases.reduce(into: FeatureSet()) { features, feature in
      if feature != .multiPacket { features.formUnion(FeatureSet(bit: Int(feature.rawValue))) }
    }
    platform = try Platform(PlatformTree.board(mmio: []), parameters: parameters)
    lookAside = LookAside(platform.kernel, platform.driver)
    try platform.insert(into: 0)
    try platform.boot()
    application = try lookAside.open(.exclusive)
    outbound = try application.addSA([LookAsideTests.tunnel], direction: .outbound)
    inbound = try application.addSA([LookAsideTests.tunnel], direction: .inbound)
  }

  @Test(arguments: Way.allCases)
  func `a completion that waits for a packet of its own has none of those that wait submitted twice`(
    _ way: Way
  ) throws {
    // What the completions come with: packets to open, or to seal.
    let sa = way == .polled ? inbound : outbound
    let input = try (0..<3).map { way == .polled ? try sealed($0) : memory.packet($0) }
    let before = application.device.counters.packetsIn
    var told: [String] = []
    func packet(_ name: String, _ input: UnsafeRawBufferPointer) -> LookAsidePacket {
      LookAsidePacket(sa, input: [input], output: [memory.take(300)]) { result in
        told.append((try? result.get()) == nil ? "\(name) failed" : name)
      }
    }
    let (third, fourth, fifth) = (packet("third", input[0]), packet("fourth", input[1]), packet("fifth", input[2]))
    let second = LookAsidePacket(outbound, input: [memory.packet(8)], output: [memory.take(300)]) { _ in
      told.append("second")
      #expect(throws: Never.self) { try application.process(fifth) }
    }
    let first = LookAsidePacket(outbound, input: [memory.packet(9)], output: [memory.take(300)]) { _ in
      told.append("first")
      #expect(throws: Never.self) { try application.submit([third, fourth], isPolled: way == .polled) }
      if way == .run { lookAside.run() }
    }
    try application.submit([first, second], isPolled: true)
    lookAside.run()
    #expect(told == ["first", "second", "third", "fourth", "fifth"])
    #expect(application.device.counters.packetsIn - before == 5)
    #expect(application.device.inFlight == 0)
    #expect(platform.kernel.dma.complaints == [])
  }

  /// A packet that was encapsulated.
  private func sealed(_ number: UInt8) throws -> UnsafeRawBufferPointer {
    let output = memory.take(300)
    let byteCount = try application.process(LookAsidePacket(outbound, input: [memory.packet(number)], output: [output]))
    return UnsafeRawBufferPointer(rebasing: output[..<byteCount])
  }

  @Test func `a packet that its completion submits again is refused once the device has gone`() throws {
    var results: [Errno?] = []
    var packet: LookAsidePacket!
    packet = LookAsidePacket(outbound, input: [memory.packet(1)], output: nil) { result in
      if case .failure(let error) = result { results.append(error.errno) }
      do throws(DriverError) { try application.submit([packet]) } catch { results.append(error.errno) }
    }
    platform.accelerator(in: 0)?.onNotify = { _, _ in }
    try application.submit([packet])
    lookAside.run()
    var isBroken = false
    application.broken = { isBroken = true }
    try platform.kernel.unload("virtio_ipsec")
    #expect(results == [.ENODEV, .ENODEV])
    #expect(isBroken)
    packet = nil
  }
}

/// Memory of an application's, for as long as a test.
private final class Memory {
  private var pieces: [UnsafeMutableRawBufferPointer] = []

  deinit { for piece in pieces { piece.deallocate() } }

  func take(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
    pieces.append(.allocate(byteCount: byteCount, alignment: 8))
    return pieces[pieces.count - 1]
  }

  /// An IPv4 packet whose data says which one it is.
  func packet(_ number: UInt8) -> UnsafeRawBufferPointer {
    let piece = take(100)
    piece.initializeMemory(as: UInt8.self, repeating: number)
    piece.copyBytes(from: [0x45, 0, 0, 100, 0, 1, 0, 0, 64, 59, 0x66, 0x59, 10, 1, 0, 1, 10, 2, 0, 2])
    return UnsafeRawBufferPointer(piece)
  }
}
