public import Virtio

/// A packet to process: its owner keeps it, and may use it again once it has come back.
public final class IPsecRequest {
  public var sa: IPsecSA
  /// Pieces of the packet, in memory that the kernel allocated.
  public var input: [Buffer] { didSet { inputByteCount = Self.byteCount(input) } }
  /// Room for the result.
  public var output: [Buffer] { didSet { outputByteCount = Self.byteCount(output) } }
  private(set) var inputByteCount: Int
  private(set) var outputByteCount: Int
  /// Called once for each time that the request was submitted.
  public var completion: ((IPsecRequest) -> Void)?
  public internal(set) var outcome: Outcome?
  /// Where it is under way.
  var queue: DataQueue?

  /// How it came back.
  public enum Outcome: Sendable, Hashable {
    /// Bytes of output, from the first of `output` on, and the sequence number where the version tells it.
    case done(byteCount: Int, sequence: UInt64?)
    /// The device refused it: its status by name.
    case refused(Errno, status: String)
    /// The device did not answer any more.
    case cancelled(Errno)
  }

  public init(_ sa: IPsecSA, input: [Buffer], output: [Buffer]) {
    self.sa = sa
    self.input = input
    self.output = output
    (inputByteCount, outputByteCount) = (Self.byteCount(input), Self.byteCount(output))
  }

  private static func byteCount(_ pieces: [Buffer]) -> Int { pieces.reduce(0) { $0 + Int($1.byteCount) } }

  func map(_ dma: DMA, for device: KernelDevice) throws(DriverError) {
    try dma.map(input, .toDevice, for: device)
    do throws(DriverError) { try dma.map(output, .fromDevice, for: device) } catch {
      dma.unmap(input, .toDevice, for: device)
      throw error
    }
  }

  func unmap(_ dma: DMA, for device: KernelDevice) {
    dma.unmap(input, .toDevice, for: device)
    dma.unmap(output, .fromDevice, for: device)
  }
}
