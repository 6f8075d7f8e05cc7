/// A loadable module: drivers that come and go together.
public final class Module {
  public let name: String
  /// Names of the modules that have to be there first.
  public let dependencies: [String]
  let initialize: (Kernel) throws(DriverError) -> Void
  let exit: (Kernel) -> Void
  /// Modules, and others, that use it.
  public internal(set) var useCount = 0

  public init(
    _ name: String, needs dependencies: [String] = [],
    initialize: @escaping (Kernel) throws(DriverError) -> Void, exit: @escaping (Kernel) -> Void
  ) {
    self.name = name
    self.dependencies = dependencies
    self.initialize = initialize
    self.exit = exit
  }
}

extension Kernel {
  /// Modules that are loaded, oldest first.
  public var loadedModules: [String] { modules.map(\.name) }

  /// Loads a module (`insmod`).
  ///
  /// - Throws: `DriverError`: EEXIST, ENOENT where one that it needs is not there, or what its init function threw.
  public func load(_ module: Module) throws(DriverError) {
    guard !modules.contains(where: { $0.name == module.name }) else {
      throw DriverError(.EEXIST, module.name, "is loaded already")
    }
    let needed = modules.filter { module.dependencies.contains($0.name) }
    guard needed.count == module.dependencies.count else {
      throw DriverError(.ENOENT, module.name, "needs \(module.dependencies.joined(separator: ", "))")
    }
    trace(.module, module.name, "load")
    try module.initialize(self)
    for other in needed { other.useCount += 1 }
    modules.append(module)
    scheduler.run()
  }

  /// Unloads a module (`rmmod`).
  ///
  /// - Throws: `DriverError`: ENOENT, or EBUSY while it is in use.
  public func unload(_ name: String) throws(DriverError) {
    guard let module = modules.first(where: { $0.name == name }) else {
      throw DriverError(.ENOENT, name, "is not loaded")
    }
    guard module.useCount == 0 else { throw DriverError(.EBUSY, name, "is in use by \(module.useCount)") }
    module.exit(self)
    modules.removeAll { $0 === module }
    for other in modules where module.dependencies.contains(other.name) { other.useCount -= 1 }
    trace(.module, name, "free")
    scheduler.run()
  }
}
