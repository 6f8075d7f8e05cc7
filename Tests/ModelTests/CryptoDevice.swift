import Model

/// Two structures of virtio 1.4's crypto device (section 5.9) as the specification writes them: neither is marked
/// packed, and C lays both out in another way.
enum CryptoDevice {
  static let layout = Toy.with { layout in
    layout.structures += [mode, association]
    layout.services[0].commands[0].readable[1] =
      .repeated(
        name: "item", count: Layout.Reference(structure: "request", field: "item_count"), parts: [.structure(name: mode.name)])
  }

  private static let mode = structure(
    "mode_cap",
    [
      ("mode", 1, 1), ("reserved", 1, 3), ("max_replay_win_sz", 4, 1), ("options", 4, 1), ("reserved1", 4, 1),
      ("cipher_algo", 8, 1), ("hmac_algo", 8, 1), ("aead_algo", 4, 1), ("max_cipher_key", 4, 1), ("max_auth_key", 4, 1),
    ])

  private static let association = structure(
    "sa_256b_key",
    [
      ("mode", 1, 1), ("direction", 1, 1), ("reserved", 1, 2), ("obj_id", 4, 1), ("spi", 4, 1), ("salt", 4, 1),
      ("options", 8, 1), ("tunnel_type", 1, 1), ("tunnel_reserved", 1, 3), ("tunnel_ipv6", 4, 10), ("udp_sport", 2, 1),
      ("udp_dport", 2, 1), ("replay_win_sz", 4, 1), ("cipher_algo", 8, 1), ("cipher_key_size", 2, 1), ("reserved1", 2, 1),
      ("cipher_key", 1, 32), ("auth_algo", 8, 1), ("auth_key_size", 2, 1), ("reserved2", 2, 1), ("auth_key", 1, 32),
      ("lifetime", 8, 4),
    ])

  /// Fields without holes, one behind the other.
  private static func structure(_ name: String, _ fields: [(name: String, width: Int, count: Int)]) -> Layout.Structure {
    var result = Toy.layout.structures[0]
    let template = result.fields[0]
    result.name = name
    result.size = 0
    result.fields = fields.map { field in
      var next = template
      (next.name, next.offset, next.width, next.count) = (field.name, result.size, field.width, field.count)
      result.size += next.size
      return next
    }
    return result
  }
}
