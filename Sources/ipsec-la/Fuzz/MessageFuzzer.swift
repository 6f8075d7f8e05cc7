import Device
import Model
import Spec
import Testbench
import Wire

/// Makes messages of one version from its grammar, names what may exist in them, and spoils some.
struct MessageFuzzer {
  private let layout: Layout
  private let commands: [Layout.Command]
  private var control: [ChainSampler]
  private var data: [ChainSampler]
  private let dataCommands: [Layout.Command]
  private let bigEndianGuest: Bool

  init(_ version: SpecVersion, bigEndianGuest: Bool, seed: UInt64) {
    let layout = Layout(Spec.all.first { $0.version == version }!)
    func commands(_ service: String) -> [Layout.Command] { layout.services.first { $0.name == service }!.commands }
    func samplers(_ commands: [Layout.Command]) -> [ChainSampler] {
      commands.enumerated().map {
        ChainSampler($1, of: layout, bigEndianGuest: bigEndianGuest, seed: seed &+ UInt64($0))
      }
    }
    self.layout = layout
    self.bigEndianGuest = bigEndianGuest
    self.commands = commands("control")
    dataCommands = commands("data")
    control = samplers(self.commands)
    data = samplers(dataCommands)
  }

  /// A command, and room for its answer.
  mutating func control(_ input: inout FuzzInput) -> (readable: [UInt8], room: Int) {
    let index = input.below(commands.count)
    let chain = control[index].next()
    var bytes = chain.readable
    for field in handles(of: commands[index]) where !input.oneIn(3) { put(Self.handle(&input), field, in: &bytes) }
    if input.oneIn(3) { spoil(&bytes, &input) }
    let room = input.oneIn(2) ? chain.writable.count : input.oneIn(4) ? input.below(16) : Int(input.word() % 3000)
    // The published driver's one buffer has the room at its end.
    if input.oneIn(8) { return (bytes + [UInt8](repeating: 0, count: room), 0) }
    return (bytes, room)
  }

  /// A data request for a packet, and room for its result.
  mutating func data(_ packet: [UInt8], on sa: TestSA?, _ input: inout FuzzInput) -> (readable: [UInt8], room: Int) {
    let index = input.below(dataCommands.count)
    let chain = data[index].next()
    var bytes = chain.readable
    let front = min(structureBytes(of: dataCommands[index]), bytes.count)
    if !input.oneIn(4) {
      // The grammar's header with lengths that are true of the packet.
      let capacity = input.oneIn(8) ? input.below(200) : packet.count + 200
      bytes = Array(bytes[..<front])
      for field in fields(of: dataCommands[index]) {
        switch field.name {
        case "input_length", "input_data_length": put(UInt64(packet.count), field, in: &bytes)
        case "output_capacity", "output_buffer_length", "buffer_length": put(UInt64(capacity), field, in: &bytes)
        case "following", "flags", "input_start_of_data", "output_start_of_data": put(0, field, in: &bytes)
        case "operation": put(sa?.direction == .inbound ? 2 : 1, field, in: &bytes)
        default: break
        }
      }
      let isInPlace = fields(of: dataCommands[index]).contains { $0.name == "buffer_length" }
      if !isInPlace { bytes += packet }
      for field in handles(of: dataCommands[index]) { put(handle(field, sa, &input), field, in: &bytes) }
      if input.oneIn(4) { spoil(&bytes, &input) }
      return (bytes, input.oneIn(8) ? input.below(256) : completionBytes(of: dataCommands[index]) + capacity)
    }
    for field in handles(of: dataCommands[index]) { put(handle(field, sa, &input), field, in: &bytes) }
    spoil(&bytes, &input)
    return (bytes, Int(input.word() % 2000))
  }

  /// Handles are given out from 1 on, so that small numbers name something.
  private static func handle(_ input: inout FuzzInput) -> UInt64 { UInt64(input.oneIn(4) ? 0 : 1 + input.below(12)) }

  private func handle(_ field: Field, _ sa: TestSA?, _ input: inout FuzzInput) -> UInt64 {
    guard let sa else { return Self.handle(&input) }
    return field.name.hasPrefix("group") ? sa.group?.rawValue ?? 0 : sa.handle.rawValue
  }

  private func spoil(_ bytes: inout [UInt8], _ input: inout FuzzInput) {
    guard !bytes.isEmpty else { return }
    for _ in 0..<input.below(4) {
      // Headers rather than packets.
      let limit = input.oneIn(2) ? min(bytes.count, 64) : bytes.count
      bytes[Int(input.word() % UInt64(limit))] = input.oneIn(2) ? input.byte() : input.pick([0, 1, 0x7f, 0x80, 0xff])
    }
    if input.oneIn(6) { bytes = Array(bytes.prefix(Int(input.word() % UInt64(bytes.count + 1)))) }
    if input.oneIn(12) { bytes += [UInt8](repeating: input.byte(), count: input.below(64)) }
  }

  // MARK: Fields

  /// A field at the front of a command.
  private struct Field {
    let name: String
    let range: Range<Int>
    let isHandle: Bool
    let isBig: Bool
  }

  private func handles(of command: Layout.Command) -> [Field] { fields(of: command).filter(\.isHandle) }

  /// Fields of the structures at the front, which stand at fixed places.
  private func fields(of command: Layout.Command) -> [Field] {
    var fields: [Field] = []
    var start = 0
    for structure in structures(command.readable) {
      for field in structure.fields {
        let byteCount = field.width * (field.count ?? 1)
        let offset = start + field.offset
        fields.append(
          Field(
            name: field.name, range: offset..<offset + byteCount,
            isHandle: field.name.hasSuffix("handle") || ["sa", "group", "dh", "cursor"].contains(field.name),
            isBig: bigEndianGuest))
      }
      start += structure.size
    }
    return fields
  }

  private func structures(_ parts: [Layout.Part]) -> [Layout.Structure] {
    var structures: [Layout.Structure] = []
    for part in parts {
      switch part {
      case .structure(let name): structures += layout.structure(name).map { [$0] } ?? []
      case .measured(_, let inner): return structures + self.structures(inner)
      case .repeated, .bytes, .optional, .group, .attributes, .slack: return structures
      }
    }
    return structures
  }

  private func structureBytes(of command: Layout.Command) -> Int {
    structures(command.readable).reduce(0) { $0 + $1.size }
  }

  private func completionBytes(of command: Layout.Command) -> Int {
    structures(command.writable).reduce(0) { $0 + $1.size }
  }

  /// Handles are little-endian bytes whatever the guest; other fields are in its order.
  private func put(_ value: UInt64, _ field: Field, in bytes: inout [UInt8]) {
    guard field.range.upperBound <= bytes.count else { return }
    for (index, offset) in field.range.enumerated() {
      let place = field.isBig && !field.isHandle ? field.range.count - 1 - index : index
      bytes[offset] = place < 8 ? UInt8(truncatingIfNeeded: value >> UInt64(8 * place)) : 0
    }
  }
}
