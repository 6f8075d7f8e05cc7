import Device
import Glibc

/// A device's state on its way through a pipe, a piece at a time: nobody waits for the other end. What it holds, it
/// erases.
final class StateTransfer {
  let pipe: FileDescriptor
  let direction: Direction
  /// What is to be written, or what has come.
  private let state: Arena
  private var written = 0
  private(set) var progress = Progress.underway

  enum Direction: UInt32 {
    case save = 0
    case load = 1
  }

  enum Progress { case underway, complete, failed }

  /// Most bytes of a state that is loaded.
  private static let limit = 1 << 28
  private static let pieceByteCount = 1 << 16

  /// The answer of a back end that uses the pipe it was given, and of one that has no state to give or take.
  static let accepted: UInt64 = 0x100
  static let refused: UInt64 = 0x101

  /// - Parameter bytes: what is to be written; erased, where nobody else has them.
  init(_ pipe: consuming FileDescriptor, _ direction: Direction, _ bytes: consuming [UInt8] = []) {
    pipe.makeNonblocking()
    self.pipe = pipe
    self.direction = direction
    state = Arena(capacity: bytes.count)
    state.append(bytes)
    Self.erase(&bytes)
  }

  /// Lends a copy of what has come, and erases it.
  func withBytes<Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    var bytes = state.array
    defer { Self.erase(&bytes) }
    try body(bytes)
  }

  private static func erase(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { if let start = $0.baseAddress { explicit_bzero(start, $0.count) } }
  }

  /// Goes on as far as the other end lets it; whether there is more to wait for.
  func advance() -> Bool {
    while progress == .underway {
      switch direction {
      case .save: if !writePiece() { return true }
      case .load: if !readPiece() { return true }
      }
    }
    return false
  }

  /// Whether the pipe took something, or never will.
  private func writePiece() -> Bool {
    let count = state.withMutableBytes { write(pipe.number, $0.baseAddress! + written, $0.count - written) }
    guard count >= 0 else { return fail() }
    written += count
    if written == state.count { progress = .complete }
    return true
  }

  /// Whether the pipe had something, or never will.
  private func readPiece() -> Bool {
    let start = state.append(zeros: Self.pieceByteCount).lowerBound
    let count = state.withMutableBytes { read(pipe.number, $0.baseAddress! + start, Self.pieceByteCount) }
    let code = errno
    state.removeLast(Self.pieceByteCount - max(count, 0))
    if count == 0 { progress = .complete }
    if state.count > Self.limit { progress = .failed }
    return count >= 0 || fail(code)
  }

  /// Whether that is the end of it: not where the other end is only slow.
  private func fail(_ code: Int32 = errno) -> Bool {
    if code == EAGAIN || code == EINTR { return false }
    progress = .failed
    return true
  }
}
