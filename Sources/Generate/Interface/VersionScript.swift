import Wire

/// What tells the linker which names the library shows: those of its functions. Those that Swift protects stay.
struct VersionScript {
  let interface: Interface

  init(_ interface: Interface) { self.interface = interface }

  var text: String {
    let names = InterfaceNames(interface)
    let functions = interface.headers.flatMap(\.sections).flatMap(\.items).compactMap { item -> String? in
      if case .function(let function) = item { names.name(function.name) } else { nil }
    }
    return """
      # Generated; do not edit. Made by: ipsec-la generate
      {
      global:
      \(functions.map { "\t\($0);" }.joined(separator: "\n"))
      local:
      \t*;
      };

      """
  }
}
