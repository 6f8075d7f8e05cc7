import Glibc
package import Virtio
import Wire

/// Guest memory in files that a back end can map: the driver's view of it, and its description.
package final class SharedMemory {
  /// The driver's view.
  package let guest: GuestMemory
  private let regions: [Region]

  private struct Region {
    let file: RingFile
    let guestAddress: UInt64
    let userAddress: UInt64
    let byteCount: Int
  }

  /// Where regions stand in this side's address space, as far as the back end knows: apart from where the guest has
  /// them, so that nobody takes one for the other.
  private static let userOffset: UInt64 = 0x7f00_0000_0000

  /// - Parameters:
  ///   - regions: guest-physical address and size in bytes of each, whole pages.
  ///   - isSealed: whether files can never be cut.
  ///   - isHuge: whether files have huge pages.
  package init(
    _ regions: [(address: UInt64, byteCount: Int)], isSealed: Bool = true, isHuge: Bool = false
  ) throws(FrontEndError) {
    var made: [Region] = []
    var mapped: [MemoryRegion] = []
    do {
      for (address, byteCount) in regions {
        let file = try FileDescriptor.memory("guest", byteCount: byteCount, isSealed: isSealed, isHuge: isHuge)
        mapped.append(try MemoryRegion(at: address, byteCount: byteCount, fileDescriptor: file.number))
        made.append(
          Region(
            file: RingFile(file), guestAddress: address, userAddress: Self.userOffset + address, byteCount: byteCount))
      }
      guest = try GuestMemory(regions: mapped)
    } catch let error as SystemError { throw .system(error) } catch let error as VirtioError {
      throw .virtio(error)
    } catch { throw .answer("\(error)") }
    self.regions = made
  }

  package var count: Int { regions.count }

  /// Cuts the files to nothing.
  package func cut() { for region in regions { ftruncate(region.file.descriptor.number, 0) } }

  /// Where this side has what the guest has at an address.
  func userAddress(of guest: UInt64) -> UInt64 { guest + Self.userOffset }

  /// The description of one region; its file is passed beside it.
  package func description(_ index: Int) -> Payload {
    var payload = Payload(MemoryRegionDescription.self)
    payload[\MemoryRegionDescription.guestAddress] = regions[index].guestAddress
    payload[\MemoryRegionDescription.size] = UInt64(regions[index].byteCount)
    payload[\MemoryRegionDescription.userAddress] = regions[index].userAddress
    return payload
  }

  package func file(_ index: Int) throws(FrontEndError) -> FileDescriptor {
    do throws(SystemError) { return try regions[index].file.descriptor.duplicate() } catch { throw .system(error) }
  }
}
