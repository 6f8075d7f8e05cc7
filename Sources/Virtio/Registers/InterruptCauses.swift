/// Causes of an interrupt, as InterruptStatus (MMIO) and the ISR status (PCI) show them.
public struct InterruptCauses: OptionSet, Sendable, Hashable, Codable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The device used buffers.
  public static let queue = Self(rawValue: 1)
  /// The configuration changed.
  public static let configuration = Self(rawValue: 2)
}
