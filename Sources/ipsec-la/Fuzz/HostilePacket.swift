/// IP packets that are nearly right, which gets them further than random bytes.
enum HostilePacket {
  private static let protocols: [UInt8] = [0, 4, 4, 6, 17, 17, 41, 41, 43, 44, 50, 51, 59, 60, 135, 141, 255]

  /// A packet of either version with options or extension headers; some of its lengths and fields lie.
  static func make(_ input: inout FuzzInput) -> [UInt8] { make(&input, depth: 2) }

  private static func make(_ input: inout FuzzInput, depth: Int) -> [UInt8] {
    if input.oneIn(32) { return bytes(input.below(64), &input) }
    var payload = bytes(input.oneIn(16) ? 1500 + Int(input.byte()) * 257 : input.below(100), &input)
    var number = input.pick(protocols)
    // What a tunnel carries: so the packet may serve as the payload of a forged one.
    if depth > 0, number == 4 || number == 41 { payload = make(&input, depth: depth - 1) }
    if number == 17 {
      payload = [0x11, 0x94, 0x11, 0x94] + big(UInt16(truncatingIfNeeded: payload.count + 8)) + [0, 0] + payload
    }
    return input.oneIn(2) ? makeIPv4(number, payload, &input) : makeIPv6(&number, payload, &input)
  }

  private static func makeIPv4(_ number: UInt8, _ payload: [UInt8], _ input: inout FuzzInput) -> [UInt8] {
    var options: [UInt8] = []
    if input.oneIn(3) {
      let kinds: [UInt8] = [0, 1, 7, 68, 130, 131, 137, 148]
      for _ in 0..<input.below(4) {
        let count = 2 + input.below(8)
        options += [input.pick(kinds), UInt8(count)] + bytes(count - 2, &input)
      }
      options = Array(options.prefix(40))
      while options.count % 4 != 0 { options.append(0) }
    }
    let length = UInt16(truncatingIfNeeded: 20 + options.count + payload.count)
    var header: [UInt8] = [UInt8(0x45 + options.count / 4), input.byte()] + big(length) + bytes(2, &input)
    header +=
      big(UInt16(input.pick([0, 0, 0, 0x4000, 0x2000, 0x00b9]))) + [input.pick([64, 255, 1, 0]), number, 0, 0]
    header += [10, 1, 0, 1, 10, 2, 0, 2] + options
    lie(&header, at: [0, 2, 3, 20, 21], &input)
    return header + payload
  }

  private static func makeIPv6(_ number: inout UInt8, _ payload: [UInt8], _ input: inout FuzzInput) -> [UInt8] {
    var extensions: [UInt8] = []
    for _ in 0..<(input.oneIn(3) ? input.below(4) : 0) {
      let count = 1 + input.below(3)
      let kind: UInt8 = input.pick([0, 43, 44, 60])
      let body =
        kind == 44
        ? [0, 0, input.pick([0, 0, 1])] + bytes(4, &input) : [UInt8(count - 1)] + bytes(count * 8 - 2, &input)
      extensions = [number] + body + extensions
      number = kind
    }
    let length = UInt16(truncatingIfNeeded: extensions.count + payload.count)
    var header: [UInt8] = [0x60 | input.byte() & 0xf, input.byte(), 0, 1] + big(length)
    header += [number, input.pick([64, 255, 1, 0])] + Array(repeating: 0x20, count: 32) + extensions
    lie(&header, at: [4, 5, 6, 41, 43], &input)
    return header + payload
  }

  /// Changes a field, now and then.
  private static func lie(_ header: inout [UInt8], at offsets: [Int], _ input: inout FuzzInput) {
    guard input.oneIn(6) else { return }
    let offset = input.pick(offsets)
    if offset < header.count { header[offset] = input.byte() }
  }

  /// A packet that somebody on its way has changed: bits, bytes, lengths, order.
  static func tamper(_ packet: [UInt8], _ input: inout FuzzInput) -> [UInt8] {
    var packet = packet
    for _ in 0..<1 + input.below(3) where !packet.isEmpty {
      // Half of the changes go to the headers, and some to the trailer's neighbourhood.
      let reach = input.pick([48, 48, packet.count, packet.count, 40])
      let distance = Int(input.word() % UInt64(min(reach, packet.count)))
      let offset = reach == 40 ? packet.count - 1 - distance : distance
      switch input.below(8) {
      case 0, 1, 2: packet[offset] ^= 1 << UInt8(input.below(8))
      case 3: packet[offset] = input.pick([0, 1, 0x7f, 0x80, 0xff])
      case 4: packet.removeLast(min(packet.count, input.below(64)))
      case 5: packet.insert(contentsOf: bytes(input.pick([1, 4, 8]), &input), at: offset)
      case 6: setLength(&packet)
      default: packet.swapAt(offset, input.below(packet.count))
      }
    }
    if input.oneIn(2) { setLength(&packet) }
    return packet
  }

  /// Makes the length in the header right again, so that other checks are reached.
  private static func setLength(_ packet: inout [UInt8]) {
    guard packet.count >= 20 else { return }
    let isIPv4 = packet[0] >> 4 == 4
    let length = big(UInt16(truncatingIfNeeded: packet.count - (isIPv4 ? 0 : 40)))
    packet.replaceSubrange(isIPv4 ? 2..<4 : 4..<6, with: length)
  }

  private static func bytes(_ count: Int, _ input: inout FuzzInput) -> [UInt8] {
    let word = input.word()
    return (0..<count).map {
      UInt8(truncatingIfNeeded: word >> UInt64($0 % 8 * 8)) &+ UInt8(truncatingIfNeeded: $0 / 8)
    }
  }

  private static func big(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xff)] }
}
