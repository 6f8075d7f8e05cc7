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
      "ipv6",
      """
      Without F_IPV6_SUPPORT, a packet that is an IPv6 one, before or after processing, is refused as what needs a \
      feature that was not negotiated.
      """),
    Statement(
      "direction",
      """
      An SA is added for one direction. Outbound ones encapsulate, on encap queues, and inbound ones decapsulate, on \
      decap queues; a request that asks otherwise is refused.
      """),
    Statement(
      "queue-selection",
      """
      The driver writes its queue selection in probe; a write after DRIVER_OK is ignored.
      """),
    Statement(
      "version-choice",
      """
      Where versions are listed, the driver writes the one it chose between FEATURES_OK and DRIVER_OK; a driver \
      that can drive none fails its initialisation.
      """),
    Statement(
      "notification-held",
      """
      The driver keeps buffers on the notification queue. An event that finds none is held: one for each SA and \
      kind of event, which stands for those that follow; what is held is bounded, and the device counts what it \
      drops.
      """),
  ]
}
