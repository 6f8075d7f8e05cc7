public import Device
import ESP

/// An SA that the testbench added.
public struct TestSA: Sendable, Hashable {
  public let handle: Handle
  public let direction: Direction
  public let group: Handle?
  /// A result has at most `extra` bytes more than the longer of the packet and `least`.
  private var least = 0
  private var extra = 256

  public init(handle: Handle, direction: Direction, group: Handle?) {
    self.handle = handle
    self.direction = direction
    self.group = group
  }

  /// One SA more works on each packet: it may pad to the length that it hides, and adds headers, IV and ICV.
  mutating func reserve(_ parameters: Parameters) {
    least = max(least, parameters.tfcLength - (extra - 256))
    extra += 256
  }

  /// Bytes of room for what becomes of a packet.
  func room(for byteCount: Int) -> Int { max(byteCount, least) + extra }
}
