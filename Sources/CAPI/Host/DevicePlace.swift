import CSystem
import Driver
import Glibc
import Spec
import Wire

/// Where an accelerator is: in this process, or behind a socket.
struct DevicePlace {
  /// Nil for one that is simulated.
  var socket: Socket?
  /// Of the device's interface.
  var version = SpecVersion.v2_0

  static let simulated = DevicePlace()

  /// The socket of a served device, and how its driver is to see it.
  struct Socket {
    var path: String
    var isPacked = true
    var queueSize = 256
    /// Seconds that the back end may be away.
    var reconnect = 2
  }

  private static let variable = "G_IPSEC_LA_DEVICES"
  /// Most that a process may name.
  private static let limit = 16

  /// The places that the environment names; nil where it names none, or is not to be trusted, as that of a program
  /// that has more rights than who started it.
  ///
  /// - Throws: `DriverError`, EINVAL.
  static func environment() throws(DriverError) -> [DevicePlace]? {
    guard let value = system_environment(variable) else { return nil }
    let places = String(cString: value).split(whereSeparator: \.isWhitespace)
    guard (1...limit).contains(places.count) else {
      throw DriverError(.EINVAL, variable, "names \(places.count) devices, not 1 to \(limit)")
    }
    var result: [DevicePlace] = []
    for (number, text) in places.enumerated() {
      let place = try DevicePlace(String(text))
      guard place.socket != nil || number < Host.cardLimit else {
        throw DriverError(.EINVAL, variable, "simulated devices go into the first \(Host.cardLimit) places")
      }
      result.append(place)
    }
    return result
  }

  /// `simulated`, or `vhost-user:PATH`, with options behind commas.
  ///
  /// - Throws: `DriverError`, EINVAL.
  init(_ text: String) throws(DriverError) {
    let prefix = "vhost-user:"
    var parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let place = parts.removeFirst(), path = place.dropFirst(prefix.count)
    if place.hasPrefix(prefix), !path.isEmpty {
      socket = Socket(path: String(path))
    } else if place != "simulated" {
      throw Self.refusal("'\(text)' is neither 'simulated' nor '\(prefix)PATH'")
    }
    for part in parts {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, take(pair[0], pair[1]) else { throw Self.refusal("'\(part)' in '\(text)'") }
    }
  }

  private init() {}

  /// Takes an option; whether this place has such a one.
  private mutating func take(_ name: String, _ value: String) -> Bool {
    guard name == "spec-version" else { return socket?.take(name, value) ?? false }
    guard let definition = Spec.all.first(where: { $0.version.description == value }) else { return false }
    version = definition.version
    return true
  }

  private static func refusal(_ problem: String) -> DriverError { DriverError(.EINVAL, variable, problem) }
}

extension DevicePlace.Socket {
  /// Takes an option that only a served device has; whether it is one.
  fileprivate mutating func take(_ name: String, _ value: String) -> Bool {
    switch (name, value) {
    case ("packed", "on"): isPacked = true
    case ("packed", "off"): isPacked = false
    case ("queue-size", _):
      guard let size = Int(value), (2...1024).contains(size), size & (size - 1) == 0 else { return false }
      queueSize = size
    case ("reconnect", _):
      guard let seconds = Int(value), (0...3600).contains(seconds) else { return false }
      reconnect = seconds
    default: return false
    }
    return true
  }
}
