import Foundation
import TestSupport
import Testing

@Test func `Scapy and tshark agree with us in every configuration they know`() throws {
  let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "interop/run.sh")
  let outcome = try Shell.outcome([
    "/bin/sh", script.path, products.appending(path: "ipsec-la").path, products.appending(path: "interop").path,
  ])
  let text = outcome.output + outcome.errors
  if outcome.status == 77 {
    // Where nobody looks at what was skipped, not to have looked is a failure.
    guard ProcessInfo.processInfo.environment["CI"] == nil else {
      Issue.record("\(text)")
      return
    }
    try Test.cancel("\(text)")
  }
  #expect(outcome.status == 0, "\(text)")
  print(text)
}
