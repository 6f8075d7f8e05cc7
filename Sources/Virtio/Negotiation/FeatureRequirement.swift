/// A feature and those without which it is neither offered nor accepted.
public struct FeatureRequirement: Sendable {
  public let feature: FeatureSet
  public let needs: FeatureSet

  public init(_ feature: FeatureSet, needs: FeatureSet) {
    self.feature = feature
    self.needs = needs
  }
}

extension FeatureSet {
  /// The requirements that this set breaks.
  public func unmet(_ requirements: [FeatureRequirement]) -> [FeatureRequirement] {
    requirements.filter { isSuperset(of: $0.feature) && !isSuperset(of: $0.needs) }
  }

  /// This set without the features whose requirements it does not meet, and those that need these in turn.
  public func closed(under requirements: [FeatureRequirement]) -> Self {
    var result = self
    while case let broken = result.unmet(requirements), !broken.isEmpty {
      for requirement in broken { result.subtract(requirement.feature) }
    }
    return result
  }
}
