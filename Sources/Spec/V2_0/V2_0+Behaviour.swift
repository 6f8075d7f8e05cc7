import Wire

extension V2_0 {
  /// What driver and device do besides.
  static let behaviour = [
    Statement("modern", "The device is a modern one: it refuses FEATURES_OK without VIRTIO_F_VERSION_1."),
    Statement(
      "byte-order",
      """
      Everything is little-endian but the IPv4 addresses of tunnels, which are big-endian as in a packet, and IPv6 \
      addresses, which are bytes.
      """),
    Statement(
      "framing",
      """
      How the bytes of a chain are spread over descriptors means nothing (virtio 1.4, section 2.7.4), whether or not \
      F_SG_BUFFERS is negotiated: the bit is kept for drivers that ask for it.
      """),
    Statement(
      "broken-data-chain",
      """
      A data chain that cannot be taken apart is answered with MALFORMED in every completion that its first header \
      announces and there is room for; an operation that is not the queue's is answered with INVALID_VALUE.
      """),
    Statement(
      "reserved",
      """
      Reserved bytes and bits are zero on send; a device that finds another value answers MALFORMED, and a driver \
      takes the message for broken.
      """),
    Statement(
      "handles",
      """
      The device chooses handles. None is 0, and none is given again while the device runs, so that a request in \
      flight never meets another SA or group.
      """),
    Statement(
      "hard-lifetime-event",
      """
      Hard expiry is told by the status of the data requests that it refuses, and where there is a notification \
      queue and the SA asks for it, by an event as well.
      """),
    Statement(
      "legacy-off",
      """
      DES, triple DES and MD5 are refused until SET_CAPABILITIES turns them on, which needs F_LEGACY_ALGORITHMS.
      """),
    Statement(
      "migrated-state",
      """
      A saved state holds groups, SAs with their keys, sequence numbers, replay windows, lifetimes so far, \
      statistics, Diffie-Hellman key pairs, the negotiated features and version, the queue selection, the legacy \
      algorithms that are on, and events not yet delivered.
      """),
  ]
}
