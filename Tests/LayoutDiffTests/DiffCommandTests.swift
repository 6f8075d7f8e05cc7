import Foundation
import TestSupport
import Testing

@Suite struct DiffCommandTests: DiffProgram {
  let folder = try! TemporaryFolder()

  @Test(arguments: ["0.4", "1.0", "2.0"])
  func `a version with itself prints nothing and exits with 0`(version: String) throws {
    let outcome = try diff(version, version, "--fail-on", "any")
    #expect(outcome.status == 0)
    #expect(outcome.output == "")
  }

  @Test(arguments: [("source", Int32(4)), ("wire", 4), ("any", 4), ("never", 0)])
  func `a break of the wire has an exit code of its own`(level: String, status: Int32) throws {
    #expect(try diff("0.4", "1.0", "--fail-on", level).status == status)
  }

  @Test(arguments: [("--format morse 1.0", Int32(2)), ("", 2), ("nowhere", 5), ("git:no-such-revision", 5)])
  func `bad usage and unreadable input have their own`(arguments: String, status: Int32) throws {
    let words = arguments.split(separator: " ").map(String.init)
    let outcome = try Shell.outcome([Self.program, "diff", "0.4"] + words, in: folder.path)
    #expect(outcome.status == status)
    #expect(!outcome.errors.isEmpty)
  }

  @Test(arguments: [["1.0", "--mapping", "x.yaml"], ["x.h", "--suppressions", "x.yaml"], ["x.h", "--seed", "2"]])
  func `an option that would do nothing is bad usage`(arguments: [String]) throws {
    for name in ["x.h", "x.yaml"] { try folder.write("", to: name) }
    let outcome = try Shell.outcome([Self.program, "diff", "0.4"] + arguments, in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(arguments[1]))
  }

  @Test func `a rename breaks sources and nothing else`() throws {
    let layout = try renamed("\"cookie\"", "\"token\"")
    let outcome = try diff("2.0", layout)
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("data_req.token  field-renamed  cookie → token"))
    #expect(try diff("2.0", layout, "--fail-on", "wire").status == 0)
  }

  @Test(arguments: [
    ("{", "not JSON"), ("{}", "format: is missing"), ("", "is empty"), ("[1]", "an object is wanted at the top"),
    ("{\n\"format\": 1e30}", "line 2: format 1e30 is out of range"),
    ("{\"format\": 18446744073709552000}", "line 1: format 18446744073709552000 is out of range; jq before 1.7"),
  ])
  func `what is no layout is refused with one line`(text: String, problem: String) throws {
    try folder.write(text, to: "new.json")
    let outcome = try diff("new.json", "2.0")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains(problem))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func `a layout comes through a pipe`() throws {
    try folder.write(try layout(), to: "new.json")
    let outcome = try Shell.outcome(
      ["sh", "-c", "cat new.json | '\(Self.program)' diff 2.0 /dev/stdin"], in: folder.path)
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
    let empty = try diff("2.0", "/dev/null")
    #expect(empty.status == 5 && empty.errors.contains("/dev/null: is empty"), "\(empty.errors)")
  }

  @Test(arguments: [
    ("\"needs\" :", "\"nedes\" : [], \"needs\" :", "features[0].nedes: no layout.json of format 1 has such a key"),
    ("\"feature\" : \"VIRTIO_IPSEC_F_DH\",", "\"featur\" : \"VIRTIO_IPSEC_F_DH\",", ".featur: no layout.json"),
  ])
  func `a misspelt key is refused with one line`(key: String, misspelt: String, problem: String) throws {
    let outcome = try diff("2.0", try renamed(key, misspelt))
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func `a layout that names what is not there is refused with one line`() throws {
    let outcome = try diff(try renamed("\"header\" : \"attr_hdr\"", "\"header\" : \"nowhere\""), "2.0")
    #expect(outcome.status == 5)
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ("- {rule: device-id, place: identity.device_id, reason: known}", Int32(4), ""),
    ("- {rule: device-id, place: identity.device_id}", 2, "'reason' is missing"),
    ("- {rule: device-id, place: nowhere, reason: known}", 2, "nothing matches it"),
    ("- {rule: device-id, place: identity.device_id, reason: known, expires: 2020-01-01}", 2, "expired on 2020-01-01"),
    ("- {rule: no-rule, place: nowhere, reason: known}", 2, "there is no rule"),
    ("- {rule: device-id, place: identity.device_id, reason: known, expires: 2027-13-99}", 2, "is not a day"),
    ("- {rule: device-id, place: identity.device_id, reason: known, expires: 2027-02-29}", 2, "is not a day"),
    ("- &a {rule: device-id, place: identity.device_id, reason: known}\n- *a", 2, "suppressed twice"),
    ("rule: device-id", 2, "not a list"), ("- {", 5, "not YAML"),
  ])
  func `a suppression needs a rule, a place and a reason, and has to hold`(text: String, status: Int32, problem: String)
    throws
  {
    try folder.write(text, to: "suppressions.yaml")
    let outcome = try diff("0.4", "1.0", "--suppressions", "suppressions.yaml")
    #expect(outcome.status == status)
    #expect(problem.isEmpty ? outcome.output.contains("1 suppressed") : outcome.errors.contains(problem))
  }

  @Test func `a suppressed break no longer fails`() throws {
    let layout = try renamed("\"cookie\"", "\"token\"")
    try folder.write("- {rule: field-renamed, place: data_req.token, reason: nobody uses it}", to: "suppressions.yaml")
    #expect(try diff("2.0", layout, "--suppressions", "suppressions.yaml").status == 0)
  }

  @Test func `a diff of which all is suppressed is not identical`() throws {
    let layout = try renamed("\"cookie\"", "\"token\"")
    try folder.write("- {rule: field-renamed, place: data_req.token, reason: nobody uses it}", to: "suppressions.yaml")
    for format in ["text", "markdown", "html"] {
      let text = try diff("2.0", layout, "--suppressions", "suppressions.yaml", "--format", format).output
      #expect(text.contains("nothing beyond what is suppressed"))
      #expect(text.contains("nobody uses it"))
      #expect(!text.contains("identical"))
    }
    #expect(try diff("2.0", layout, "--suppressions", "nowhere.yaml").status == 5)
  }

  @Test(arguments: [("git:HEAD", "this is no repository"), ("git:", "names no revision")])
  func `a revision that cannot be read says why`(name: String, problem: String) throws {
    let outcome = try diff("2.0", name)
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("git:HEAD:2.0", Int32(0), ""), ("git:nowhere", 5, "no such revision"),
    ("git:HEAD:9.9", 5, "it has versions 2.0\n"),
  ])
  func `a layout is read from a revision`(name: String, status: Int32, problem: String) throws {
    _ = try layout()
    // A folder that is no version.
    try folder.write("", to: "gen/include/file")
    for words in [["init", "-q"], ["add", "."]] { _ = try Shell.run(["git"] + words, in: folder.path) }
    _ = try Shell.run(
      ["git", "-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "-m", "x"], in: folder.path)
    let outcome = try diff("2.0", name)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(problem) || problem.isEmpty, "\(outcome.errors)")
  }

  @Test(arguments: ["text", "markdown", "json", "sarif", "junit", "html"])
  func `every format names the place, the rule and the bytes`(format: String) throws {
    // Where a name may go on in a new line.
    let text = try diff("0.4", "1.0", "--format", format).output.replacing("<wbr/>", with: "")
    for word in ["create_sa.num_sas", "field-moved", "reads it at 16", "wire-breaking"] { #expect(text.contains(word)) }
    if format == "html" { #expect(!text.contains("http")) }
  }

  @Test func `a name that would forge a line is refused on one line`() throws {
    let outcome = try diff("2.0", try renamed("\"cookie\"", "\"cookie\\nerror: all is well\\u001b[31m\""))
    #expect(outcome.status == 5)
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.errors.contains("a name with control characters"))
    let other = try diff("2.0", "no\nwhere\u{1b}.json")
    #expect(other.errors.hasPrefix("error: diff: no\\nwhere\\u{1B}.json: neither a version"), "\(other.errors)")
    #expect(other.errors.split(separator: "\n").count == 1)
  }

  @Test func `JSON has verdicts of one shape, of the whole and of each change`() throws {
    let text = try diff("0.4", "1.0", "--format", "json").output
    let report = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let changes = try #require(report["changes"] as? [[String: Any]])
    for place in changes + [report] {
      let verdicts = try #require(place["verdicts"] as? [String: [String: Any]])
      #expect(Set(verdicts.keys) == ["old-driver-new-device", "new-driver-old-device"])
      for verdict in verdicts.values {
        #expect(verdict["verdict"] is String)
        #expect(
          Set(verdict.keys).isSubset(of: ["verdict", "breaksIf", "outcome", "counterexample", "contradiction"]))
      }
    }
  }

  private func renamed(_ old: String, _ new: String) throws -> String {
    try folder.write(try layout().replacing(old, with: new), to: "new.json")
    return "new.json"
  }
}
