import Wire

/// What lets Swift and clang import the headers as a module.
struct ModuleMap {
  let interface: Interface

  init(_ interface: Interface) { self.interface = interface }

  var text: String {
    """
    // Generated; do not edit. Made by: ipsec-la generate
    module \(interface.module) [system] {
    \(interface.headers.map { "  header \"\($0.name).h\"" }.joined(separator: "\n"))
      export *
    }

    """
  }
}
