import ArgumentParser
import CBaseline
import Foundation
import Virtio

/// `ipsec-la bench virtio`: ring round trips against careful C, in one run.
struct VirtioBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtio",
    abstract: "Virtqueue round trips against a minimal careful ring in C.",
    discussion: """
      A round trip: the driver adds a chain of three descriptors and publishes it; the device takes it, reads 8 bytes \
      and writes them back, uses and publishes it; the driver reaps it. What was read, written and reaped is checked \
      after each turn. Ring and baseline are measured in turns, in processor time; the medians are compared. A ratio \
      of 0.50 means half the speed of C.
      """)

  @Option(help: "How many turns each gets.")
  var rounds = 15

  @Option(help: "Round trips a turn.")
  var trips: UInt64 = 1_000_000

  func validate() throws {
    try Bench.check(rounds: rounds)
    guard trips > 0 else { throw ValidationError("--trips 0: there is at least one round trip.") }
  }

  func run() throws {
    #if DEBUG
      print("This is not a release build: its numbers say nothing about speed or allocations. Use -c release.")
    #endif
    print("format   C, M/s  Swift, M/s  ratio  allocations in \(trips) round trips")
    try compare(RingFormat.split, ring_split_run) { memory, addresses in
      try SplitDriverRing(in: memory, size: ringBenchSize, at: addresses, options: RingOptions())
    } device: { memory, addresses in
      try SplitDeviceRing(in: memory, size: ringBenchSize, at: addresses, options: RingOptions())
    }
    try compare(RingFormat.packed, ring_packed_run) { memory, addresses in
      try PackedDriverRing(in: memory, size: ringBenchSize, at: addresses, options: RingOptions())
    } device: { memory, addresses in
      try PackedDeviceRing(in: memory, size: ringBenchSize, at: addresses, options: RingOptions())
    }
  }

  private func compare<Driver: DriverRing & ~Copyable, Device: DeviceRing & ~Copyable>(
    _ format: RingFormat, _ baseline: (UnsafePointer<ring_memory>?, UInt16, UInt64) -> UInt64,
    driver: (GuestMemory, QueueAddresses) throws -> Driver, device: (GuestMemory, QueueAddresses) throws -> Device
  ) throws {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: ringBenchByteCount, alignment: 4096)
    defer { bytes.deallocate() }
    var memory = ring_memory(base: bytes.bindMemory(to: UInt8.self).baseAddress, size: UInt64(bytes.count))
    let requests = UnsafeMutableRawBufferPointer(rebasing: bytes[ringBenchRequests...])
    requests.copyBytes(from: RequestPattern.bytes)
    let driverMemory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: ringBenchByteCount)])
    let deviceMemory = GuestMemory(sharing: driverMemory)
    let addresses = QueueAddresses(format, size: ringBenchSize, at: 0)
    try RequestPattern.bytes.withUnsafeBytes { try driverMemory.write(address: UInt64(ringBenchRequests), $0) }
    var pair = RingPair(
      driver: try driver(driverMemory, addresses), device: try device(deviceMemory, addresses),
      chain: Chain(in: deviceMemory))
    _ = try pair.run(trips / 10)
    let expected = RequestPattern.sum(trips)

    var (c, swift): ([Double], [Double]) = ([], [])
    var allocations: UInt64 = 0
    for _ in 0..<rounds {
      c.append(try seconds(expected) { baseline(&memory, UInt16(ringBenchSize), trips) })
      let before = esp_allocations()
      let duration = try seconds(expected) { try pair.run(trips) }
      allocations = max(allocations, esp_allocations() - before)
      swift.append(duration)
    }
    let answered = try driverMemory.bytes(address: UInt64(ringBenchRequests), byteCount: RequestPattern.bytes.count)
    guard RequestPattern.isAnswered(UnsafeRawBufferPointer(requests), after: trips),
      answered.withUnsafeBytes({ RequestPattern.isAnswered($0, after: trips) })
    else { throw CommandError("bench virtio: a request was not answered") }
    let rate = (c: Double(trips) / median(c) / 1e6, swift: Double(trips) / median(swift) / 1e6)
    print(
      format.rawValue.padding(toLength: 6, withPad: " ", startingAt: 0),
      String(format: "%8.1f  %10.1f  %5.2f  %11d", rate.c, rate.swift, rate.swift / rate.c, allocations))
  }

  /// The processor time that a run takes, which is to make the sum that it should.
  private func seconds(_ expected: UInt64, _ run: () throws -> UInt64) throws -> Double {
    let start = threadTime()
    let sum = try run()
    let duration = (threadTime() - start) / 1e9
    guard sum == expected else { throw CommandError("bench virtio: a ring went wrong: sum \(sum), not \(expected)") }
    return duration
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

private let ringBenchByteCount = 1 << 20
/// Where requests start: in the middle, as the baseline has it.
private let ringBenchRequests = ringBenchByteCount / 2
private let ringBenchSize = 256

/// Both ends of a virtqueue in one thread.
private struct RingPair<Driver: DriverRing & ~Copyable, Device: DeviceRing & ~Copyable>: ~Copyable {
  var driver: Driver
  var device: Device
  var chain: Chain

  /// Makes round trips; a checksum over what was served.
  mutating func run(_ trips: UInt64) throws -> UInt64 {
    var sum: UInt64 = 0
    for trip in 0..<trips {
      let base = UInt64(ringBenchRequests) + (trip & 63) * 256
      let buffers: InlineArray<3, Buffer> = [
        Buffer(address: base, byteCount: 16), Buffer(address: base + 64, byteCount: 64),
        Buffer(address: base + 128, byteCount: 64),
      ]
      try driver.add(buffers.span, readableCount: 2, token: trip, table: nil)
      _ = driver.publish()
      guard try device.pop(into: &chain) else { return 0 }
      guard let value = chain.read(UInt64.self, at: 0), chain.write(value, at: 0) else { return 0 }
      device.complete(chain)
      _ = device.publish()
      guard let completion = try driver.reap() else { return 0 }
      sum &+= value &+ completion.token
    }
    return sum
  }
}
