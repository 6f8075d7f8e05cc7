import Wire

extension Rule {
  static let featureBit = Rule(
    "feature-bit", "A feature of the device has a bit of its own, outside of those that virtio keeps (24 to 49)."
  ) { layout in
    layout.features.enumerated().flatMap { index, feature -> [(place: String, problem: String)] in
      let place = "features.\(feature.name.withoutPrefix(layout.macroPrefix))"
      var problems: [(place: String, problem: String)] = []
      if let other = layout.features[..<index].first(where: { $0.bit == feature.bit }) {
        problems.append((place, "bit \(feature.bit) is also that of '\(other.name)'"))
      }
      if !feature.isForeign, (24...49).contains(feature.bit) || feature.bit > 127 {
        problems.append((place, "bit \(feature.bit) is virtio's own"))
      }
      return problems
    }
  }

  static let queueSize = Rule("queue-size", "A virtqueue has at most 32,768 descriptors.") { layout in
    layout.queues.maximumSize > 32_768 ? [("queues", "up to \(layout.queues.maximumSize) descriptors")] : []
  }

  static let versionRegister = Rule("version-register", "A version register holds major << 24 | minor.") { layout in
    let expected = SpecVersion(layout.version)?.register
    return layout.identity.versionRegister == expected
      ? [] : [("identity", "\(layout.identity.versionRegister) is not the encoding of \(layout.version)")]
  }
}
