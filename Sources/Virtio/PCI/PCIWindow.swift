/// The bus's path to a BAR: all ones, and nothing written, while memory space is off.
public final class PCIWindow: RegisterWindow {
  private let function: PCIFunction
  private let bar: Int

  public init(_ function: PCIFunction, bar: Int) {
    self.function = function
    self.bar = bar
  }

  public func read(at offset: Int, byteCount: Int) -> UInt32 {
    function.isMemoryEnabled ? function.readBAR(bar, at: offset, byteCount: byteCount) : .max
  }

  public func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    if function.isMemoryEnabled { function.writeBAR(bar, at: offset, byteCount: byteCount, value) }
  }
}
