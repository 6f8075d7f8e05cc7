/// What can be changed of an SA in use.
public enum SAUpdate: Sendable {
  /// Address of a gateway, and its UDP port, 0 to leave it; before 2.0.
  case gateway(isLocal: Bool, address: [UInt8], port: UInt16)
  /// The outer header; from 2.0 on.
  case tunnel(SAConfiguration.Tunnel)
  case sequence(UInt64)
  /// Size of the replay window, the highest sequence number received, and which of those before it were received: bit n
  /// of byte n / 8 is the packet n before it. Versions before 2.0 cannot say which: all of them are taken as received.
  case replayWindow(size: Int, highest: UInt64, bitmap: [UInt8])
  case lifetime(SAConfiguration.Lifetime)
}

extension SAConfiguration {
  /// The same after a change.
  mutating func apply(_ update: SAUpdate, _ direction: SADirection) {
    switch update {
    case .gateway(let isLocal, let address, let port):
      let isSource = direction.isSource(local: isLocal)
      if isSource { tunnel?.source = address } else { tunnel?.destination = address }
      guard port != 0 else { return }
      if isSource { udpPorts?.source = port } else { udpPorts?.destination = port }
    case .tunnel(let tunnel): self.tunnel = tunnel
    case .sequence: break
    case .replayWindow(let size, _, _): replayWindow = size
    case .lifetime(let lifetime): self.lifetime = lifetime
    }
  }
}

extension SADirection {
  /// Whether an end of a tunnel is its source: the near end is where an outbound tunnel starts, and where an inbound
  /// one ends.
  public func isSource(local isLocal: Bool) -> Bool { isLocal == (self == .outbound) }
}
