#if LIBFUZZER
  /// What libFuzzer calls with each input (Tests/VirtioTests/libfuzzer.sh).
  @_cdecl("LLVMFuzzerTestOneInput")
  public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    do {
      let input = FuzzInput(bytes: Array(UnsafeBufferPointer(start: start, count: count)))
      var ring = try RingFuzzer(input)
      try ring.run(steps: 200)
      var transport = try TransportFuzzer(input)
      try transport.run(steps: 100)
      var driver = try DriverFuzzer(input)
      try driver.run(steps: 200)
    } catch {
      preconditionFailure("the fuzzer's own memory is good: \(error)")
    }
    return 0
  }
#endif
