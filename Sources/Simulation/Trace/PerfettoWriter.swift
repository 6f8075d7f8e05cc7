public import Clockwork
import CycleModel

/// A trace for Perfetto: a track for each lane of each unit with a slice for each request or batch, and an arrow
/// through all of a request's slices, from the driver's ring to the driver's interrupt. A request is a chain: where it
/// can have several packets, slices on the lanes say the packet's number in it, and those behind the lanes how many it
/// has.
///
/// A file is a `Trace` of perfetto_trace.proto: `TracePacket`s with `TrackDescriptor`s and `TrackEvent`s. Times are
/// nanoseconds.
///
/// What happens before the trace begins is followed: the slices that are open then begin with it, and so do the arrows
/// of the requests that are under way.
public struct PerfettoWriter {
  private let sink: ([UInt8]) -> Void
  private var tracks: Set<UInt64> = []
  /// The slices that have begun, by track.
  private var open: [UInt64: Slice] = [:]
  /// The requests that are under way, by serial.
  private var underWay: [UInt64: Request] = [:]
  /// What has been counted so far, by track.
  private var counts: [UInt64: UInt64] = [:]
  private var hasBegun = false
  private var bytes: [UInt8] = []
  private let pairs: Int
  /// Whether a request can have several packets.
  private let hasChains: Bool

  private struct Slice {
    let name: String
    let flow: UInt64
  }

  private struct Request {
    let queue: UInt16
    /// That have come to a lane.
    var packets: UInt64 = 0
  }

  private enum Event: UInt64 {
    case begin = 1
    case end, instant, counter
  }

  /// - Parameter sink: takes the file piece by piece.
  public init(_ scenario: Scenario, sink: @escaping ([UInt8]) -> Void) {
    self.sink = sink
    pairs = scenario.pairs
    hasChains = scenario.flows.contains { $0.packetsPerChain > 1 }
    for unit in CycleModel.Unit.allCases {
      describe(Self.group(unit), in: 0, unit == .ring ? "driver" : unit.name)
    }
    for counter in Counter.allCases { describe(Self.track(counter), in: 0, counter.name, isCounter: true) }
    describe(Self.faults, in: 0, "faults")
  }

  /// Takes notice of records from before the beginning.
  public mutating func follow(_ records: Span<TraceRecord>) {
    for index in records.indices { write(records[index]) }
  }

  /// Writes the tracks, and what is under way at this moment.
  public mutating func begin(at instant: Instant) {
    hasBegun = true
    for (track, count) in counts.sorted(by: { $0.key < $1.key }) {
      emit(.counter, on: track, at: instant, value: count)
    }
    for (serial, request) in underWay.sorted(by: { $0.key < $1.key }) {
      emit(.instant, on: track(.ring, request.queue), at: instant, "request \(serial), under way", flow: serial)
    }
    for (track, slice) in open.sorted(by: { $0.key < $1.key }) { begin(slice, on: track, at: instant) }
    flush()
  }

  /// Goes on with records that are no older than those before.
  public mutating func write(_ records: Span<TraceRecord>) {
    for index in records.indices { write(records[index]) }
    flush()
  }

  private mutating func write(_ record: TraceRecord) {
    switch record.phase {
    case .counted:
      guard let counter = Counter(rawValue: record.unit) else { return }
      counts[Self.track(counter)] = record.serial
      emit(.counter, on: Self.track(counter), at: record.instant, value: record.serial)
    case .faulted:
      let name = Fault.Kind(rawValue: UInt8(truncatingIfNeeded: record.lane)).map { "\($0)" } ?? "fault"
      emit(.instant, on: Self.faults, at: record.instant, name, flow: record.serial)
      if record.isReset { reset(at: record.instant) }
    case .marked: mark(record)
    case .began, .ended: batch(record)
    case .entered, .started, .freed, .left: request(record)
    }
  }

  private mutating func reset(at instant: Instant) {
    for track in open.keys.sorted() { end(track, at: instant) }
    underWay = [:]
  }

  /// A doorbell or an interrupt, which belong to a queue.
  private mutating func mark(_ record: TraceRecord) {
    guard let unit = CycleModel.Unit(rawValue: record.unit) else { return }
    let name = Self.name(unit == .ring ? "doorbell" : unit.name, requests: record.serial)
    emit(.instant, on: track(unit, record.lane), at: record.instant, name)
  }

  /// What a lane does for several requests, or for none.
  private mutating func batch(_ record: TraceRecord) {
    guard let unit = CycleModel.Unit(rawValue: record.unit) else { return }
    let track = track(unit, record.lane)
    if record.phase == .ended { return end(track, at: record.instant) }
    let name = record.serial > 0 ? Self.name(unit.name, requests: record.serial) : unit.name
    begin(Slice(name: name, flow: TraceRecord.noSerial), on: track, at: record.instant)
  }

  private static func name(_ name: String, requests: UInt64) -> String {
    "\(name), \(Format.count(requests, "request"))"
  }

  private mutating func request(_ record: TraceRecord) {
    guard let unit = CycleModel.Unit(rawValue: record.unit) else { return }
    let serial = record.serial
    switch record.phase {
    case .entered where unit == .ring:
      underWay[serial] = Request(queue: record.lane)
      emit(.instant, on: track(unit, record.lane), at: record.instant, name(serial, at: unit), flow: serial)
    case .started where unit.hasLanes:
      if unit == .lanes { underWay[serial]?.packets += 1 }
      begin(Slice(name: name(serial, at: unit), flow: serial), on: track(unit, record.lane), at: record.instant)
    case .freed where unit.hasLanes: end(track(unit, record.lane), at: record.instant)
    case .left where unit == .interrupt:
      let name = name(serial, at: unit)
      underWay[serial] = nil
      emit(.instant, on: track(unit, record.lane), at: record.instant, name, flow: serial, isLast: true)
    default: return
    }
  }

  private func name(_ serial: UInt64, at unit: CycleModel.Unit) -> String {
    guard hasChains, let packets = underWay[serial]?.packets, packets > 0 else { return "request \(serial)" }
    return "request \(serial), " + (unit == .lanes ? "packet \(packets)" : Format.count(packets, "packet"))
  }

  private mutating func begin(_ slice: Slice, on track: UInt64, at instant: Instant) {
    open[track] = slice
    emit(.begin, on: track, at: instant, slice.name, flow: slice.flow)
  }

  private mutating func end(_ track: UInt64, at instant: Instant) {
    open[track] = nil
    emit(.end, on: track, at: instant)
  }

  // MARK: Tracks

  private static func group(_ unit: CycleModel.Unit) -> UInt64 { 1_000_000 + UInt64(unit.rawValue) }
  private static func track(_ counter: Counter) -> UInt64 { 2_000_000 + UInt64(counter.rawValue) }
  private static let faults: UInt64 = 3_000_000

  /// The track of a lane, or of a queue where a unit has no lanes.
  private mutating func track(_ unit: CycleModel.Unit, _ lane: UInt16) -> UInt64 {
    let track = UInt64(unit.rawValue) << 32 | UInt64(lane) << 1 | 1
    if !tracks.contains(track) {
      let name = unit.hasLanes ? "lane \(lane)" : Scenario.name(ofQueue: Int(lane), pairs: pairs)
      describe(track, in: Self.group(unit), name)
    }
    return track
  }

  private mutating func describe(_ track: UInt64, in parent: UInt64, _ name: String, isCounter: Bool = false) {
    tracks.insert(track)
    packet { packet in
      packet.set(60) { descriptor in
        descriptor.set(1, track)
        descriptor.set(2, name)
        if parent > 0 { descriptor.set(5, parent) }
        if isCounter { descriptor.set(8) { _ in } }
      }
    }
  }

  // MARK: Events

  private mutating func emit(
    _ type: Event, on track: UInt64, at instant: Instant, _ name: String? = nil, flow: UInt64 = TraceRecord.noSerial,
    isLast: Bool = false, value: UInt64? = nil
  ) {
    if !hasBegun { return }
    packet { packet in
      packet.set(8, instant.picoseconds / 1_000)
      packet.set(11) { event in
        event.set(9, type.rawValue)
        event.set(11, track)
        if let name { event.set(23, name) }
        if let value { event.set(30, value) }
        // 0 is no flow.
        if flow != TraceRecord.noSerial { event.setFixed(isLast ? 48 : 47, flow + 1) }
      }
    }
  }

  private mutating func packet(_ build: (inout Protobuf) -> Void) {
    var file = Protobuf()
    file.set(1) { packet in
      build(&packet)
      packet.set(10, 1)
    }
    bytes += file.bytes
  }

  private mutating func flush() {
    sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
