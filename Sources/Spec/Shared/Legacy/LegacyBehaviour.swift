import Wire

extension Legacy {
  /// What driver and device of 0.4 and 1.0 do besides.
  static let behaviour = [
    Statement(
      "guest-order",
      """
      SET_GUEST_ENDIAN consists of single bytes, so that it reads the same in both orders. The driver sends it once, \
      before any command that has wider numbers; until then the device takes the guest to be little-endian, and it \
      refuses a second one that says otherwise. Registers are in the guest's order, as in virtio's legacy interface.
      """)
  ]
}
