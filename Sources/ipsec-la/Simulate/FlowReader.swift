import CycleModel
import Device
import Simulation
import Spec
import Yams

/// Reads what the driver is to send.
struct FlowReader {
  let path: String
  /// So far as it was read: SAs and pairs.
  let scenario: Scenario

  func flow(_ fields: YAMLFields) throws -> Flow {
    try fields.checkNames([
      "association", "packets", "size", "pcap", "rate", "burst", "random", "start", "pair", "segments",
      "packets-per-chain", "in-place", "replayed", "forged",
    ])
    let association = try association(fields)
    let content = try content(fields)
    _ = try fields.required("packets")
    let count = try fields.whole("packets", .count, in: 1...1_000_000_000_000, example: "10000") ?? 0
    var flow = Flow(association: association, content: content, count: count)
    flow.arrivals = try arrivals(fields, content)
    flow.start = try fields.whole("start", .time, in: 0...Scenario.longest, example: "10 us") ?? 0
    if flow.isTooLong {
      throw fields.error(
        "rate", "the last of \(count) packets would come after a day of device time")
    }
    flow.pair = try pair(fields)
    flow.segments = try segments(fields)
    flow.packetsPerChain = try packetsPerChain(fields)
    flow.isInPlace = try isInPlace(fields)
    let descriptors = scenario.descriptors(of: flow)
    if descriptors > scenario.ringSize {
      let name = flow.isInPlace ? "in-place" : "segments"
      throw fields.error(name, "\(descriptors) descriptors do not fit a ring of \(scenario.ringSize)")
    }
    flow.replayed = try share(fields, "replayed")
    flow.corrupted = try share(fields, "forged")
    if flow.replayed + flow.corrupted > 1 { throw fields.error("forged", "with replayed, it is more than 100 %") }
    if scenario.associations[association].direction == .outbound {
      for name in ["replayed", "forged"] where fields[name] != nil {
        throw fields.error(name, "only packets of inbound SAs come over the network")
      }
    }
    return flow
  }

  func churn(_ fields: YAMLFields) throws -> Churn {
    try fields.checkNames(["association", "commands", "every", "alive"])
    for name in ["commands", "every"] { _ = try fields.required(name) }
    let churn = Churn(
      association: try association(fields),
      interval: try fields.whole("every", .time, in: 1...Scenario.longest, example: "20 us") ?? 0,
      count: try fields.whole("commands", .count, in: 1...1_000_000_000, example: "1000") ?? 0,
      alive: Int(try fields.whole("alive", .count, in: 0...100_000, example: "16") ?? 0))
    if Double(churn.count) * Double(churn.interval) > Double(Scenario.longest) {
      throw fields.error(
        "every", "the last of \(churn.count) commands would come after a day of device time")
    }
    return churn
  }

  private func association(_ fields: YAMLFields) throws -> Int {
    try fields.name("association", among: scenario.associations.map(\.name), called: "association")
  }

  private func pair(_ fields: YAMLFields) throws -> Int {
    guard let pair = try fields.quantity("pair", .count, example: "0") else { return 0 }
    guard let pair = pair.whole, pair < scenario.pairs else {
      let allowed =
        scenario.pairs == 1
        ? "there is one queue pair: allowed is 0"
        : "there are \(scenario.pairs) queue pairs: allowed is 0 to \(scenario.pairs - 1)"
      throw fields.error("pair", "\(allowed), not '\(try fields.string("pair"))'; pairs says how many there are")
    }
    return Int(pair)
  }

  private func segments(_ fields: YAMLFields) throws -> Int {
    guard let segments = try fields.whole("segments", .count, in: 1...UInt64(Flow.segmentLimit), example: "4") else {
      return 1
    }
    if segments > 1, !scenario.takesSegments {
      throw fields.error("segments", "without F_SG_BUFFERS a packet comes in one buffer; allowed is 1")
    }
    return Int(segments)
  }

  private func packetsPerChain(_ fields: YAMLFields) throws -> Int {
    let limit = UInt64(Flow.chainLimit)
    let packets = try fields.whole("packets-per-chain", .count, in: 1...limit, example: "8") ?? 1
    if packets > 1, !scenario.takesSeveralPackets {
      throw fields.error(
        "packets-per-chain",
        scenario.version < .v2_0
          ? "version \(scenario.version) has one packet in a chain; 2.0 has several"
          : "without F_MULTI_PACKET there is one packet in a chain; allowed is 1")
    }
    return Int(packets)
  }

  private func isInPlace(_ fields: YAMLFields) throws -> Bool {
    guard try fields.flag("in-place") ?? false else { return false }
    if scenario.version == .v1_0 {
      throw fields.error("in-place", "version 1.0 has buffers of their own for results; 0.4 and 2.0 can do without")
    }
    for name in ["segments", "packets-per-chain"] where fields[name] != nil {
      throw fields.error(name, "a packet that is processed in place stands in one buffer of a chain of its own")
    }
    return true
  }

  private func share(_ fields: YAMLFields, _ name: String) throws -> Double {
    Double(try fields.whole(name, .share, in: 0...1_000_000, example: "5 %") ?? 0) / 1_000_000
  }

  // MARK: Packets

  private func content(_ fields: YAMLFields) throws -> Flow.Content {
    switch (fields["size"], fields["pcap"]) {
    case (nil, nil): throw fields.error("size", "is missing, and so is pcap")
    case (_?, _?): throw fields.error("pcap", "size says already what packets there are")
    case (_?, nil): return .sizes(try sizes(fields))
    case (nil, _?): return .packets(try packets(fields))
    }
  }

  /// `1420 B`, `imix`, or `{ 64 B: 7, 576 B: 4 }`.
  private func sizes(_ fields: YAMLFields) throws -> PacketSizes {
    if let shares = fields["size"]?.mapping {
      let sizes = try shares.map { length, weight in
        guard let weight = weight.string.flatMap({ UInt64($0) }), (1...1_000_000).contains(weight) else {
          throw fields.error("size", "each length has a weight within 1 to 1000000")
        }
        return PacketSizes.Share(try self.length(length.string ?? "", fields), weight)
      }
      guard !sizes.isEmpty else { throw fields.error("size", "has no length") }
      return PacketSizes(sizes)
    }
    let text = try fields.string("size")
    return text == "imix" ? .imix : PacketSizes([.init(try length(text, fields))])
  }

  private func length(_ text: String, _ fields: YAMLFields) throws -> Int {
    let allowed = PacketSizes.allowed
    guard let length = Quantity(text, .size, .count)?.whole, length <= Int.max, allowed.contains(Int(length)) else {
      throw fields.error(
        "size", "'\(text)' is neither imix nor a length within \(allowed.lowerBound) to \(allowed.upperBound) B")
    }
    return Int(length)
  }

  private func packets(_ fields: YAMLFields) throws -> [[UInt8]] {
    let capture = YAMLDocument.path(try fields.string("pcap"), from: path)
    let packets: [[UInt8]]
    do { packets = try CapturedPackets.read(capture) } catch let error as CommandError {
      throw fields.error("pcap", error.description)
    }
    guard !packets.isEmpty else { throw fields.error("pcap", "\(capture) has no IP packets") }
    return packets
  }

  // MARK: Times

  private func arrivals(_ fields: YAMLFields, _ content: Flow.Content) throws -> Flow.Arrivals {
    let isRandom = try fields.flag("random") ?? false
    let burst = try fields.whole("burst", .count, in: 1...32_768, example: "32")
    guard let rate = try fields.quantity("rate", .packetRate, or: .throughput, example: "10 Gbit/s") else {
      for name in ["burst", "random"] where fields[name] != nil {
        throw fields.error(name, "says nothing without a rate")
      }
      return .saturating
    }
    var perSecond = rate.value
    if rate.dimension == .throughput { perSecond /= 8 * Self.meanLength(content) }
    guard perSecond >= 0.001, perSecond <= 1e12 else {
      throw fields.error("rate", "is not within 0.001 to 10¹² packet/s")
    }
    let gap = UInt64((1e12 / perSecond).rounded())
    if isRandom {
      if burst != nil { throw fields.error("burst", "packets that come at random come one by one") }
      return .poisson(mean: max(1, gap))
    }
    let interval = (Double(burst ?? 1) * 1e12 / perSecond).rounded()
    guard interval <= Double(Scenario.longest) else {
      throw fields.error("rate", "a burst of \(burst ?? 1) packets would come less than once a day")
    }
    return .bursts(of: burst ?? 1, every: UInt64(interval))
  }

  private static func meanLength(_ content: Flow.Content) -> Double {
    switch content {
    case .sizes(let sizes): sizes.mean
    case .packets(let packets): Double(packets.map(\.count).reduce(0, +)) / Double(packets.count)
    }
  }

  /// Flows that wait for the ring and flows that wait for a time cannot share a queue: the first would leave no room.
  func check(_ flows: [Flow], _ file: YAMLFields) throws {
    for (index, flow) in flows.enumerated() {
      let same = flows[..<index].filter { other in
        other.pair == flow.pair
          && scenario.associations[other.association].direction == scenario.associations[flow.association].direction
      }
      guard let other = same.first, (other.arrivals == .saturating) != (flow.arrivals == .saturating) else { continue }
      let line = file["traffic"]?.sequence?[index].mark?.line ?? 1
      throw CommandError(
        "\(path):\(line): rate: flows of one queue all have a rate, or none has; another pair would be another queue")
    }
  }
}

/// The IP packets of a capture file.
enum CapturedPackets {
  static func read(_ path: String) throws -> [[UInt8]] {
    let capture = try Capture(reading: path)
    return capture.records.compactMap { Frame($0.frame, linkType: capture.linkType)?.packet }
  }
}
