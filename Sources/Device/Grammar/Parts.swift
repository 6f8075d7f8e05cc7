public import Wire

/// What a chain holds, part by part: read out of one by `Grammar.parse`, or filled in for `Grammar.compose`.
///
/// Fields are named by key path, `parts[\V2_0.AddSA.group]`; where they stand is the definition's business.
/// Copies share the bytes.
public struct Parts {
  let arena: Arena
  let guest: ByteOrder
  /// Where the nearest message of each name stands.
  var messages: [String: Range<Int>] = [:]
  private var blobs: [String: Range<Int>] = [:]
  private var repetitions: [String: [Parts]] = [:]
  private var attributes: [UInt64: Parts] = [:]

  init(in arena: Arena, guest: ByteOrder) {
    self.arena = arena
    self.guest = guest
  }

  /// Nothing yet, to be filled in.
  /// - Parameter guest: the guest's byte order, for fields that are in it.
  public init(guest: ByteOrder = .little) { self.init(in: Arena(), guest: guest) }

  /// Nothing yet, but the messages around it are seen.
  func makeInner() -> Parts {
    var inner = Parts(in: arena, guest: guest)
    inner.messages = messages
    return inner
  }

  // MARK: Messages

  public func contains<M: Message>(_ message: M.Type) -> Bool { messages["\(M.name)"] != nil }

  /// A field of the nearest message of its type, which the grammar says is there.
  public subscript<M: Message, Value>(field: KeyPath<M, Field<Value>>) -> Value {
    get {
      let (offset, order) = place(of: field)
      return Value.load(from: arena.bytes, at: offset, order)
    }
    set {
      include(M.self)
      let (offset, order) = place(of: field)
      arena.withMutableBytes { bytes in
        var span = bytes.mutableBytes
        newValue.store(into: &span, at: offset, order)
      }
    }
  }

  /// Offset in bytes of a field within the message it came in.
  func offset<M: Message, Value>(of field: KeyPath<M, Field<Value>>) -> Int { place(of: field).offset }

  /// Has a message, of zeros if there was none.
  public mutating func include(_ message: any Message.Type) {
    let name = "\(message.name)"
    if messages[name] == nil { messages[name] = arena.append(zeros: message.byteCount) }
  }

  private func place<M: Message, Value>(of path: KeyPath<M, Field<Value>>) -> (offset: Int, order: ByteOrder) {
    guard let range = messages["\(M.name)"] else { preconditionFailure("no \(M.name) here") }
    let field = M()[keyPath: path]
    return (range.lowerBound + field.offset, (field.order ?? M.order).resolved(guest: guest))
  }

  // MARK: Opaque bytes, repetitions, attributes

  /// Calls `body` with opaque bytes; none where there are none of that name.
  public func withBytes<Result>(_ name: String, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try arena.bytes.extracting(blobs[name] ?? 0..<0).withUnsafeBytes(body)
  }

  /// A copy of opaque bytes that hold no secret.
  public func bytes(_ name: String) -> [UInt8] { withBytes(name) { Array($0) } }

  /// Puts in opaque bytes.
  public mutating func setBytes(_ name: String, _ bytes: some Collection<UInt8>) {
    blobs[name] = arena.append(bytes)
  }

  mutating func setBytes(_ name: String, at range: Range<Int>) { blobs[name] = range }
  func range(ofBytes name: String) -> Range<Int>? { blobs[name] }

  /// The repetitions of that name, in order.
  public func repetitions(_ name: String) -> [Parts] { repetitions[name] ?? [] }

  /// Adds a repetition.
  public mutating func append<E: Error>(_ name: String, _ fill: (inout Parts) throws(E) -> Void) throws(E) {
    var inner = Parts(in: arena, guest: guest)
    try fill(&inner)
    repetitions[name, default: []].append(inner)
  }

  mutating func setRepetitions(_ name: String, _ inner: [Parts]) { repetitions[name] = inner }

  /// Repetitions of every name, and attributes.
  var inner: [Parts] { repetitions.values.flatMap(\.self) + attributes.values }

  /// The attribute of a type; nil when there is none.
  public func attribute(_ type: some Enumeration) -> Parts? { attributes[UInt64(type.rawValue)] }

  /// Puts in an attribute.
  public mutating func setAttribute(_ type: some Enumeration, _ fill: (inout Parts) -> Void) {
    var inner = Parts(in: arena, guest: guest)
    fill(&inner)
    attributes[UInt64(type.rawValue)] = inner
  }

  mutating func setAttribute(number: UInt64, _ inner: Parts) { attributes[number] = inner }
  func attribute(number: UInt64) -> Parts? { attributes[number] }
}
