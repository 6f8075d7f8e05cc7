import Device
import Testing

@Suite struct WorkspaceTests {
  @Test func `rising sizes leave no more memory behind than the largest need`() {
    var workspace = Workspace()
    for size in stride(from: 64, through: 65_600, by: 64) {
      for _ in 0..<8 { _ = workspace.reserve(size) }
      workspace.removeAll()
    }
    // Eight of each size that a block has.
    #expect(workspace.byteCount <= 8 * (16_384 + 32_768 + 65_536 + 131_072))
  }

  @Test func `sizes in ever another order leave no more than a number of blocks behind`() {
    var workspace = Workspace()
    for large in 0..<40 {
      for index in 0..<40 { _ = workspace.reserve(index < large ? 65_600 : 16_000) }
      workspace.removeAll()
      #expect(workspace.byteCount <= Workspace.blockLimit * 131_072)
    }
    for _ in 0..<40 { _ = workspace.reserve(16_000) }
    #expect(workspace.byteCount < 8 << 20)
  }

  @Test func `a packet of no bytes stands somewhere, also the first`() {
    var workspace = Workspace()
    let room = workspace.reserve(0)
    #expect(room.baseAddress != nil && room.isEmpty)
  }

  @Test(arguments: [1, 63, 64, 1500, 16_384, 16_385, 70_000])
  func `what is reserved is there, and is nobody else's`(size: Int) {
    var workspace = Workspace()
    for _ in 0..<3 {
      let rooms = (0..<20).map { _ in workspace.reserve(size) }
      for (index, room) in rooms.enumerated() {
        #expect(room.count == size && UInt(bitPattern: room.baseAddress) % 64 == 0)
        room.initializeMemory(as: UInt8.self, repeating: UInt8(index))
      }
      for (index, room) in rooms.enumerated() { #expect(room.allSatisfy { $0 == UInt8(index) }) }
      workspace.removeAll()
    }
  }
}
