public import Wire

/// The device, version by version.
public enum Spec {
  /// Every version, oldest first.
  public static let all: [Definition] = [v0_4, v1_0, v2_0]
}
