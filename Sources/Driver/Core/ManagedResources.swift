/// What a device's driver has acquired, released in reverse when the driver parts from the device (`devres`).
public struct ManagedResources {
  private var entries: [(name: String, release: () -> Void)] = []
  public var count: Int { entries.count }
  /// Names, oldest first.
  public var names: [String] { entries.map(\.name) }

  /// Notes what undoes an acquisition (`devm_add_action`).
  mutating func add(_ name: String, release: @escaping () -> Void) { entries.append((name, release)) }

  /// The last one, taken off.
  mutating func popLast() -> (name: String, release: () -> Void)? { entries.popLast() }
}
