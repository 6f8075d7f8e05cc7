import Driver
import Foundation
import Spec
import TestSupport
import Testing
import Wire

/// The library installed below a prefix of its own, as a C user has it.
struct Installation: Sendable {
  static let shared = Result { try Installation() }

  let folder: TemporaryFolder
  static let sources = URL(filePath: #filePath).deletingLastPathComponent().path

  private init() throws {
    folder = try TemporaryFolder()
    _ = try Shell.run(["\(Self.sources)/install.sh", folder.path, Self.product("libg_ipsec_la.so")])
    // What clang says of the library's part in C, in DWARF 5, stops valgrind.
    let library = URL(filePath: "\(folder.path)/lib/libg_ipsec_la.so").resolvingSymlinksInPath().path
    _ = try Shell.run(["objcopy", "--strip-debug", library])
  }

  /// What was built beside the tests.
  static func product(_ name: String) -> String {
    var place = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while place.path != "/", !FileManager.default.fileExists(atPath: place.appending(path: name).path) {
      place.deleteLastPathComponent()
    }
    return place.appending(path: name).path
  }

  /// Runs a program with its memory watched.
  static let valgrind = [
    "valgrind", "-q", "--leak-check=full", "--errors-for-leak-kinds=definite", "--num-callers=60",
    "--suppressions=\(sources)/valgrind.supp", "--error-exitcode=9",
  ]

  private var environment: [String] {
    ["env", "PKG_CONFIG_PATH=\(folder.path)/lib/pkgconfig", "LD_LIBRARY_PATH=\(folder.path)/lib"]
  }

  /// Compiles an example with what pkg-config says, and nothing else.
  func compile(_ example: String, _ compiler: String, _ options: [String] = []) throws -> String {
    // One that loads the library itself is not linked with it.
    let kinds = example == "loading" ? ["--cflags"] : ["--cflags", "--libs"]
    let flags = try Shell.run(environment + ["pkg-config"] + kinds + ["g_ipsec_la"])
    // Several tests compile the same example at the same time.
    let program = "\(folder.path)/\(example)-\(compiler)-\(UUID().uuidString)"
    _ = try Shell.run(
      [compiler, "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-g", "-Wall", "-Wextra", "-Werror"] + options
        + ["\(Self.sources)/examples/\(example).c", "-o", program, "-pthread"]
        + flags.split(whereSeparator: \.isWhitespace).map(String.init))
    return program
  }

  /// Runs a program with the library that was installed.
  func run(_ command: [String]) throws -> Shell.Outcome { try Shell.outcome(environment + command) }
}

@Suite struct ExampleTests {
  static let examples = [
    "round_trip", "many_in_flight", "sharing", "threads", "broken", "misuse", "control", "order", "resets", "hostile",
    "loading", "gateways", "groups", "lists", "forks", "parameters",
  ]
  let installation = try! Installation.shared.get()

  @Test(arguments: examples, ["gcc", "clang"])
  func `an example compiles with pkg-config's flags alone, and runs`(_ example: String, _ compiler: String) throws {
    let outcome = try installation.run([installation.compile(example, compiler)])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors == "")
    #expect(!outcome.output.isEmpty)
  }

  @Test func `no key stands in memory when its SA has gone`() throws {
    let outcome = try installation.run([installation.compile("keys", "gcc")])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test func `the thread that callbacks run on has a name`() throws {
    let outcome = try installation.run([installation.compile("names", "gcc")])
    #expect(outcome.output == "g_ipsec_la\n", "\(outcome.errors)")
  }

  @Test(arguments: ["0.4", "1.0"], ["many_in_flight", "resets", "hostile", "parameters"])
  func `older versions of the device do the same`(_ version: String, _ example: String) throws {
    let outcome = try installation.run([installation.compile(example, "gcc"), version])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  /// What the example asks for is not the same in every version.
  @Test(arguments: ["0.4", "1.0", "2.0"])
  func `a simulated place says which version its device has`(_ version: String) throws {
    let outcome = try installation.run([
      "env", "G_IPSEC_LA_DEVICES=simulated,spec-version=\(version) simulated",
      installation.compile("parameters", "gcc"), version,
    ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test func `the library has the names that programs are linked and run with`() throws {
    let list = try Shell.run(["ls", "-l", "\(installation.folder.path)/lib"])
    #expect(list.contains("libg_ipsec_la.so -> libg_ipsec_la.so.2\n"))
    #expect(list.contains("libg_ipsec_la.so.2 -> libg_ipsec_la.so.2.0\n"))
  }

  /// To valgrind, what only other threads knew of is lost in a child of fork.
  @Test(.enabled(if: isInstalled("valgrind")), arguments: examples.filter { $0 != "forks" })
  func `an example neither leaks nor touches memory that is not its own`(_ example: String) throws {
    let program = try installation.compile(example, "gcc")
    let outcome = try installation.run(
      Installation.valgrind + [program]
        + (example == "many_in_flight" ? ["2.0", "500"] : example == "threads" ? ["10"] : []))
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(arguments: ["round_trip", "control", "broken", "forks"])
  func `an example runs with its own memory checked by the compiler`(_ example: String) throws {
    let program = try installation.compile(example, "gcc", ["-fsanitize=address,undefined"])
    let outcome = try installation.run([
      "env", "LSAN_OPTIONS=suppressions=\(Installation.sources)/lsan.supp:print_suppressions=0", program,
    ])
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
  }

  /// As old as `bool` is for each compiler.
  @Test(arguments: [("gcc", "c90"), ("clang", "c99"), ("gcc", "c++98"), ("clang", "c++98")])
  func `the headers stand alone, in old C and in C++`(_ compiler: String, _ standard: String) throws {
    let language = ["-x", standard.hasPrefix("c++") ? "c++" : "c", "-std=\(standard)"]
    for header in ["g_ipsec_la.h", "g_ipsec_la_sim.h"] {
      _ = try Shell.run(
        [compiler] + language + ["-Wall", "-Wextra", "-Werror", "-pedantic-errors", "-fsyntax-only", "-"],
        input: "#include \"\(installation.folder.path)/include/\(header)\"\n")
    }
  }

  /// The library stops where a function answers with an error that its definition does not list (`Errno.result`), so
  /// that every example shows that the documentation is right.
  @Test func `errors have the same numbers for the driver and for C, and functions list no others`() throws {
    let numbers = Dictionary(uniqueKeysWithValues: GAPI.ErrorNumber.allCases.map { ("\($0)", Int32($0.rawValue)) })
    for (name, number) in numbers { #expect(Errno(rawValue: number)?.description == name) }
    for item in GAPI.interface.headers.flatMap(\.sections).flatMap(\.items) {
      guard case .function(let function) = item else { continue }
      for error in function.errors { #expect(numbers[error.name] != nil, "\(function.name): \(error.name)") }
      for errors in [function.errors(in: .library), function.errors(in: .kernel)] {
        #expect(Set(errors.map(\.name)).count == errors.count, "\(function.name)")
      }
    }
  }

  /// Both taken as given by `Library.call`, which looks nothing up.
  @Test func `a child may get ENODEV from every function, and a control call's answer begins with its result`() {
    let items = GAPI.interface.headers.flatMap(\.sections).flatMap(\.items)
    let functions = items.compactMap { if case .function(let function) = $0 { function } else { nil } }
    let answers = functions.filter { $0.parameters.map(\.name).contains("flags") }.flatMap(\.parameters)
      .filter { $0.name == "out" }.map(\.type)
    #expect(!answers.isEmpty)
    for function in functions where function.name != "get_api_version" {
      #expect(function.errors(in: .library).map(\.name).contains("ENODEV"), "\(function.name)")
    }
    for case .structure(let structure) in items where answers.contains("struct \(structure.name) *") {
      #expect(structure.members.first?.name == "result", "\(structure.name)")
      #expect(structure.members.first?.type == "int32_t", "\(structure.name)")
    }
  }
}

/// Whether a program is there.
func isInstalled(_ program: String) -> Bool {
  (try? Shell.outcome(["which", program]).status) == 0
}
