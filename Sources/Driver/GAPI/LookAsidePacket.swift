import Virtio

/// A packet of an application's: bytes to process, room for the result, and who is told.
public final class LookAsidePacket {
  public let sa: LookAsideSA
  private var input: [UnsafeRawBufferPointer]
  /// Nil where nobody wants the result.
  private var output: [UnsafeMutableRawBufferPointer]?
  private var completion: ((Result<Int, DriverError>) -> Void)?
  private var request: IPsecRequest?
  let inputByteCount: Int
  private(set) var isAbandoned = false

  /// - Parameters:
  ///   - input: the packet in pieces, which stay as they are until it has come back.
  ///   - output: room for the result, which stays until then as well; may be the same memory.
  ///   - completion: called once, with the bytes of the result, which fill the pieces of output in order.
  public init(
    _ sa: LookAsideSA, input: [UnsafeRawBufferPointer], output: [UnsafeMutableRawBufferPointer]?,
    completion: @escaping (Result<Int, DriverError>) -> Void
  ) {
    self.sa = sa
    self.input = input
    self.output = output
    self.completion = completion
    inputByteCount = input.reduce(0) { $0 + $1.count }
  }

  private var device: LookAsideDevice { sa.application.device }
  private var kernel: Kernel { device.instance.kernel }

  private var capacity: Int {
    min(output.map { $0.reduce(0) { $0 + $1.count } } ?? .max, inputByteCount + Self.room)
  }

  /// Bytes that a result takes more than its packet, at most.
  private static let room = 1024

  /// Copies the packet into memory of the kernel, once.
  ///
  /// - Throws: `DriverError`: ENOMEM; EMSGSIZE where there is no room for any result.
  func prepare() throws(DriverError) -> IPsecRequest {
    if let request { return request }
    let capacity = capacity
    guard capacity > 0 else { throw DriverError(.EMSGSIZE, device.name, "no room for a result") }
    let outputOffset = (inputByteCount + 63) & ~63
    let memory = try kernel.allocate(outputOffset + capacity, for: device.name)
    var address = memory
    for piece in input {
      kernel.store(piece, at: address)
      address += UInt64(piece.count)
    }
    let request = IPsecRequest(
      sa.association, input: [Buffer(address: memory, byteCount: UInt32(inputByteCount))],
      output: [Buffer(address: memory + UInt64(outputOffset), byteCount: UInt32(capacity))])
    request.completion = { [self] _ in finish() }
    self.request = request
    return request
  }

  /// It has come back.
  private func finish() {
    guard let request, let outcome = request.outcome else { return }
    switch outcome {
    case .done(let byteCount, _):
      device.counters.packetsOut += 1
      device.counters.bytesOut += UInt64(byteCount)
      sa.note(byteCount: inputByteCount)
      scatter(request.output[0].address, byteCount)
      end(.success(byteCount))
    case .refused(let errno, let status):
      if errno == .EMSGSIZE { sa.noTailRoom += 1 }
      end(.failure(DriverError(errno, device.name, "packet refused: \(status)")))
    case .cancelled(let errno): end(.failure(DriverError(errno, device.name, "packet given back")))
    }
  }

  private func scatter(_ address: UInt64, _ byteCount: Int) {
    var address = address, rest = byteCount
    for piece in output ?? [] where rest > 0 {
      let part = UnsafeMutableRawBufferPointer(rebasing: piece.prefix(rest))
      kernel.load(address, into: part)
      address += UInt64(part.count)
      rest -= part.count
    }
  }

  /// Gives it back to whoever waits for it.
  func end(_ result: Result<Int, DriverError>) {
    if let request {
      kernel.free(request.input[0].address)
      request.completion = nil
      self.request = nil
    }
    let completion = completion
    self.completion = nil
    completion?(result)
  }

  /// Nobody waits any more: its memory is not touched from now on, and nobody is told.
  public func abandon() {
    (input, output, completion) = ([], nil, nil)
    isAbandoned = true
  }
}
