public import Spec

/// What a request needs from the pipeline; nothing of what is in it.
public struct Request: Hashable, Sendable {
  public enum Kind: UInt8, Sendable {
    /// Packets: through SA cache and lanes.
    case data
    /// A command: through the control unit.
    case control
  }

  public var kind: Kind
  /// The SA that the packets belong to, as the cache's tag.
  public var association: UInt32
  /// Packets in the chain, of one SA; each takes a lane of its own.
  public var packets: UInt32
  /// Packets that turned out to be refused.
  public var refused: UInt32 = 0
  /// Descriptors of the chain, 16 bytes each (VIRTIO 1.4, The Virtqueue Descriptor Table).
  public var descriptors: UInt32
  /// Bytes of the request's headers.
  public var headerBytes: UInt32
  /// Bytes that are read and go through a lane.
  public var bytesIn: UInt32
  /// Bytes that are written, the status among them.
  public var bytesOut: UInt32
  /// What each packet goes through, SA by SA.
  public var algorithms: AlgorithmSequence
  /// Events for the driver that processing it raises.
  public var events: UInt32

  /// - Parameters:
  ///   - packets: at least 1, unless it is a command.
  ///   - descriptors: of the chain, at least 1.
  ///   - cipher: of the only SA, or of the first that works on the packet.
  ///   - integrity: of the same.
  ///   - events: that processing it raises.
  public init(
    _ kind: Kind = .data, association: UInt32 = 0, packets: UInt32 = 1, descriptors: UInt32 = 3,
    headerBytes: UInt32 = 32, bytesIn: UInt32, bytesOut: UInt32, cipher: CipherAlgorithm = .aesGCM16,
    integrity: HMACAlgorithm = .null, events: UInt32 = 0
  ) {
    self.kind = kind
    self.association = association
    self.packets = packets
    self.descriptors = descriptors
    self.headerBytes = headerBytes
    self.bytesIn = bytesIn
    self.bytesOut = bytesOut
    algorithms = AlgorithmSequence(cipher, integrity)
    self.events = events
  }
}
