/// A C library's interface as its author writes it: what applications include and call.
///
/// Types are C's own, with the library's prefix left out: `struct handle` is `struct g_ipsec_la_handle`.
public struct Interface: Sendable {
  /// Name of the library, and prefix of every name.
  public let name: String
  /// The module by which Swift imports its headers.
  public let module: String
  public let version: String
  public let title: String
  public let headers: [Header]
  /// Where it differs from what was published, and why.
  public let deviations: [String]
  /// The errors that functions return.
  public let failures: any Enumeration.Type
  /// Libraries that it is linked with itself, by their names for the linker.
  public let libraries: [String]

  public init(
    name: String, module: String, version: String, title: String, headers: [Header], deviations: [String],
    failures: any Enumeration.Type, libraries: [String]
  ) {
    self.name = name
    self.module = module
    self.version = version
    self.title = title
    self.headers = headers
    self.deviations = deviations
    self.failures = failures
    self.libraries = libraries
  }

  /// Where it is offered: to applications, by a library, or to modules of a kernel, by its driver.
  public enum Place: Sendable { case library, kernel }

  /// One file to include.
  public struct Header: Sendable {
    /// File name without `.h`.
    public let name: String
    public let summary: String
    /// Paragraphs, each under a heading.
    public let introduction: [(heading: String, text: String)]
    public let sections: [Section]

    public init(
      _ name: String, _ summary: String, introduction: [(heading: String, text: String)], sections: [Section]
    ) {
      self.name = name
      self.summary = summary
      self.introduction = introduction
      self.sections = sections
    }
  }

  /// What belongs together in a header.
  public struct Section: Sendable {
    public let title: String
    public let items: [Item]

    public init(_ title: String, _ items: [Item]) {
      self.title = title
      self.items = items
    }
  }

  public enum Item: Sendable {
    case constants(String, [Constant])
    case enumeration(any Enumeration.Type)
    /// Numbers of bits that are combined.
    case flags(any Enumeration.Type)
    case structure(Structure)
    /// A pointer to a function of the application's.
    case callback(Function)
    case function(Function)
  }

  public struct Constant: Sendable {
    public let name: String
    public let value: Int
    public let summary: String
    /// The only place that has it; nil for both.
    public let only: Place?

    public init(_ name: String, _ value: Int, _ summary: String, only: Place? = nil) {
      self.name = name
      self.value = value
      self.summary = summary
      self.only = only
    }
  }

  public struct Structure: Sendable {
    public let name: String
    public let summary: String
    public let members: [Variable]

    public init(_ name: String, _ summary: String, _ members: [Variable]) {
      self.name = name
      self.summary = summary
      self.members = members
    }
  }

  /// A member of a structure, or a parameter of a function.
  public struct Variable: Sendable {
    public let type: String
    public let name: String
    /// Elements of an array.
    public let count: Constant?
    public let summary: String
    public let direction: Direction

    /// Who writes what a parameter points to.
    public enum Direction: String, Sendable { case `in`, out, both = "in,out" }

    public init(
      _ type: String, _ name: String, count: Constant? = nil, direction: Direction = .in, _ summary: String
    ) {
      self.type = type
      self.name = name
      self.count = count
      self.summary = summary
      self.direction = direction
    }
  }

  /// A function, which returns 0 or an error's negative number; a callback returns nothing.
  public struct Function: Sendable {
    public let name: String
    public let summary: String
    public let parameters: [Variable]
    /// What else there is to say.
    public let details: [String]
    /// The errors, and what each says, in every place.
    public let errors: [Failure]

    /// An error by its name in `errno.h`.
    public struct Failure: Sendable {
      public let name: String
      public let summary: String
      /// The only place where it says that; nil for both.
      public let only: Place?

      public init(_ name: String, _ summary: String, only: Place? = nil) {
        self.name = name
        self.summary = summary
        self.only = only
      }
    }

    /// The errors, and what each says in a place.
    public func errors(in place: Place) -> [Failure] { errors.filter { $0.only == nil || $0.only == place } }

    public init(
      _ name: String, _ summary: String, _ parameters: [Variable], details: [String] = [], errors: [Failure] = []
    ) {
      self.name = name
      self.summary = summary
      self.parameters = parameters
      self.details = details
      self.errors = errors
    }
  }
}
