public import Model
public import Testing

/// A layout is told by its version: all of it would fill pages of every report.
extension Layout: CustomTestStringConvertible {
  public var testDescription: String { version }
}
