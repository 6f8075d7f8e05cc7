import Model

/// Layout bugs that other virtio devices had, made in this device.
enum HistoricFixtures {
  private static let (compatible, breaking) = ("wire-compatible", "wire-breaking")

  static let all = [
    // An array of 7 for 3 reserved bytes: everything behind it stands 4 bytes further.
    Fixture("structure-size", at: "attr_auth", breaking, breaking, says: "driver") {
      $0.structure("attr_auth") { structure in
        structure.fields[structure.fields.count - 1].count =
          (structure.fields[structure.fields.count - 1].count ?? 1) + 4
        structure.size += 4
      }
    },
    // Configuration space shifted by 4 bytes.
    Fixture("register-moved", at: "registers.version_count", breaking, breaking, says: "reads version_count at 0") {
      for index in $0.registers.indices { $0.registers[index].offset += 4 }
    },
    // A missing pad: what follows stands where C does not put it.
    Fixture("field-moved", at: "data_req.cookie", breaking, breaking, says: "writes cookie at 24") {
      $0.structure("data_req") { structure in
        structure.fields.removeAll { $0.name == "reserved" }
        structure.size -= 2
      }
      $0.field("data_req", "cookie") { $0.offset -= 2 }
    },
    // A wrong read width: 16 bits read as 32.
    Fixture("register-shape", at: "registers.dev_queue_info", breaking, breaking, says: "reads dev_queue_info") {
      $0.register("dev_queue_info") { $0.width = 2 }
    },
    // A 64-bit register read in halves without a look at the generation.
    Fixture(
      "register-torn", at: "registers.capacity", compatible, breaking, says: "00000001ffffffff", from: .withCapacity
    ) {
      var high = $0.registers[0]
      (high.name, high.offset, high.width) = ("capacity_high", 4, 4)
      $0.registers[0].name = "capacity_low"
      $0.registers[0].width = 4
      $0.registers.append(high)
    },
    // A configuration space of no bytes.
    Fixture("register-removed", at: "registers.version_count", breaking, compatible, says: "beyond the end of 0 bytes")
    {
      $0.registers = []
    },
  ]
}

extension Layout {
  /// 2.0 with one register of 64 bits.
  fileprivate static var withCapacity: Layout {
    var layout = Fixture.base
    layout.registers = [layout.registers[0]]
    (layout.registers[0].name, layout.registers[0].width, layout.registers[0].order) = ("capacity", 8, .little)
    return layout
  }
}
