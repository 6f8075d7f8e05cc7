public import Wire

extension SpecVersion {
  /// The published document, revision 4 of 2015-07-25.
  public static let v0_4 = SpecVersion(0, 4)
  /// What the published guest driver sends.
  public static let v1_0 = SpecVersion(1, 0)
  /// What new builds use.
  public static let v2_0 = SpecVersion(2, 0)
}
