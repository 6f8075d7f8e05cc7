import CSystem
import Glibc
import Wire

/// A stream socket that carries frames, however they are cut on the way.
public struct Connection: ~Copyable {
  public let socket: FileDescriptor
  /// What has come of a frame: header and payload, and the descriptors beside them.
  private var bytes: [UInt8] = []
  private var descriptors = PassedDescriptors()
  /// Why no frame can come any more.
  private var fault: Ending?

  public init(_ socket: consuming FileDescriptor) { self.socket = socket }

  /// Why there is no frame.
  public enum Ending: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not yet.
    case nothing
    /// The other side is gone.
    case gone
    /// The other side is gone, in the midst of a frame.
    case goneWithin(bytes: Int)
    /// What came is no frame, so that nothing after it can be told apart.
    case noFrame(String)
    /// Descriptors were passed, and this process can have no more of them.
    case noRoom
    /// The other side takes nothing for now.
    case full
    case system(SystemError)

    public var description: String {
      switch self {
      case .nothing: "nothing has come"
      case .gone: "the front end is gone"
      case .goneWithin(let bytes): "the front end is gone after \(bytes) bytes of a message"
      case .noFrame(let what): "not the protocol: \(what)"
      case .noRoom: "file descriptors that came are lost: this process may open no more"
      case .full: "the front end takes no answers"
      case .system(let error): "\(error)"
      }
    }
  }

  /// Takes the next frame, if all of it has come.
  ///
  /// - Throws: `Ending`; `.nothing` is no error.
  public mutating func receive() throws(Ending) -> Frame {
    if let fault { throw fault }
    while bytes.count < FrameHeader.byteCount { try fill(to: FrameHeader.byteCount) }
    let header = Payload(bytes)
    let (flags, size) = (header[\FrameHeader.flags], Int(header[\FrameHeader.size]))
    guard flags[\.version] == 1 else { throw .noFrame("version \(flags[\.version])") }
    guard size <= Frame.payloadLimit else { throw .noFrame("a payload of \(size) bytes") }
    while bytes.count < FrameHeader.byteCount + size { try fill(to: FrameHeader.byteCount + size) }
    let payload = Payload(Array(bytes[FrameHeader.byteCount...]))
    bytes.removeAll(keepingCapacity: true)
    var passed = PassedDescriptors()
    swap(&passed, &descriptors)
    return Frame(header[\FrameHeader.request], flags: flags, payload, descriptors: passed)
  }

  /// Reads once, no further than `limit`: what follows may have descriptors of its own.
  private mutating func fill(to limit: Int) throws(Ending) {
    let start = bytes.count
    var numbers = InlineArray<64, Int32>(repeating: -1)
    var (count, cut) = (0, Int32(0))
    bytes.append(contentsOf: repeatElement(0, count: limit - start))
    let done = bytes.withUnsafeMutableBytes { buffer in
      var span = numbers.mutableSpan
      return span.withUnsafeMutableBufferPointer {
        system_receive(socket.number, buffer.baseAddress! + start, limit - start, $0.baseAddress, &count, &cut)
      }
    }
    let code = errno
    bytes.removeLast(limit - start - max(done, 0))
    for index in 0..<count { take(FileDescriptor(owning: numbers[index])) }
    if descriptors.count > Int(SYSTEM_FD_MAX) || cut != 0 && count == Int(SYSTEM_FD_MAX) {
      fault = .noFrame("more than \(SYSTEM_FD_MAX) file descriptors")
    } else if cut != 0 {
      fault = .noRoom
    }
    if let fault { throw fault }
    if done > 0 { return }
    if done == 0 || code == ECONNRESET { throw bytes.isEmpty ? .gone : .goneWithin(bytes: bytes.count) }
    throw code == EAGAIN ? .nothing : .system(SystemError("recvmsg", code))
  }

  /// Keeps a descriptor, unless it would keep the connection: who holds both of its ends does not learn that the other
  /// side is gone. So does who holds a socket in which somebody has left the other end.
  private mutating func take(_ descriptor: consuming FileDescriptor) {
    if descriptor.isSocket {
      if !descriptor.closeInput() { fault = .noFrame("a socket that is no connected stream") }
      if system_is_cut_off(socket.number) != 0 { fault = .noFrame("the connection's own other end") }
    }
    descriptors.append(descriptor)
  }

  /// Sends a frame as a whole; the descriptors stay the sender's.
  ///
  /// - Throws: `Ending`; `.full` where nothing was sent, for now.
  public borrowing func send(_ frame: borrowing Frame) throws(Ending) {
    let bytes = frame.bytes
    do throws(SystemError) {
      let done = try socket.send(bytes, frame.descriptors)
      if done == bytes.count { return }
    } catch {
      if error.code == EAGAIN { throw .full }
      throw error.code == EPIPE || error.code == ECONNRESET ? .gone : .system(error)
    }
    throw .noFrame("it takes half of an answer")
  }
}
