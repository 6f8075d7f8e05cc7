import Virtio

/// A packet of an application's: bytes to process, room for the result, and who is told. Its owner keeps it, and may
/// use it again once it has come back.
public final class LookAsidePacket {
  public let sa: LookAsideSA
  private let device: LookAsideDevice
  private let kernel: Kernel
  private let pool: PacketMemory
  // Each access is over before anybody is told of the packet.
  @exclusivity(unchecked) private var input: [UnsafeRawBufferPointer]
  @exclusivity(unchecked) private var output: [UnsafeMutableRawBufferPointer]
  /// Bytes of output; nil where nobody wants the result.
  @exclusivity(unchecked) private var room: Int?
  private let completion: ((Result<Int, DriverError>) -> Void)?
  /// Of the driver; made with the first submission.
  private var request: Request?
  /// Where packet and result lie in the kernel's memory; nil while they do not.
  private var memory: UInt64?
  @exclusivity(unchecked) private(set) var inputByteCount: Int
  /// It waits to be processed, or is on its way.
  @exclusivity(unchecked) private(set) var isUnderWay = false
  /// Itself while it is under way: whoever has it meanwhile need not keep it.
  @exclusivity(unchecked) private var keeper: LookAsidePacket?
  @exclusivity(unchecked) private(set) var isAbandoned = false
  /// Bytes of the result, or what was wrong; neither before it has come back.
  @exclusivity(unchecked) private(set) var byteCount: Int?
  @exclusivity(unchecked) private var error: DriverError?

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
    (kernel, pool) = (device.instance.kernel, device.memory)
    self.input = input
    self.output = output ?? []
    room = output.map { $0.reduce(0) { $0 + $1.count } }
    self.completion = completion
    inputByteCount = input.reduce(0) { $0 + $1.count }
  }

  /// What became of it; nil before it has come back.
  public var result: Result<Int, DriverError>? { byteCount.map { .success($0) } ?? error.map { .failure($0) } }

  /// Forgets its bytes, to be given others.
  ///
  /// - Precondition: it is not under way.
  public func clear(hasOutput: Bool) {
    precondition(!isUnderWay, "the packet is under way")
    input.removeAll(keepingCapacity: true)
    output.removeAll(keepingCapacity: true)
    (inputByteCount, room) = (0, hasOutput ? 0 : nil)
  }

  /// Adds bytes to process, behind those that there are.
  public func addInput(_ piece: UnsafeRawBufferPointer) {
    input.append(piece)
    inputByteCount += piece.count
  }

  /// Adds room for the result.
  public func addOutput(_ piece: UnsafeMutableRawBufferPointer) {
    output.append(piece)
    room = (room ?? 0) + piece.count
  }

  /// Bytes that a result takes more than its packet, at most.
  private static let growth = 1024
  /// Bytes that the result may have.
  private var capacity: Int { min(room ?? .max, inputByteCount + Self.growth) }

  /// The driver's half of a packet.
  private final class Request: IPsecRequest {
    /// It has the request, and keeps itself while the driver has it: nothing is to be counted.
    private let packet: Unmanaged<LookAsidePacket>

    init(_ packet: LookAsidePacket, input: Buffer, output: Buffer) {
      self.packet = .passUnretained(packet)
      super.init(packet.sa.association, input: [input], output: [output], hasHeadroom: true, isKept: true)
    }

    override func tell(_ outcome: Outcome) { packet.lend { $0.finish(outcome) } }
  }

  /// It waits to be processed, and is ended once. Whoever says so keeps it, or has it keep itself.
  func leave() {
    isUnderWay = true
    (byteCount, error) = (nil, nil)
  }

  /// Keeps itself until it is ended.
  func keepItself() { keeper = self }

  /// Somebody else is to be told that it cannot leave.
  func stay() { isUnderWay = false }

  /// Copies the packet into memory of the kernel, once.
  ///
  /// - Throws: `DriverError`: ENOMEM; EMSGSIZE where there is no room for any result.
  func prepare() throws(DriverError) -> Unmanaged<IPsecRequest> {
    if memory != nil, let request { return .passUnretained(request) }
    guard capacity > 0 else { throw DriverError(.EMSGSIZE, device.name, "no room for a result") }
    let memory = try pool.take(outputOffset + capacity)
    var address = memory + UInt64(IPsecRequest.headroom)
    for index in input.indices {
      kernel.store(input[index], at: address)
      address += UInt64(input[index].count)
    }
    self.memory = memory
    return place(at: memory)
  }

  /// Result and packet share no cache line, and have headroom both.
  private var outputOffset: Int { 2 * IPsecRequest.headroom + (inputByteCount + 63) & ~63 }

  /// The packet keeps what it hands out.
  private func place(at memory: UInt64) -> Unmanaged<IPsecRequest> {
    let input = Buffer(address: memory + UInt64(IPsecRequest.headroom), byteCount: UInt32(inputByteCount))
    let output = Buffer(address: memory + UInt64(outputOffset), byteCount: UInt32(capacity))
    if let request {
      request.change(input: input, output: output)
      return .passUnretained(request)
    }
    let request = Request(self, input: input, output: output)
    self.request = request
    return .passUnretained(request)
  }

  /// It has come back, and is no more when this returns, unless somebody keeps it.
  private func finish(_ outcome: IPsecRequest.Outcome) {
    guard let memory else { return }
    switch outcome {
    case .done(let byteCount, _):
      device.counters.packetsOut += 1
      device.counters.bytesOut += UInt64(byteCount)
      sa.note(byteCount: inputByteCount)
      scatter(memory + UInt64(outputOffset), byteCount)
      end(byteCount)
    case .refused(let errno, let status):
      if errno == .EMSGSIZE { sa.noTailRoom += 1 }
      end(DriverError(errno, device.name, "packet refused: \(status)"))
    case .cancelled(let errno): end(DriverError(errno, device.name, "packet given back"))
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

  /// Gives it back to whoever waits for it, processed.
  private func end(_ byteCount: Int) {
    self.byteCount = byteCount
    tell(.success(byteCount))
  }

  /// Gives it back to whoever waits for it.
  func end(_ error: DriverError) {
    self.error = error
    tell(.failure(error))
  }

  private func tell(_ result: Result<Int, DriverError>) {
    if let memory = memory.take() { pool.giveBack(memory, outputOffset + capacity) }
    // Nobody but its owner keeps it from now on, who may come with it again.
    isUnderWay = false
    let keeper = self.keeper.take()
    if !isAbandoned { completion?(result) }
    extendLifetime(keeper)
  }

  /// Nobody waits any more: its memory is not touched from now on, and nobody is told.
  public func abandon() {
    (input, output) = ([], [])
    isAbandoned = true
  }
}
