public import Virtio

/// A packet to process: its owner keeps it, and may use it again once it has come back.
public final class IPsecRequest {
  public var sa: IPsecSA
  /// Pieces of the packet, in memory that the kernel allocated.
  public var input: [Buffer]
  /// Room for the result.
  public var output: [Buffer]
  /// Called once for each time that the request was submitted.
  public var completion: ((IPsecRequest) -> Void)?
  public internal(set) var outcome: Outcome?

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
  }

  var inputByteCount: Int { input.reduce(0) { $0 + Int($1.byteCount) } }
  var outputByteCount: Int { output.reduce(0) { $0 + Int($1.byteCount) } }

  func map(for device: KernelDevice) throws(DriverError) {
    let dma: DMA = device.kernel.dma
    var mapped = 0
    do throws(DriverError) {
      for index in 0..<input.count + output.count {
        let (buffer, direction) = piece(index)
        _ = try dma.map(buffer.address, byteCount: Int(buffer.byteCount), direction, for: device)
        mapped += 1
      }
    } catch {
      unmap(mapped, for: device)
      throw error
    }
  }

  func unmap(_ count: Int? = nil, for device: KernelDevice) {
    let dma: DMA = device.kernel.dma
    for index in 0..<(count ?? input.count + output.count) {
      let (buffer, direction) = piece(index)
      dma.unmap(buffer.address, byteCount: Int(buffer.byteCount), direction, for: device)
    }
  }

  /// A piece and its direction: those of the input first.
  private func piece(_ index: Int) -> (Buffer, DMADirection) {
    index < input.count ? (input[index], .toDevice) : (output[index - input.count], .fromDevice)
  }
}
