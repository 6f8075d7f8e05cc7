import Virtio

/// A packet of an application's: bytes to process, room for the result, and who is told. Its owner keeps it, and may
/// use it again once it has come back.
public final class LookAsidePacket {
  public let sa: LookAsideSA
  private let device: LookAsideDevice
  private let kernel: Kernel
  private var input: [UnsafeRawBufferPointer]
  /// Empty where nobody wants the result.
  private var output: [UnsafeMutableRawBufferPointer]
  private var completion: ((Result<Int, DriverError>) -> Void)?
  /// Of the driver; made with the first submission.
  private var request: IPsecRequest?
  /// Where packet and result lie in the kernel's memory; nil while they do not.
  private var memory: UInt64?
  let inputByteCount: Int
  /// Bytes of room for the result.
  private let capacity: Int
  @exclusivity(unchecked) private(set) var isUnderWay = false
  @exclusivity(unchecked) private(set) var isAbandoned = false
  /// What became of it; nil before it has come back.
  @exclusivity(unchecked) public private(set) var result: Result<Int, DriverError>?

  /// - Parameters:
  ///   - input: the packet in pieces, which stay as they are until it has come back.
  ///   - output: room for the result, which stays until then as well; may be the same memory.
  ///   - completion: called once for each time that it was submitted, with the bytes of the result, which fill the
  ///     pieces of output in order.
  public init(
    _ sa: LookAsideSA, input: [UnsafeRawBufferPointer], output: [UnsafeMutableRawBufferPointer]?,
    completion: ((Result<Int, DriverError>) -> Void)? = nil
  ) {
    self.sa = sa
    device = sa.application.device
    kernel = device.instance.kernel
    self.input = input
    self.output = output ?? []
    self.completion = completion
    inputByteCount = input.reduce(0) { $0 + $1.count }
    capacity = min(output?.reduce(0) { $0 + $1.count } ?? .max, inputByteCount + Self.room)
  }

  /// Bytes that a result takes more than its packet, at most.
  private static let room = 1024

  /// It waits to be processed.
  func leave() {
    isUnderWay = true
    result = nil
  }

  /// Copies the packet into memory of the kernel, once.
  ///
  /// - Throws: `DriverError`: ENOMEM; EMSGSIZE where there is no room for any result.
  func prepare() throws(DriverError) -> IPsecRequest {
    if memory != nil, let request { return request }
    guard capacity > 0 else { throw DriverError(.EMSGSIZE, device.name, "no room for a result") }
    let memory = try device.memory.take(outputOffset + capacity)
    var address = memory
    for index in input.indices {
      kernel.store(input[index], at: address)
      address += UInt64(input[index].count)
    }
    let request = place(at: memory)
    request.completion = { [self] _ in finish() }
    self.memory = memory
    return request
  }

  /// Result and packet share no cache line.
  private var outputOffset: Int { (inputByteCount + 63) & ~63 }

  private func place(at memory: UInt64) -> IPsecRequest {
    let input = Buffer(address: memory, byteCount: UInt32(inputByteCount))
    let output = Buffer(address: memory + UInt64(outputOffset), byteCount: UInt32(capacity))
    if let request {
      request.change(input: input, output: output)
      return request
    }
    let request = IPsecRequest(sa.association, input: [input], output: [output])
    self.request = request
    return request
  }

  /// It has come back.
  private func finish() {
    guard let memory, let outcome = request?.outcome else { return }
    switch outcome {
    case .done(let byteCount, _):
      device.counters.packetsOut += 1
      device.counters.bytesOut += UInt64(byteCount)
      sa.note(byteCount: inputByteCount)
      scatter(memory + UInt64(outputOffset), byteCount)
      end(.success(byteCount))
    case .refused(let errno, let status):
      if errno == .EMSGSIZE { sa.noTailRoom += 1 }
      end(.failure(DriverError(errno, device.name, "packet refused: \(status)")))
    case .cancelled(let errno): end(.failure(DriverError(errno, device.name, "packet given back")))
    }
  }

  private func scatter(_ address: UInt64, _ byteCount: Int) {
    var address = address, rest = byteCount
    for index in output.indices where rest > 0 {
      let part = UnsafeMutableRawBufferPointer(rebasing: output[index].prefix(rest))
      kernel.load(address, into: part)
      address += UInt64(part.count)
      rest -= part.count
    }
  }

  /// Gives it back to whoever waits for it.
  func end(_ result: Result<Int, DriverError>) {
    if let memory = memory.take() {
      device.memory.giveBack(memory, outputOffset + capacity)
      // Nobody but its owner keeps it from now on.
      request?.completion = nil
    }
    isUnderWay = false
    self.result = result
    completion?(result)
  }

  /// Nobody waits any more: its memory is not touched from now on, and nobody is told.
  public func abandon() {
    (input, output, completion) = ([], [], nil)
    isAbandoned = true
  }
}
