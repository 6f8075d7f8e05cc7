import Model
import Spec

/// Edits that random search once found to be judged wrong, by a rule or by its proof.
enum MutationFixtures {
  private static let (breaking, compatible) = ("wire-breaking", "wire-compatible")
  private static let antiReplay = "wire-compatible-if"

  static let all: [Fixture] = [
    // What an answer has room for is what its reader knows of: what more is written does not fit.
    Fixture(
      "structure-size", at: "headroom_tailroom_size", breaking, breaking,
      says: "new device writes 12 bytes, old driver makes room for 10", from: Layout(Spec.v0_4)
    ) {
      $0.structure("headroom_tailroom_size") { $0.size = 10 }
    },
    // A limit of a limit is a limit: the old device's bound is kept by two of the new driver's together.
    Fixture(
      "field-bound", at: "data_in_place.input_start_of_data+input_data_length", compatible, compatible,
      from: Layout(Spec.v0_4)
    ) {
      $0.structure("data_in_place") { structure in
        var tighter = structure.bounds[0]
        tighter.limit.field = "output_buffer_length"
        structure.bounds[0] = tighter
      }
    },
    // An attribute that needs a feature is limited only where that is negotiated.
    Fixture(
      "chain-limit", at: "attributes.sa_attributes.replay_window", compatible, antiReplay,
      says: "above the limit of 512"
    ) { layout in
      for set in layout.attributeSets.indices {
        for attribute in layout.attributeSets[set].attributes.indices
        where layout.attributeSets[set].attributes[attribute].name == "replay_window" {
          let length = Layout.Reference(structure: "replay_window", field: "bitmap_length")
          layout.attributeSets[set].attributes[attribute].parts[1] =
            .bytes(name: "replay_bitmap", length: .field(length, limit: 520), summary: "The bitmap.")
        }
      }
    },
  ]
}
