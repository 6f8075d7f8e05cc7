import Simulation
import Yams

extension YAMLFields {
  /// A quantity of one of the dimensions; nil if the field is not there.
  ///
  /// - Parameter range: what is allowed, in the dimension's first unit.
  func quantity(
    _ name: String, _ dimension: Quantity.Dimension, or other: Quantity.Dimension? = nil, example: String
  ) throws -> Quantity? {
    guard self[name] != nil else { return nil }
    let text = try string(name)
    let quantity =
      other.map { Quantity(text, dimension, $0) } ?? Quantity(text, dimension)
    guard let quantity else {
      let units = ([dimension] + (other.map { [$0] } ?? [])).map(\.unitNames).filter { !$0.isEmpty }
      let allowed = units.isEmpty ? "" : " with one of the units \(units.joined(separator: ", "))"
      throw error(name, "'\(text)' is not a number\(allowed), such as \(example)")
    }
    return quantity
  }

  /// A quantity that is whole in the dimension's first unit.
  func whole(
    _ name: String, _ dimension: Quantity.Dimension, in range: ClosedRange<UInt64>, example: String
  ) throws -> UInt64? {
    let isTooLarge = try self[name] != nil && Quantity.isTooLarge(string(name), dimension)
    let quantity = isTooLarge ? nil : try quantity(name, dimension, example: example)
    guard isTooLarge || quantity != nil else { return nil }
    guard let value = quantity?.whole, range.contains(value) else {
      let (lower, upper) = (dimension.shortest(range.lowerBound), dimension.shortest(range.upperBound))
      let limits = range.upperBound == .max ? "at least \(lower)" : "within \(lower) to \(upper)"
      let unit = dimension.units[0].symbol
      let whole = unit.isEmpty ? "a whole number" : "a whole number of \(unit)"
      throw error(name, "'\(try string(name))' is not \(whole) \(limits)")
    }
    return value
  }

  /// One of the names.
  func name(_ name: String, among known: [String], called what: String) throws -> Int {
    let text = try string(name)
    guard let index = known.firstIndex(of: text) else {
      throw error(
        name, "there is no \(what) '\(text)'; there \(known.count == 1 ? "is" : "are") \(known.joined(separator: ", "))"
      )
    }
    return index
  }

  /// The mappings of a list; none if the field is not there.
  func list(_ name: String) throws -> [YAMLFields] {
    guard let node = self[name] else { return [] }
    guard let nodes = node.sequence else { throw error(name, "is not a list") }
    return try nodes.map { node in
      guard let mapping = node.mapping else {
        throw CommandError("\(path):\(node.mark?.line ?? 1): \(name): holds something else than mappings")
      }
      return YAMLFields(path: path, mapping: mapping, mark: node.mark)
    }
  }
}

extension Quantity.Dimension {
  /// So many of the first unit, in the largest of which they are a whole number.
  fileprivate func shortest(_ value: UInt64) -> String {
    if self == .count || value == 0 { return "\(value)" }
    let unit = units.last { value.isMultiple(of: $0.factor) } ?? units[0]
    return "\(value / unit.factor) \(unit.symbol)"
  }
}
