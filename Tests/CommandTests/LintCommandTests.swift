import Foundation
import TestSupport
import Testing

@Suite struct LintCommandTests {
  let folder = try! TemporaryFolder()

  @Test(arguments: [("0.4", 8), ("1.0", 9), ("2.0", 0)])
  func `a version without findings exits with 0 and counts what is known`(version: String, known: Int) throws {
    let linted = try ipsecLA("lint", "--spec-version", version, in: folder)
    #expect(linted.status == 0)
    #expect(linted.output == "\(version): 0 found, \(known) known\n")
  }

  @Test func `the rules are JSON where that is asked for`() throws {
    let rules = try ipsecLA("lint", "--rules", "--format", "json", in: folder)
    #expect(try JSONDecoder().decode([[String: String]].self, from: Data(rules.output.utf8)).count > 20)
  }

  @Test func `known defects are printed on demand, one a line`() throws {
    let linted = try ipsecLA("lint", "--known", "--spec-version", "0.4", in: folder)
    #expect(linted.status == 0)
    #expect(linted.output.contains("0.4: known: identity: device-id-taken: 20 is the crypto device's\n"))
    #expect(linted.output.split(separator: "\n").count == 9)
  }

  @Test(arguments: [("20", "20 is the crypto device's"), ("64", "64 is beyond 63")])
  func `a finding is one line that says version, place, rule and what is wrong, and exits with 1`(
    deviceID: String, problem: String
  ) throws {
    let linted = try Shell.outcome([program, "lint", "--spec-version", "2.0", "--device-id", deviceID], in: folder.path)
    #expect(linted.status == 1)
    #expect(linted.output.contains("2.0: identity: device-id-"))
    #expect(linted.output.contains(problem))
    #expect(linted.output.hasSuffix("2.0: 1 found, 0 known\n"))
  }

  @Test func `another device ID is judged by itself, whatever is known of the version's own`() throws {
    for (deviceID, status) in [("60", Int32(0)), ("16", 1)] {
      let linted = try Shell.outcome(
        [program, "lint", "--spec-version", "0.4", "--device-id", deviceID], in: folder.path)
      #expect(linted.status == status)
      #expect(!linted.output.contains("stale-erratum"))
    }
  }

  @Test func `findings are there for machines too`() throws {
    let linted = try Shell.outcome(
      [program, "lint", "--format", "json", "--spec-version", "2.0", "--device-id", "20"], in: folder.path)
    #expect(linted.status == 1)
    #expect(linted.output.contains(#""rule" : "device-id-taken""#))
    #expect(linted.output.contains(#""place" : "identity""#))
  }

  @Test func `the rules are listed with a sentence each`() throws {
    let listed = try ipsecLA("lint", "--rules", in: folder)
    let lines = listed.output.split(separator: "\n")
    #expect(listed.status == 0)
    #expect(lines.contains { $0.hasPrefix("stale-erratum ") })
    #expect(lines.allSatisfy { $0.hasSuffix(".") && $0.contains(" ") })
  }

  @Test(arguments: [
    (["--spec-version", "9"], "there is no version '9'; there are 0.4, 1.0, 2.0"),
    (["--device-id", "0"], "'0' is invalid for '--device-id <number>'"),
    (["--format", "xml"], "xml"),
  ])
  func `bad usage is told on stderr and exits with 2`(arguments: [String], message: String) throws {
    let linted = try Shell.outcome([program, "lint"] + arguments, in: folder.path)
    #expect(linted.status == 2)
    #expect(linted.output == "")
    #expect(linted.errors.contains(message))
  }
}
