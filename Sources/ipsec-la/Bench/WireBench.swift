import ArgumentParser
import Spec
import Wire

/// `ipsec-la bench wire`: what reading through a definition costs beside reading the bytes by hand.
struct WireBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wire",
    abstract: "Read a data request through its definition, and by hand.",
    discussion: "The ratio is 1 where a definition costs nothing. A debug build says nothing: use -c release.")

  @Option(help: "Rounds, interleaved; the fastest of each counts.")
  var rounds = 9

  func validate() throws { try Bench.check(rounds: rounds) }

  func run() {
    let requests = (0..<1024 * 32).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 32) }
    var (defined, byHand) = (Duration.seconds(1), Duration.seconds(1))
    var sums: Set<UInt64> = []
    for _ in 0..<rounds {
      defined = min(defined, time(&sums) { sumThroughDefinition(requests.span.bytes) })
      byHand = min(byHand, time(&sums) { sumByHand(requests.span.bytes) })
    }
    precondition(sums.count == 1, "both read the same")
    let accesses = 1024.0 * 6 * 100
    print("through the definition  \(nanoseconds(defined, accesses)) ns a field")
    print("by hand                 \(nanoseconds(byHand, accesses)) ns a field")
    print("ratio                   \(hundredths(defined / byHand))")
  }

  private func time(_ sums: inout Set<UInt64>, _ body: () -> UInt64) -> Duration {
    var sum: UInt64 = 0
    let duration = ContinuousClock().measure { for _ in 0..<100 { sum &+= body() } }
    sums.insert(sum)
    return duration
  }

  private func nanoseconds(_ duration: Duration, _ count: Double) -> String {
    hundredths(duration / .nanoseconds(1) / count)
  }

  private func hundredths(_ value: Double) -> String {
    let scaled = Int((value * 100).rounded())
    return "\(scaled / 100)." + (scaled % 100 < 10 ? "0" : "") + "\(scaled % 100)"
  }
}

@inline(never)
private func sumThroughDefinition(_ bytes: RawSpan) -> UInt64 {
  var sum: UInt64 = 0
  for start in stride(from: 0, to: bytes.byteCount, by: 32) {
    guard let request = try? Reader<V2_0.DataRequest>(bytes.extracting(start..<start + 32)) else { return 0 }
    sum &+= request.sa &+ request.cookie &+ UInt64(request.inputLength) &+ UInt64(request.outputCapacity)
    sum &+= UInt64(request.operation.rawValue) &+ UInt64(request.following)
  }
  return sum
}

@inline(never)
private func sumByHand(_ bytes: RawSpan) -> UInt64 {
  var sum: UInt64 = 0
  for start in stride(from: 0, to: bytes.byteCount, by: 32) {
    let request = bytes.extracting(start..<start + 32)
    sum &+= request.load(UInt64.self, at: 0, .little) &+ request.load(UInt64.self, at: 24, .little)
    sum &+= UInt64(request.load(UInt32.self, at: 8, .little)) &+ UInt64(request.load(UInt32.self, at: 12, .little))
    sum &+= UInt64(request.load(UInt16.self, at: 16, .little)) &+ UInt64(request.load(UInt16.self, at: 20, .little))
  }
  return sum
}
