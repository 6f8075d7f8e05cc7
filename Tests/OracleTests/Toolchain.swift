import Foundation
import Generate
import Model
import Spec
import TestSupport
import Testing

/// A C compiler, and how what it makes is run.
struct Toolchain: Sendable, CustomTestStringConvertible {
  let name: String
  let compile: [String]
  let run: [String]

  var testDescription: String { name }

  /// C90 has no `inline`; every compiler has another word for it.
  private static func standard(_ name: String) -> [String] {
    ["-std=\(name)"] + (name == "c90" ? ["-Dinline=__inline__"] : [])
  }

  private static let strict = ["-Wall", "-Wextra", "-Wcast-qual", "-Werror", "-pedantic"]

  static let native: [Toolchain] = ["gcc", "clang"].flatMap { compiler in
    ["c90", "c11"].map { Toolchain(name: "\(compiler) \($0)", compile: [compiler] + standard($0) + strict, run: []) }
  }

  /// 32 bits. The kernel's headers are those of the 64-bit system.
  static let narrow: [Toolchain] = ["gcc", "clang"].map {
    Toolchain(
      name: "\($0) -m32",
      compile: [$0, "-m32", "-isystem", "/usr/include/x86_64-linux-gnu"] + standard("c90") + strict, run: [])
  }

  /// Big-endian, under emulation.
  static let big = Toolchain(
    name: "s390x", compile: ["s390x-linux-gnu-gcc", "-static"] + standard("c90") + strict, run: ["qemu-s390x"])

  static let all = native + narrow + [big]
}

/// The self-test of one version, compiled.
struct SelfTestProgram {
  let folder: TemporaryFolder
  private let run: [String]

  /// Writes the artefacts to a folder of their own and compiles the self-test there.
  ///
  /// - Throws: `Shell.Failure` with what the compiler said.
  init(_ layout: Layout, _ toolchain: Toolchain, flags: [String] = []) throws {
    folder = try TemporaryFolder()
    for artefact in Artefact.all(of: layout) { try folder.write(artefact.contents, to: artefact.path) }
    _ = try Shell.run(
      toolchain.compile + flags + [
        "-I", "linux/include/uapi", "-I", "linux/include", "selftest/\(layout.prefix)_selftest.c", "-o", "selftest/run",
      ], in: folder.path)
    run = toolchain.run + ["\(folder.path)/selftest/run"]
  }

  func callAsFunction(_ arguments: [String], input: String = "") throws -> String {
    try Shell.run(run + arguments, input: input)
  }
}

extension Array where Element == UInt8 {
  /// Two digits a byte; a dash for none.
  var hex: String {
    isEmpty ? "-" : map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

let versions = Spec.all.map(Layout.init)

/// The seed of this run; set IPSEC_LA_SEED to repeat one.
let seed = ProcessInfo.processInfo.environment["IPSEC_LA_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0 ... .max)
