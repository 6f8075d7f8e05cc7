import Foundation
import LayoutDiff
import Model
import Spec
import TestSupport
import Testing

@Suite struct DriftTests {
  @Test func `what pahole prints is read: structures, nested ones aside, and enumerations`() {
    var foreign = ForeignDefinition()
    foreign.add(pahole: """
      enum colour {
      \tRED   = 1,
      \tGREEN = -1,
      };
      struct virtio_ipsec_flush_sa {
      \t__u8                       group_handle[8];      /*     0     8 */
      \tstruct {
      \t\t__le32             inner;                /*     8     4 */
      \t} nested;                                        /*     8     4 */

      \t/* size: 12, cachelines: 1, members: 2 */
      };
      """)
    #expect(foreign.values == ["RED": 1, "GREEN": .max])
    let structure = foreign.structures["virtio_ipsec_flush_sa"]
    #expect(structure?.size == 12)
    #expect(structure?.members.first?.name == "group_handle")
  }

  @Test func `a name is found whatever its case, underscores and prefix, or by the mapping`() {
    let layout = Layout(Spec.v1_0)
    let foreign = ForeignDefinition(values: ["IPSEC_F_ESN": 1, "virtio_ipsec_f_esn_": 6, "OTHER": 1])
    let drift = Drift(layout, foreign, names: ["VIRTIO_IPSEC_F_AH": "OTHER"])
    #expect(drift.compared == 2)
    #expect(!drift.findings.contains { $0.breaksWire })
  }

  @Test func `a value, a size and a place that differ are drift`() {
    let layout = Layout(Spec.v1_0)
    let member = ForeignDefinition.Member(name: "num_sas", offset: 64, size: 4)
    let foreign = ForeignDefinition(
      values: ["VIRTIO_IPSEC_F_ESN": 7], structures: ["virtio_ipsec_create_sa": .init(size: 72, members: [member])])
    let found = Set(Drift(layout, foreign).findings.filter(\.breaksWire).map { "\($0.rule) \($0.place)" })
    #expect(found == ["drift-value VIRTIO_IPSEC_F_ESN", "drift-size create_sa", "drift-field create_sa.num_sas"])
  }
}
