#if LIBFUZZER_ESP
  /// What libFuzzer calls with each input (Tests/ESPTests/libfuzzer.sh).
  @_cdecl("LLVMFuzzerTestOneInput")
  public func fuzzPackets(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var fuzzer = PacketFuzzer(FuzzInput(bytes: Array(UnsafeBufferPointer(start: start, count: count))))
    do throws(PacketFuzzer.Violation) {
      try fuzzer.run(packets: 40)
    } catch {
      fatalError(error.description)
    }
    return 0
  }
#endif
