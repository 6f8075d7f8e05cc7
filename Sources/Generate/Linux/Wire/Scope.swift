import Model

/// What C code at one place of a chain can refer to.
struct Scope {
  /// What a member's name follows: `view->` or `view->next[i].`.
  var view: String
  private var pointers: [String: String] = [:]
  private var repetitions: [String: [String: String]] = [:]
  /// Structures that the other side wrote, which this side can read but not change.
  private(set) var fixed: Set<String> = []
  /// Members of a view that hold what a field says, so that the field need not be read again.
  var known: [String: String] = [:]

  /// Within a repetition, the field that counts it: there, it is 0.
  private(set) var counter: Layout.Reference?
  /// Arrays whose number of elements has been checked.
  var counted: Set<String> = []

  init(view: String) { self.view = view }

  func pointer(to structure: String) -> String {
    guard let pointer = pointers[structure] else { preconditionFailure("\(structure) is not in sight") }
    return pointer
  }

  /// Whether the structure stands earlier in the chain.
  func sees(_ structure: String) -> Bool { pointers[structure] != nil }

  mutating func bind(_ structure: String, to pointer: String) {
    pointers[structure] = pointer
    fixed.remove(structure)
  }

  /// Notes which member of the view holds what a field says.
  mutating func know(_ reference: Layout.Reference, as member: String) {
    known[Derivation.key(pointer(to: reference.structure), reference.field)] = member
  }

  /// The scope within a repetition; what it bound when it was met before is in sight again.
  func entering(_ repetition: String, view: String, counter: Layout.Reference) -> Scope {
    var inner = self
    inner.view = view
    inner.counter = counter
    for (structure, pointer) in repetitions[repetition] ?? [:] { inner.pointers[structure] = pointer }
    return inner
  }

  /// Keeps what the scope within a repetition bound.
  mutating func leave(_ repetition: String, _ inner: Scope) {
    repetitions[repetition, default: [:]].merge(inner.pointers.filter { pointers[$0.key] != $0.value }) { $1 }
  }

  /// The scope of an area that follows another: what that bound can be read there, or known from its view.
  func following(view: String, knowing known: [String: String]) -> Scope {
    var next = self
    next.view = view
    next.fixed = Set(pointers.keys)
    next.known = known
    return next
  }
}
