import Clockwork

extension Profile {
  /// The places of the queue in front of a unit, and its lanes; the ring and the interrupt have none that are used.
  public func size(of unit: Unit) -> (places: UInt64, lanes: UInt64) {
    switch unit {
    case .ring, .interrupt: (1, 1)
    case .fetch: (1, fetchOutstanding)
    case .header: (headerQueue, headerOutstanding)
    case .parse: (parseQueue, 1)
    case .cache: (cacheQueue, 1)
    case .fill: (1, cacheOutstanding)
    case .input: (inputQueue, inputOutstanding)
    case .lanes: (laneQueue, lanes)
    case .control: (controlQueue, 1)
    case .output: (outputQueue, outputOutstanding)
    case .notification: (notificationQueue, 1)
    case .used: (1, usedOutstanding)
    }
  }
}

extension Stage {
  /// The unit's queue and lanes as the profile has them.
  init(_ unit: Unit, _ profile: Profile) {
    let (places, lanes) = profile.size(of: unit)
    self.init(capacity: Int(places), lanes: Int(lanes))
  }
}
