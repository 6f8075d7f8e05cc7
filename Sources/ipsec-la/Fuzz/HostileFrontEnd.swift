import VhostUser
import Wire

/// A front end that says what it likes over a socket, a piece at a time, and not always to the end.
final class HostileFrontEnd {
  private var connection: Connection
  private var script: VhostUserScript
  /// What has not been sent of a frame.
  private var rest: [UInt8] = []
  /// The back end has ended the connection.
  private(set) var isOver = false

  init(_ socket: consuming FileDescriptor, rings: Int, _ region: KeptRegion, _ input: inout FuzzInput) throws {
    connection = Connection(socket)
    script = try VhostUserScript(rings: rings, region, &input)
  }

  /// Whether it stands in the midst of a frame.
  var isWithin: Bool { !rest.isEmpty }

  /// Sends the next frame, or what is left of the last: all of it, or a part.
  func speak(_ input: inout FuzzInput) throws {
    var descriptors = PassedDescriptors()
    if rest.isEmpty {
      var frame = try script.next(&input)
      rest = frame.bytes
      swap(&descriptors, &frame.descriptors)
      // Whoever keeps this one never learns that the front end is gone.
      if input.oneIn(200) { descriptors.append(try connection.socket.duplicate()) }
    }
    let count = input.oneIn(3) ? 1 + input.below(rest.count) : rest.count
    send(Array(rest.prefix(count)), descriptors)
  }

  /// Asks again and again, without a look at the answers.
  func flood() {
    guard rest.isEmpty else { return }
    let question = VhostUser.Frame(Request.getFeatures.rawValue).bytes
    rest = [UInt8]([[UInt8]](repeating: question, count: 600).joined())
    send(rest, PassedDescriptors())
  }

  private func send(_ bytes: [UInt8], _ descriptors: consuming PassedDescriptors) {
    do throws(SystemError) {
      rest.removeFirst(try connection.socket.send(bytes, descriptors))
    } catch { isOver = true }
  }

  /// Takes the answers that have come: how many.
  func listen() -> Int {
    var count = 0
    do throws(Connection.Ending) {
      while true {
        var answer = try connection.receive()
        precondition(answer.flags[\.reply] == 1, "request \(answer.request) is no answer")
        if answer.request == Request.getInflightRegion.rawValue { script.region.file = answer.descriptors.take() }
        count += 1
      }
    } catch {
      if error != .nothing { isOver = true }
      return count
    }
  }

  /// The guest makes something available, and says so.
  func kick(_ input: inout FuzzInput) {
    script.makeAvailable(&input)
    script.kick.signal()
  }
}
