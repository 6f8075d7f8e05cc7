import CGAPI
import Driver
import Spec

/// How a call ends.
enum Ending {
  /// It waits for its answer.
  case answer
  /// It returns at once, and its answer is told.
  case callback(g_ipsec_la_resp_args)
  /// It returns at once, and nobody is told.
  case silence

  /// - Throws: `DriverError`, EINVAL for unknown flags, or where nobody could be told.
  init(_ flags: UInt32, _ resp: UnsafePointer<g_ipsec_la_resp_args>?) throws(DriverError) {
    let known = GAPI.ControlFlag.allCases.reduce(UInt32(0)) { $0 | 1 << $1.rawValue }
    guard flags & ~known == 0 else { throw DriverError(.EINVAL, "g-api", "unknown flags") }
    if flags.has(GAPI.ControlFlag.noResponse) {
      self = .silence
    } else if flags.has(GAPI.ControlFlag.async) {
      guard let resp = resp?.pointee, resp.cb_fn != nil else {
        throw DriverError(.EINVAL, "g-api", "an answer is to be told, and nobody is there")
      }
      self = .callback(resp)
    } else {
      self = .answer
    }
  }

  /// Of a call whose purpose is its answer.
  ///
  /// - Throws: `DriverError`, EINVAL also where none is expected.
  init(answering flags: UInt32, _ resp: UnsafePointer<g_ipsec_la_resp_args>?) throws(DriverError) {
    self = try Ending(flags, resp)
    if case .silence = self { throw DriverError(.EINVAL, "g-api", "no answer is expected") }
  }
}

extension UInt32 {
  /// Whether the bit of a flag is set.
  func has(_ flag: some RawRepresentable<UInt32>) -> Bool { self >> flag.rawValue & 1 == 1 }
}

extension Library {
  /// Runs a control call's body as any function's; its error is in the answer as well, where there is to be one.
  ///
  /// - Parameter out: the answer, which begins with its result as every control call's does.
  static func call(
    _ flags: UInt32, _ out: UnsafeMutableRawPointer?, _ function: StaticString = #function,
    _ body: (Library) throws(DriverError) -> Void
  ) -> Int32 {
    let error = call(function, body)
    if error != 0, let out, flags >> GAPI.ControlFlag.noResponse.rawValue & 1 == 0 { setResult(of: out, error) }
    return error
  }

  private static func setResult(of out: UnsafeMutableRawPointer, _ result: Int32) {
    out.assumingMemoryBound(to: Int32.self).pointee = result
  }

  /// Does what a control call asks for: now, or on the worker.
  ///
  /// - Parameters:
  ///   - out: where the answer goes, its result first; nil where a call without an answer has given none.
  ///   - body: what is done; it may fill the answer.
  func control(
    _ application: Application, _ ending: Ending, _ out: UnsafeMutableRawPointer?,
    _ function: StaticString = #function, _ body: @escaping () throws(DriverError) -> Void
  ) throws(DriverError) {
    switch ending {
    case .answer:
      let out = try required(out, "out")
      try catchUp(application)
      try awaitDevice(of: application)
      try body()
      Self.setResult(of: out, 0)
    case .callback(let resp):
      let out = try required(out, "out")
      try enqueue(
        Job(application: application) { [self] in
          // What was closed with its accelerator gone has taken its memory back.
          guard !application.isClosed else { return }
          Self.setResult(of: out, outcome(of: body, function))
          answer(application, resp) { out }
        })
      application.pending += 1
    case .silence:
      try enqueue(
        Job(application: application) { [self] in
          _ = outcome(of: body, function)
          application.pending -= 1
        })
      application.pending += 1
    }
  }

  private func outcome(of body: () throws(DriverError) -> Void, _ function: StaticString) -> Int32 {
    do throws(DriverError) { try body() } catch { return error.errno.result(of: function) }
    return 0
  }

  /// Has an application told of an answer.
  func answer(
    _ application: Application, _ resp: g_ipsec_la_resp_args,
    _ outargs: @escaping () -> UnsafeMutableRawPointer?
  ) {
    enqueue(
      Callback(application: application, kind: .answer) {
        resp.cb_fn?(resp.cb_arg, resp.cb_arg_len, outargs())
      })
  }
}
