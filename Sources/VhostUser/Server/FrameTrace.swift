import Wire

/// A frame in words: request, fields by name, file descriptors by number. Nothing of a ring, and no device state, is
/// in a frame, so keys are in none either.
public struct FrameTrace: Sendable, CustomStringConvertible {
  public enum Sender: String, Sendable {
    case fromFrontEnd = "->"
    case fromBackEnd = "<-"
  }

  public let description: String

  public init(_ frame: borrowing Frame, _ sender: Sender) {
    var words = [sender.rawValue]
    let request = Request(rawValue: frame.request)
    words.append(request.map { "\($0.rule.name)" } ?? "request \(frame.request)")
    words += Self.words(frame.payload, request?.rule, isReply: sender == .fromBackEnd)
    if frame.descriptors.count > 0 { words.append("fds=\(frame.descriptors.count)") }
    if frame.flags[\.needReply] == 1 { words.append("need-reply") }
    description = words.joined(separator: " ")
  }

  private static func words(_ payload: Payload, _ rule: RequestRule?, isReply: Bool) -> [String] {
    if payload.bytes.isEmpty { return [] }
    guard let rule else { return ["bytes=\(payload.bytes.count)"] }
    if isReply, rule.reply.isNumber {
      return fields(of: Number.self, in: payload, at: 0)
    }
    switch rule.payload {
    case .none: return ["bytes=\(payload.bytes.count)"]
    case .message(let message): return fields(of: message, in: payload, at: 0)
    case .list(let header, let element):
      let starts = stride(from: header.byteCount, to: payload.bytes.count, by: element.byteCount)
      return fields(of: header, in: payload, at: 0)
        + starts.map { "{" + fields(of: element, in: payload, at: $0).joined(separator: " ") + "}" }
    case .bytes(let header):
      let tail = payload.tail(after: header).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      return fields(of: header, in: payload, at: 0) + ["bytes=" + tail.joined()]
    }
  }

  private static func fields(of message: any Message.Type, in payload: Payload, at base: Int) -> [String] {
    guard base + message.byteCount <= payload.bytes.count else { return ["bytes=\(payload.bytes.count)"] }
    return message.fields.compactMap { field in
      let start = base + field.offset
      let value = (0..<field.shape.width).reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64(payload.bytes[start + $1])
      }
      switch field.shape.meaning {
      case .reserved: return nil
      case .bits(let layout):
        return layout.ranges.map { "\($0.name)=\(value >> UInt64($0.bits.low) & (1 << UInt64($0.bits.width) - 1))" }
          .joined(separator: " ")
      default: return "\(field.name)=" + (value < 10 ? "\(value)" : "0x" + String(value, radix: 16))
      }
    }
  }
}
