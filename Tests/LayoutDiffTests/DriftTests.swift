import Foundation
import LayoutDiff
import Model
import Spec
import TestSupport
import Testing

@Suite struct DriftTests {
  /// What a compiler and pahole make of C.
  private static func btf(_ source: String) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try folder.write(source, to: "x.c")
    _ = try Shell.run(["cc", "-g", "-c", "-fno-eliminate-unused-debug-types", "x.c", "-o", "x.o"], in: folder.path)
    _ = try Shell.run(["pahole", "--btf_encode_detached=x.btf", "x.o"], in: folder.path)
    return try Array(Data(contentsOf: folder.url("x.btf")))
  }

  private static let source = """
    typedef unsigned short __le16;
    typedef unsigned int __be32, __virtio32;
    typedef __be32 address;
    enum { RED = 1, GREEN = -1, BIG = 0x1ffffffffULL };
    enum { ALONE = -1 };
    struct s {
      __le16 plain;
      union { address in; unsigned char raw[4]; };
      struct { unsigned low : 3, high : 5; char tail[2][4]; } inner;
      __virtio32 old[2];
      const unsigned last;
    } __attribute__((packed));
    typedef struct { int x; } untagged;
    struct s s; untagged u; int unit = RED;
    """

  @Test func `members are found in anonymous and in named structures, with the order that typedefs say`() throws {
    let definition = try BTF(Self.btf(Self.source)).definition()
    #expect(definition.values["RED"] == 1)
    #expect(definition.values["BIG"] == 0x1_ffff_ffff)
    #expect(definition.values["ALONE"] == .max)
    #expect(definition.structures["untagged"]?.members.map(\.name) == ["x"])
    let structure = try #require(definition.structures["s"])
    #expect(structure.size == 2 + 4 + 12 + 8 + 4)
    let expected: [ForeignDefinition.Member] = [
      .init(name: "plain", offset: 0, size: 2, order: .little), .init(name: "in", offset: 2, size: 4, order: .big),
      .init(name: "raw", offset: 2, size: 4), .init(name: "inner", offset: 6, size: 12),
      .init(name: "inner.low", bitOffset: 48, bitWidth: 3), .init(name: "inner.high", bitOffset: 51, bitWidth: 5),
      .init(name: "inner.tail", offset: 7, size: 8), .init(name: "old", offset: 18, size: 8, order: .guest),
      .init(name: "last", offset: 26, size: 4),
    ]
    #expect(structure.members == expected)
  }

  @Test func `BTF that is cut off or damaged anywhere is read or refused`() throws {
    let bytes = try Self.btf(Self.source)
    for count in bytes.indices {
      #expect(throws: BTFError.self) { try BTF(Array(bytes.prefix(count))).definition() }
    }
    for index in bytes.indices {
      for value in [UInt8(0), 0x7f, 0xff] {
        var damaged = bytes
        damaged[index] = value
        _ = try? BTF(damaged).definition()
      }
    }
  }

  @Test func `bits are found among bit-fields`() throws {
    let layout = Layout(Spec.v2_0)
    let (structure, field, bits) = try #require(layout.firstBits)
    let offset = field.offset * 8 + bits.low + 1
    let member = ForeignDefinition.Member(name: bits.name, bitOffset: offset, bitWidth: bits.width)
    let foreign = ForeignDefinition(structures: [structure.name: .init(size: structure.size, members: [member])])
    let found = Drift(layout, foreign).findings.filter { $0.rule == .bits }
    #expect(found.map(\.place) == ["\(structure.name).\(field.name).\(bits.name)"])
  }

  @Test func `a feature by its mask is told apart from another bit`() {
    let foreign = ForeignDefinition(values: ["VIRTIO_IPSEC_F_ESN": 1 << 6, "VIRTIO_IPSEC_F_AH": 9])
    let found = Drift(Layout(Spec.v1_0), foreign).findings.filter { $0.rule != .missing }
    #expect(Set(found.map { "\($0.rule) \($0.place)" }) == ["mask VIRTIO_IPSEC_F_ESN", "value VIRTIO_IPSEC_F_AH"])
  }

  @Test(arguments: [
    ("VIRTIO_IPSEC_F_ESN", "MY_ESN", true), ("VIRTIO_IPSEC_F_ESN", "MY_EN", false),
    ("VIRTIO_IPSEC_F_EN", "MY_ESN", false),
    ("create_sa.num_sas", "count", true), ("create_sa.num_sas", "cout", false), ("create_sa.num", "count", false),
    ("create_sa", "mine", true), ("create", "mine", false),
  ])
  func `a mapping names what is there on both sides`(ours: String, theirs: String, isThere: Bool) {
    let member = ForeignDefinition.Member(name: "count", offset: 0, size: 4)
    let foreign = ForeignDefinition(values: ["MY_ESN": 1], structures: ["mine": .init(size: 4, members: [member])])
    #expect(Drift.strays([ours: theirs], Layout(Spec.v1_0), foreign).isEmpty == isThere)
  }

  @Test func `a name is found whatever its case, underscores and prefix, or by the mapping`() {
    let layout = Layout(Spec.v1_0)
    let foreign = ForeignDefinition(values: ["IPSEC_F_ESN": 1, "virtio_ipsec_f_esn_": 6, "OTHER": 1])
    let drift = Drift(layout, foreign, names: ["VIRTIO_IPSEC_F_AH": "OTHER"])
    #expect(drift.compared == 2)
    #expect(!drift.breaksWire)
  }

  @Test func `a value, a size and a place that differ are drift`() {
    let layout = Layout(Spec.v1_0)
    let member = ForeignDefinition.Member(name: "num_sas", offset: 64, size: 4)
    let foreign = ForeignDefinition(
      values: ["VIRTIO_IPSEC_F_ESN": 7], structures: ["virtio_ipsec_create_sa": .init(size: 72, members: [member])])
    let found = Set(Drift(layout, foreign).findings.filter(\.rule.breaksWire).map { "\($0.rule.rawValue) \($0.place)" })
    #expect(found == ["drift-value VIRTIO_IPSEC_F_ESN", "drift-size create_sa", "drift-field create_sa.num_sas"])
  }
}

extension Layout {
  /// Some structure with bits in it.
  fileprivate var firstBits: (structure: Structure, field: Field, bits: BitRange)? {
    for structure in structures {
      for field in structure.fields {
        guard case .bits(let name) = field.type, let bits = bitLayout(name)?.ranges.first(where: { !$0.isReserved })
        else { continue }
        return (structure, field, bits)
      }
    }
    return nil
  }
}
