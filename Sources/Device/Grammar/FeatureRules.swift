public import Spec
public import Virtio
import Wire

/// What may only be said if a feature was negotiated: the definition's `featureUses`, looked up.
struct FeatureRules: Sendable {
  struct Rule: Sendable {
    let feature: Feature
    let use: Use
  }

  enum Use: Sendable {
    /// An integer, or bits of it, of more than a value.
    case above(UInt64, Source)
    case equal(UInt64, Source)
    /// An attribute, by its type.
    case attribute(UInt64)
  }

  private let rules: [Rule]

  init(_ rules: [Rule]) { self.rules = rules }

  /// The first feature that the parts use and that is not among `features`; in the definition's order.
  func missing(in parts: Parts, among features: FeatureSet) -> Feature? {
    rules.first { !features.contains($0.feature) && parts.contains($0.use) }?.feature
  }

  /// The rules of fields of a message, for a message that is not cut out of a chain by the grammar.
  func rules<M: Message>(for message: M.Type) -> [Rule] {
    rules.filter {
      switch $0.use {
      case .above(_, let source), .equal(_, let source): source.message == "\(M.name)"
      case .attribute: false
      }
    }
  }

  /// Whether an attribute may be used with these features.
  func allows(_ attribute: some Enumeration, with features: FeatureSet) -> Bool {
    rules.allSatisfy {
      guard case .attribute(UInt64(attribute.rawValue)) = $0.use else { return true }
      return features.contains($0.feature)
    }
  }
}

extension FeatureRules.Use {
  /// Whether a message that starts at `start` is such a use; false for an attribute.
  func holds(in bytes: RawSpan, at start: Int, guest: ByteOrder) -> Bool {
    switch self {
    case .above(let value, let source): source.load(from: bytes, at: start, guest: guest) > value
    case .equal(let value, let source): source.load(from: bytes, at: start, guest: guest) == value
    case .attribute: false
    }
  }
}

extension Parts {
  /// Whether something here, or within a repetition or attribute, is used so.
  fileprivate func contains(_ use: FeatureRules.Use) -> Bool {
    switch use {
    case .attribute(let type): if attribute(number: type) != nil { return true }
    case .above(_, let source), .equal(_, let source):
      if let message = messages[source.message], use.holds(in: arena.bytes, at: message.lowerBound, guest: guest) {
        return true
      }
    }
    return inner.contains { $0.contains(use) }
  }
}

extension FeatureSet {
  public init(_ feature: Feature) { self.init(bit: Int(feature.rawValue)) }

  func contains(_ feature: Feature) -> Bool { contains(FeatureSet(feature)) }

  /// What was not negotiated is answered with an error, never silently left out.
  ///
  /// - Throws: `Rejection.unsupportedFeature`.
  func require(_ feature: Feature) throws(Rejection) {
    guard contains(feature) else { throw .unsupportedFeature(feature) }
  }
}
