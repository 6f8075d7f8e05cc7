import Wire

extension Spec {
  /// What driver and device of every version do.
  static let behaviour = [
    Statement(
      "default-device",
      """
      Without any feature bit, the device does ESP over IPv4, in tunnel and transport mode, and computes the \
      header checksum of tunnel packets.
      """),
    Statement(
      "no-silent-downgrade",
      """
      A request that needs a feature which was not negotiated is answered with an error, and nothing of it is \
      done.
      """),
    Statement(
      "queue-selection",
      """
      The driver writes its queue selection in probe; a write after DRIVER_OK is ignored.
      """),
    Statement(
      "version-choice",
      """
      Where versions are listed, the driver chooses one of them before FEATURES_OK; a driver that can drive none \
      fails its initialisation.
      """),
    Statement(
      "notification-held",
      """
      The driver keeps buffers on the notification queue. An event that finds none is held: one for each SA and \
      kind of event, which stands for those that follow; what is held is bounded, and the device counts what it \
      drops.
      """),
  ]

  /// What only 2.0 says.
  static let modernBehaviour = [
    Statement("modern", "The device is a modern one: it refuses FEATURES_OK without VIRTIO_F_VERSION_1."),
    Statement(
      "byte-order",
      """
      Everything is little-endian but the IPv4 addresses of tunnels, which are big-endian as in a packet, and IPv6 \
      addresses, which are bytes.
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
      statistics, the negotiated features and version, the queue selection, the legacy algorithms that are on, and \
      events not yet delivered.
      """),
  ]
}
