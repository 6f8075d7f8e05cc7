import Driver
import Spec
import Wire

/// Errors as C gets them: the definition of the interface is what says which there are.
extension Errno {
  /// The negative number that a function answers with. What only a kernel knows is an input/output error to C.
  ///
  /// - Parameter function: as the compiler names it.
  func result(of function: StaticString) -> Int32 {
    let number = GAPI.ErrorNumber(rawValue: UInt32(rawValue)) ?? .EIO
    assert(Self.documents(number, function), "\(function) does not document \(number.entry.name)")
    return -Int32(number.rawValue)
  }

  /// Whether the header says that a function may answer so.
  private static func documents(_ number: GAPI.ErrorNumber, _ function: StaticString) -> Bool {
    let name = "\(function)".prefix { $0 != "(" }
    return documented[String(name)]?.contains("\(number.entry.name)") ?? false
  }

  /// The errors of each function, by its name in C.
  private static let documented: [String: Set<String>] = {
    let interface = GAPI.interface
    let items = interface.headers.flatMap(\.sections).flatMap(\.items)
    return items.reduce(into: [:]) { table, item in
      guard case .function(let function) = item else { return }
      table["\(interface.name)_\(function.name)"] = Set(function.errors(in: .library).map(\.name))
    }
  }()
}
