import Foundation
import TestSupport
import Testing

/// The library installed below a prefix of its own, as a C user has it.
struct Installation: Sendable {
  static let shared = Result { try Installation() }

  let folder: TemporaryFolder
  static let sources = URL(filePath: #filePath).deletingLastPathComponent().path

  private init() throws {
    folder = try TemporaryFolder()
    _ = try Shell.run(["\(Self.sources)/install.sh", folder.path, Self.library])
  }

  /// What was built beside the tests.
  private static var library: String {
    var place = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while place.path != "/", !FileManager.default.fileExists(atPath: place.appending(path: "libg_ipsec_la.so").path) {
      place.deleteLastPathComponent()
    }
    return place.appending(path: "libg_ipsec_la.so").path
  }

  private var environment: [String] {
    ["env", "PKG_CONFIG_PATH=\(folder.path)/lib/pkgconfig", "LD_LIBRARY_PATH=\(folder.path)/lib"]
  }

  /// Compiles an example with what pkg-config says, and nothing else.
  func compile(_ example: String, _ compiler: String) throws -> String {
    let flags = try Shell.run(environment + ["pkg-config", "--cflags", "--libs", "g_ipsec_la"])
    // Several tests compile the same example at the same time.
    let program = "\(folder.path)/\(example)-\(compiler)-\(UUID().uuidString)"
    _ = try Shell.run(
      [compiler, "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-g", "-Wall", "-Wextra", "-Werror"]
        + ["\(Self.sources)/examples/\(example).c", "-o", program, "-pthread"]
        + flags.split(whereSeparator: \.isWhitespace).map(String.init))
    return program
  }

  /// Runs a program with the library that was installed.
  func run(_ command: [String]) throws -> Shell.Outcome { try Shell.outcome(environment + command) }
}

@Suite struct ExampleTests {
  static let examples = ["round_trip", "many_in_flight", "sharing", "threads", "broken", "misuse", "control"]
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

  @Test(arguments: ["0.4", "1.0"])
  func `packets go through older versions of the device as well`(_ version: String) throws {
    let outcome = try installation.run([installation.compile("many_in_flight", "gcc"), version])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(.enabled(if: isInstalled("valgrind")), arguments: examples)
  func `an example neither leaks nor touches memory that is not its own`(_ example: String) throws {
    let program = try installation.compile(example, "gcc")
    let outcome = try installation.run(
      [
        "valgrind", "-q", "--leak-check=full", "--errors-for-leak-kinds=definite", "--num-callers=60",
        "--suppressions=\(Installation.sources)/valgrind.supp", "--error-exitcode=9", program,
      ] + (example == "many_in_flight" ? ["2.0", "500"] : example == "threads" ? ["10"] : []))
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(arguments: ["gcc", "clang"], [["-x", "c", "-std=c11"], ["-x", "c++", "-std=c++11"]])
  func `the headers stand alone, in C and in C++`(_ compiler: String, _ language: [String]) throws {
    for header in ["g_ipsec_la.h", "g_ipsec_la_sim.h"] {
      _ = try Shell.run(
        [compiler] + language + ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-"],
        input: "#include \"\(installation.folder.path)/include/\(header)\"\n")
    }
  }

  @Test func `what the documentation says that a call answers is what is expected of misuse`() throws {
    let header = try installation.folder.read("include/g_ipsec_la.h")
    let functions = header.split(separator: "\n").compactMap { $0.firstMatch(of: /^int32_t (g_ipsec_la_\w+)\(/)?.1 }
    #expect(functions.count == 20)
    let misuse = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "examples/misuse.c"),
      encoding: .utf8)
    for function in functions { #expect(misuse.contains("\(function)"), "\(function) is not misused") }
  }
}

/// Whether a program is there.
private func isInstalled(_ program: String) -> Bool {
  (try? Shell.outcome(["which", program]).status) == 0
}
