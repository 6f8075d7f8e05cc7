import Clockwork
import CycleModel
import Virtio

/// What is asked for, as bytes in guest memory.
package struct PreparedChain: Sendable {
  package var readable: [UInt8]
  /// Bytes of room for the answer.
  package var room: Int
  /// Buffers that each of the two is cut into.
  package var segments = 1
  /// A packet that is processed where it stands, and where that is in the room.
  var packet: [UInt8] = []
  var standing: Standing?

  package init(readable: [UInt8], room: Int) { (self.readable, self.room) = (readable, room) }

  var form: ChainForm { ChainForm(byteCount: readable.count, room: room, segments: segments, standing: standing) }
}

/// A packet in the memory that its result goes to.
struct Standing {
  /// Bytes in front of it in the room.
  var offset: Int
  var byteCount: Int
  /// Whether the chain has it among what the device reads, too; otherwise the request says where it stands.
  var isInput: Bool
}

/// A chain without its bytes: handing it on counts no references.
struct ChainForm {
  /// Readable bytes, and bytes of room for the answer.
  var byteCount = 0
  var room = 0
  /// Buffers that each of the two is cut into.
  var segments = 1
  var standing: Standing?

  var descriptorCount: Int { standing?.isInput == true ? 3 : 2 * segments }
}

/// The driver's end of one queue: chains in guest memory, in slots that are used again and again.
///
/// Accesses to its variables are not checked at run time for overlap: each reads or writes one whole value, or one
/// element, and ends before anything else is called.
package final class LiveQueue {
  let queue: DriverQueue
  private let memory: GuestMemory
  /// Where each slot starts; the room for the answer is `reach` bytes behind.
  private let slots: [UInt64]
  private let reach: Int
  @exclusivity(unchecked) private var free: [Int]
  /// Which prepared chain stands in a slot; -1 for none.
  @exclusivity(unchecked) private var contents: Cells<Int>
  /// By item: its slot, its room, and its place in the order of the ring; 0 when it is not on the ring.
  @exclusivity(unchecked) private var places: Cells<Place>
  @exclusivity(unchecked) private var added: UInt64 = 0
  /// The driver takes chains and is not to be interrupted.
  @exclusivity(unchecked) private var isReaping = false

  private struct Place {
    var chain = Pending()
    var order: UInt64 = 0
  }

  /// What the driver has on the ring.
  struct Pending {
    var item: UInt32 = 0
    var slot = 0
    var form = ChainForm()
    var isCorrupted = false
  }

  /// - Parameters:
  ///   - items: as many as there are.
  ///   - readable: most readable bytes of a chain.
  ///   - room: most writable bytes of a chain.
  init(_ queue: DriverQueue, _ heap: GuestHeap, items: Int, readable: Int, room: Int) {
    self.queue = queue
    memory = heap.memory
    reach = (readable + 63) & ~63
    let size = reach + room
    slots = (0..<max(1, queue.size / 2)).map { _ in heap.allocate(size) }
    free = Array(slots.indices.reversed())
    contents = Cells(repeating: -1, count: slots.count)
    places = Cells(repeating: Place(), count: items)
  }

  /// Guest memory that a queue's slots take.
  static func byteCount(size: Int, readable: Int, room: Int) -> Int {
    max(1, size / 2) * (((readable + 63) & ~63) + ((room + 63) & ~63))
  }

  package var index: Int { queue.index }
  /// Whether there is room for a chain of so many descriptors.
  package func hasRoom(descriptors: Int) -> Bool { queue.freeCount >= descriptors && !free.isEmpty }
  /// Descriptors of a chain on the ring.
  func descriptorCount(of item: UInt32) -> UInt32 { UInt32(places[Int(item)].chain.form.descriptorCount) }

  /// Puts a chain on the ring, not yet shown to the device; false when there is no room.
  ///
  /// - Parameter number: tells prepared chains apart, so that one that stands in the slot is not written again; -1 for
  ///   one that is sent only once.
  package func add(_ item: UInt32, _ chain: PreparedChain, number: Int, isCorrupted: Bool) -> Bool {
    if let standing = chain.standing, let slot = free.last {
      write(chain.packet, at: slots[slot] + UInt64(reach + standing.offset))
    }
    return add(item, chain.form, chain.readable, number: number, isCorrupted: isCorrupted)
  }

  /// The same; `bytes` are asked for only where they are not in the slot yet.
  @inline(__always)
  func add(
    _ item: UInt32, _ form: ChainForm, _ bytes: @autoclosure () -> [UInt8], number: Int, isCorrupted: Bool
  ) -> Bool {
    guard queue.freeCount >= form.descriptorCount, let slot = free.popLast() else { return false }
    let address = slots[slot]
    if number < 0 || contents[slot] != number {
      write(bytes(), at: address)
      contents[slot] = number
    }
    // Behind the last byte of all memory.
    let start = isCorrupted ? UInt64.max - UInt64(form.byteCount) : address
    let request = Buffer(address: start, byteCount: UInt32(form.byteCount))
    let answer = Buffer(address: address + UInt64(reach), byteCount: UInt32(form.room))
    if let standing = form.standing, standing.isInput {
      let input = Buffer(address: answer.address + UInt64(standing.offset), byteCount: UInt32(standing.byteCount))
      let buffers: InlineArray<3, Buffer> = [request, input, answer]
      put(buffers.span, readable: 2, item)
    } else if form.segments == 1 {
      let buffers: InlineArray<2, Buffer> = [request, answer]
      put(buffers.span, readable: 1, item)
    } else {
      put((request.cut(form.segments) + answer.cut(form.segments)).span, readable: form.segments, item)
    }
    added += 1
    places[Int(item)] = Place(
      chain: Pending(item: item, slot: slot, form: form, isCorrupted: isCorrupted), order: added)
    return true
  }

  private func put(_ buffers: Span<Buffer>, readable count: Int, _ item: UInt32) {
    do throws(VirtioError) { try queue.add(buffers, readableCount: count, token: UInt64(item)) } catch {
      preconditionFailure("a ring with room takes a chain: \(error)")
    }
  }

  private func write(_ bytes: [UInt8], at address: UInt64) {
    do throws(VirtioError) {
      try bytes.span.bytes.withUnsafeBytes { (bytes) throws(VirtioError) in try memory.write(address: address, bytes) }
    } catch { preconditionFailure("a slot is guest memory: \(error)") }
  }

  /// Takes the next used chain; nil when there is none, and the driver asks to be interrupted for the next.
  ///
  /// While it takes chains it does not: an index that it shows the device for each would have to be seen at once.
  func reap() -> (item: UInt32, byteCount: Int)? {
    do throws(VirtioError) {
      repeat {
        if !isReaping { queue.disableInterrupts() }
        isReaping = true
        if let completion = try queue.reap() { return (UInt32(completion.token), Int(completion.byteCount)) }
        isReaping = false
      } while queue.enableInterrupts()
      return nil
    } catch { preconditionFailure("the device uses what it was given: \(error)") }
  }

  /// What the device reads.
  package func request(_ item: UInt32) -> [UInt8] { request(places[Int(item)].chain) }

  func request(_ chain: Pending) -> [UInt8] {
    (try? memory.bytes(address: slots[chain.slot], byteCount: chain.form.byteCount)) ?? []
  }

  /// The packet that stands in a chain's room, or what became of it.
  func packet(in chain: Pending) -> [UInt8] {
    guard let standing = chain.form.standing else { return [] }
    let address = slots[chain.slot] + UInt64(reach + standing.offset)
    return (try? memory.bytes(address: address, byteCount: standing.byteCount)) ?? []
  }

  /// What the device has written.
  package func answer(to item: UInt32, byteCount: Int) -> [UInt8] {
    let chain = places[Int(item)].chain
    let address = slots[chain.slot] + UInt64(reach)
    return (try? memory.bytes(address: address, byteCount: min(byteCount, chain.form.room))) ?? []
  }

  /// Copies what the device has written, as far as there is room for it; returns how much there was.
  package func readAnswer(to item: UInt32, byteCount: Int, into bytes: UnsafeMutableRawBufferPointer) -> Int {
    let chain = places[Int(item)].chain
    let count = min(byteCount, chain.form.room, bytes.count)
    let piece = UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])
    do throws(VirtioError) { try memory.read(address: slots[chain.slot] + UInt64(reach), into: piece) } catch {
      preconditionFailure("a slot is guest memory: \(error)")
    }
    return count
  }

  /// Gives an item's slot back.
  func release(_ item: UInt32) {
    free.append(places[Int(item)].chain.slot)
    places[Int(item)].order = 0
  }

  /// Chains on the ring, oldest first.
  var pending: [Pending] {
    var found: [(order: UInt64, chain: Pending)] = []
    for item in 0..<places.count where places[item].order > 0 {
      found.append((places[item].order, places[item].chain))
    }
    return found.sorted { $0.order < $1.order }.map(\.chain)
  }
}

extension Buffer {
  /// As many pieces as evenly as can be.
  ///
  /// - Precondition: there is a byte for each.
  fileprivate func cut(_ count: Int) -> [Buffer] {
    precondition(byteCount >= count, "an empty buffer")
    return (0..<UInt32(count)).map { piece in
      let (start, end) = (byteCount * piece / UInt32(count), byteCount * (piece + 1) / UInt32(count))
      return Buffer(address: address + UInt64(start), byteCount: end - start)
    }
  }
}
