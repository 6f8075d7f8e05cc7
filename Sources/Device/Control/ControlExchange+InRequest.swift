import Virtio
import Wire

/// The published driver's one buffer: the command, then room for the answer, all of it readable.
///
/// What both the command and the answer have stands there once; the result is the last of the buffer.
extension ControlExchange {
  func runInRequest(
    _ chain: borrowing Chain, perform: (ControlCommand) throws(Rejection) -> ControlReply
  ) -> Bool {
    let total = chain.readableByteCount
    guard total >= Rule.minimum([status.rule]) else { return false }
    do throws(Rejection) {
      let arena = try read(chain)
      let request = try parse(arena, as: try find(arena))
      let (start, front) = places(of: request)
      let answer = try answer(to: request, room: front.count + total - start, perform)
      _ = answer.bytes.withUnsafeBytes { bytes in
        chain.overwriteReadable(at: front.lowerBound, UnsafeRawBufferPointer(rebasing: bytes[..<front.count]))
        return chain.overwriteReadable(at: start, UnsafeRawBufferPointer(rebasing: bytes[front.count...]))
      }
    } catch {
      let result = ChainComposer.compose([status.rule], from: dialect.answer(error, to: nil))
      _ = result.bytes.withUnsafeBytes { chain.overwriteReadable(at: total - $0.count, $0) }
    }
    return true
  }

  /// Where the answer goes, and where its first message does if the command has a field for that.
  private func places(of request: Request) -> (start: Int, front: Range<Int>) {
    guard let first = request.entry.writable.first?.schema else { return (request.end, 0..<0) }
    if let same = request.parts.messages[first.name] { return (same.lowerBound, 0..<0) }
    return (request.end, dialect.place(ofAnswer: first.name, in: request.parts) ?? 0..<0)
  }
}
