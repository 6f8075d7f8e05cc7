extension ProfileKey {
  /// What a profile has here, with its unit, as a file has it.
  public func text(in profile: Profile) -> String {
    switch place {
    case .rate(let path): return "\(profile[keyPath: path])"
    case .number(let path, _):
      let number = profile[keyPath: path]
      return unit == "Hz" ? Self.frequency(number) : unit == "0 or 1" ? "\(number)" : "\(number) \(unit)"
    }
  }

  private static func frequency(_ hertz: UInt64) -> String {
    for (unit, factor) in [("GHz", 1_000_000_000), ("MHz", 1_000_000), ("kHz", 1_000)] as [(String, UInt64)]
    where hertz.isMultiple(of: factor) {
      return "\(hertz / factor) \(unit)"
    }
    return "\(hertz) Hz"
  }
}

extension Profile {
  /// Where it has other values than `other`.
  public func differences(from other: Profile) -> [ProfileKey] {
    ProfileKey.all.filter { $0.text(in: self) != $0.text(in: other) }
  }
}
