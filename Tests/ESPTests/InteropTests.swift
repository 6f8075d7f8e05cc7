import Foundation
import Testing

@Test func `Scapy and tshark agree with us in every configuration they know`() throws {
  let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "interop/run.sh")
  let process = Process()
  process.executableURL = URL(filePath: "/bin/sh")
  process.arguments = [
    script.path, products.appending(path: "ipsec-la").path, products.appending(path: "interop").path,
  ]
  let output = Pipe()
  process.standardOutput = output
  process.standardError = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  if process.terminationStatus == 77 {
    // Where nobody looks at what was skipped, not to have looked is a failure.
    guard ProcessInfo.processInfo.environment["CI"] == nil else {
      Issue.record("\(text)")
      return
    }
    try Test.cancel("\(text)")
  }
  #expect(process.terminationStatus == 0, "\(text)")
  print(text)
}
