import CSystem
import Glibc

/// A file descriptor that is closed when its owner is gone.
public struct FileDescriptor: ~Copyable, Sendable {
  public let number: Int32

  /// Takes over a descriptor.
  public init(owning number: Int32) { self.number = number }

  deinit { close(number) }

  /// Nobody waits for what this descriptor is asked for; a setting that front end and back end share.
  func makeNonblocking() { _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK) }

  /// Drops what is in a pipe, and waits for nothing, whatever whoever shares the pipe does to it.
  ///
  /// - Parameter nowhere: /dev/null.
  borrowing func emptyPipe(into nowhere: borrowing FileDescriptor) { system_empty_pipe(number, nowhere.number) }
}

/// File descriptors that came with a frame; those that nobody takes are closed.
public struct PassedDescriptors: ~Copyable {
  private var numbers: [Int32] = []

  public init() {}
  public init(_ descriptor: consuming FileDescriptor) { append(descriptor) }

  deinit { for number in numbers { close(number) } }

  public var count: Int { numbers.count }

  public mutating func append(_ descriptor: consuming FileDescriptor) { numbers.append(descriptor.release()) }

  /// The first of those that are left; nil for none.
  public mutating func take() -> FileDescriptor? {
    numbers.isEmpty ? nil : FileDescriptor(owning: numbers.removeFirst())
  }

  /// Lends the numbers.
  func withNumbers<Result>(_ body: ([Int32]) -> Result) -> Result { body(numbers) }
}

extension FileDescriptor {
  /// Gives up the descriptor without closing it.
  consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  /// A second descriptor for the same file.
  ///
  /// - Throws: errno.
  public func duplicate() throws(SystemError) -> FileDescriptor {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw SystemError("fcntl") }
    return FileDescriptor(owning: copy)
  }

  /// Memory that processes can share by passing the descriptor on.
  ///
  /// - Parameters:
  ///   - isSealed: whether the file can never be cut.
  ///   - isHuge: whether it has huge pages, which are had when it is mapped; `byteCount` is a multiple of their size.
  public static func memory(
    _ name: String, byteCount: Int, isSealed: Bool = true, isHuge: Bool = false
  ) throws(SystemError) -> FileDescriptor {
    let number = system_memfd(name, byteCount, isSealed ? 1 : 0, isHuge ? 1 : 0)
    guard number >= 0 else { throw SystemError("memfd_create") }
    return FileDescriptor(owning: number)
  }

  /// An eventfd that nobody waits for.
  public static func event() throws(SystemError) -> FileDescriptor {
    let number = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    guard number >= 0 else { throw SystemError("eventfd") }
    return FileDescriptor(owning: number)
  }

  /// Counts an eventfd up.
  public borrowing func signal() {
    var one: UInt64 = 1
    _ = write(number, &one, 8)
  }

  /// What an eventfd was counted up to, which is 0 then.
  public borrowing func takeSignals() -> UInt64 {
    var count: UInt64 = 0
    return read(number, &count, 8) == 8 ? count : 0
  }
}

/// A call that the system refused.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  public let call: String
  public let code: Int32

  init(_ call: String, _ code: Int32 = errno) {
    self.call = call
    self.code = code
  }

  public var description: String { "\(call): \(String(cString: strerror(code)))" }
}
