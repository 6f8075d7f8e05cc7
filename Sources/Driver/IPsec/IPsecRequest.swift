public import Virtio

/// A packet to process: its owner keeps it, and may use it again once it has come back.
public class IPsecRequest {
  public let sa: IPsecSA
  /// Pieces of the packet, and behind them of the room for the result.
  private let pieces: UnsafeMutableBufferPointer<Buffer>
  /// Good for as long as the request.
  let inputPieces: UnsafeBufferPointer<Buffer>
  let outputPieces: UnsafeBufferPointer<Buffer>
  @exclusivity(unchecked) private(set) var inputByteCount: Int
  @exclusivity(unchecked) private(set) var outputByteCount: Int
  /// Called once for each time that the request was submitted.
  @exclusivity(unchecked) public var completion: ((IPsecRequest) -> Void)?
  @exclusivity(unchecked) public private(set) var outcome: Outcome?
  /// The low half of the sequence number that it came with, where the device does not tell it.
  @exclusivity(unchecked) private(set) var received: UInt32?

  /// How it came back.
  public enum Outcome: Sendable, Hashable {
    /// Bytes of output, from the first of `output` on, and the sequence number where the version tells it.
    case done(byteCount: Int, sequence: UInt64?)
    /// The device refused it: its status by name.
    case refused(Errno, status: String)
    /// The device did not answer any more.
    case cancelled(Errno)
  }

  /// - Parameters:
  ///   - input: pieces of the packet, in memory that the kernel allocated.
  ///   - output: room for the result.
  ///   - hasHeadroom: whether `headroom` bytes in front of either are the driver's.
  public convenience init(_ sa: IPsecSA, input: [Buffer], output: [Buffer], hasHeadroom: Bool = false) {
    self.init(sa, input: input, output: output, hasHeadroom: hasHeadroom, isKept: false)
  }

  init(_ sa: IPsecSA, input: [Buffer], output: [Buffer], hasHeadroom: Bool, isKept: Bool) {
    self.sa = sa
    self.hasHeadroom = hasHeadroom && input.count == 1 && output.count == 1
    self.isKept = isKept
    pieces = .allocate(capacity: input.count + output.count)
    _ = pieces.initialize(fromContentsOf: input + output)
    inputPieces = UnsafeBufferPointer(rebasing: pieces[..<input.count])
    outputPieces = UnsafeBufferPointer(rebasing: pieces[input.count...])
    (inputByteCount, outputByteCount) = (Self.byteCount(input), Self.byteCount(output))
  }

  deinit { pieces.deallocate() }

  private static func byteCount(_ pieces: [Buffer]) -> Int { pieces.reduce(0) { $0 + Int($1.byteCount) } }

  public var input: [Buffer] { Array(inputPieces) }
  public var output: [Buffer] { Array(outputPieces) }

  /// Moves a packet of one piece, and its one piece of room.
  func change(input: Buffer, output: Buffer) {
    (pieces[0], pieces[1]) = (input, output)
    (inputByteCount, outputByteCount) = (Int(input.byteCount), Int(output.byteCount))
  }

  // MARK: Headroom

  /// Bytes that a header has in front of a packet, and a completion in front of a result: with them, a packet is two
  /// buffers, as virtio_net's are one (`can_push`).
  public static let headroom = 64
  /// Whether packet and room for its result are one piece each, with headroom.
  let hasHeadroom: Bool
  /// Whether the pieces take in header and completion.
  @exclusivity(unchecked) private(set) var isPushed = false
  /// The pieces of the packet, and of the room for its result.
  var chain: UnsafeBufferPointer<Buffer> { UnsafeBufferPointer(pieces) }

  /// Takes headers into the pieces.
  @inline(__always)
  func push(header: Int, completion: Int) {
    pieces[0].move(by: -header)
    pieces[1].move(by: -completion)
    isPushed = true
  }

  @inline(__always)
  func pull(header: Int, completion: Int) {
    pieces[0].move(by: header)
    pieces[1].move(by: completion)
    isPushed = false
  }

  // MARK: On its way

  /// Whoever submits it keeps it until it has come back, however that is: nobody else needs to.
  let isKept: Bool

  /// Whether the packet, or the room for its result, is in pieces.
  var isInPieces: Bool { inputPieces.count > 1 || outputPieces.count > 1 }

  /// It goes to a queue.
  func leave() {
    outcome = nil
    if sa.direction == .outbound { sa.sequenceBound += 1 }
  }

  /// It comes back.
  func end(_ outcome: Outcome) {
    self.outcome = outcome
    tell(outcome)
  }

  /// Tells whoever submitted it that it has come back.
  func tell(_ outcome: Outcome) { completion?(self) }

  /// Looks for the sequence number of a packet to decapsulate, which the result may overwrite.
  func readSequence(_ kernel: Kernel) {
    guard sa.direction == .inbound else { return }
    var head: [UInt8] = []
    for piece in inputPieces where head.count < IPsecSA.headerRoom {
      head += kernel.load(piece.address, byteCount: min(Int(piece.byteCount), IPsecSA.headerRoom - head.count))
    }
    received = sa.sequence(in: head)
  }

  func map(_ dma: DMA, for device: KernelDevice) throws(DriverError) {
    try dma.map(chain, readableCount: inputPieces.count, for: device)
  }

  func unmap(_ dma: DMA, for device: KernelDevice) {
    dma.unmap(chain, readableCount: inputPieces.count, for: device)
  }
}

extension Buffer {
  /// Has it begin so many bytes later.
  @inline(__always)
  fileprivate mutating func move(by byteCount: Int) {
    address = UInt64(Int(address) + byteCount)
    self.byteCount = UInt32(Int(self.byteCount) - byteCount)
  }
}
