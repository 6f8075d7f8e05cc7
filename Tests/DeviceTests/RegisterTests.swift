import Device
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct RegisterTests {
  private func words(_ bench: Testbench) -> [UInt32] {
    stride(from: 0, to: 20, by: 4).map { bench.machine.session.transport.readConfiguration(at: $0, byteCount: 4) }
  }

  @Test func `the registers list the version, the one in use, and the queues`() throws {
    let bench = try Testbench { ($0.pairs, $0.scaling) = (3, 2) }
    // guest_queue_info: the testbench selects a scaling of 3.
    #expect(words(bench) == [1, 2 << 24, 2 << 24, 3 | 2 << 16, 3 << 24])
  }

  @Test func `a version that is not offered is not chosen`() throws {
    let bench = try Testbench()
    let transport = bench.machine.session.transport
    try bench.machine.session.negotiate(DriverProfile(supported: []))
    transport.writeConfiguration(at: 8, byteCount: 4, 3 << 24)
    #expect(words(bench)[2] == 2 << 24)
  }

  @Test func `a write after DRIVER_OK is ignored, and the register shows it`() throws {
    let bench = try Testbench { $0.pairs = 2 }
    let before = words(bench)
    let transport = bench.machine.session.transport
    for offset in stride(from: 0, to: 20, by: 4) { transport.writeConfiguration(at: offset, byteCount: 4, 0x0900_0009) }
    #expect(words(bench) == before)
    let sa = try bench.addSA(Samples.gcmTunnel)
    #expect(try bench.encap(Samples.packet(), on: sa, pair: 1).count > 0)
  }

  @Test func `the guest selects its scaling and nothing else`() throws {
    let bench = try Testbench()
    let transport = bench.machine.session.transport
    try bench.machine.session.negotiate(DriverProfile(supported: []))
    transport.writeConfiguration(at: 16, byteCount: 4, 0x0412_3456)
    #expect(words(bench)[4] == 0x0400_0000)
  }

  @Test func `decap and encap queues alternate behind the control queue, the notification queue is the last`() throws {
    let bench = try Testbench { $0.pairs = 4 }
    let sa = try bench.addSA(Samples.gcmTunnel)
    for pair in 0..<4 { #expect(try bench.encap(Samples.packet(), on: sa, pair: pair).count > 0) }
    #expect(bench.machine.queues.count == 10)
  }

  @Test func `a reset forgets SAs and selections, and the device works again`() throws {
    let bench = try Testbench { $0.pairs = 2 }
    let old = try bench.addSA(Samples.gcmTunnel)
    try bench.machine.session.reset()
    #expect(words(bench)[4] == 0)
    try bench.start()
    #expect(throws: TestbenchError.status(.noSuchSA)) { try bench.encap(Samples.packet(), on: old) }
    let sa = try bench.addSA(Samples.gcmTunnel)
    #expect(try bench.encap(Samples.packet(), on: sa).count > 0)
  }

  @Test func `a queue that was reset serves again, and SAs stay`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    _ = try bench.encap(Samples.packet(), on: sa)
    try bench.machine.resetQueue(2)
    #expect(try bench.encap(Samples.packet(), on: sa).count > 0)
  }

  @Test func `a reset between the steps of a request drops it and nothing else`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    for step in 0..<2 {
      var taken: Ticket?
      bench.accelerator.onNotify = { queue, device in
        let ticket = bench.accelerator.makeTicket(for: queue, of: device)!
        #expect(bench.accelerator.take(ticket))
        if step > 0 { bench.accelerator.work(ticket) }
        taken = ticket
      }
      #expect(throws: TestbenchError.unanswered) { try bench.encap(Samples.packet(), on: sa) }
      bench.accelerator.onNotify = nil
      try bench.machine.session.reset()
      let ticket = try #require(taken)
      if step == 0 { bench.accelerator.work(ticket) }
      bench.accelerator.use(ticket)
      try bench.start()
      let fresh = try bench.addSA(Samples.gcmTunnel)
      #expect(try bench.encap(Samples.packet(), on: fresh).count > 0)
    }
  }

  @Test func `an SA that is deleted while a request is under way ends it with an error`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    var taken: Ticket?
    bench.accelerator.onNotify = { queue, device in
      if queue.index == 2 {
        let ticket = bench.accelerator.makeTicket(for: queue, of: device)!
        #expect(bench.accelerator.take(ticket))
        taken = ticket
      } else {
        bench.accelerator.serve(queue, of: device)
      }
    }
    #expect(throws: TestbenchError.unanswered) { try bench.encap(Samples.packet(), on: sa) }
    try bench.deleteSA(sa)
    let ticket = try #require(taken)
    bench.accelerator.work(ticket)
    bench.accelerator.use(ticket)
    ticket.queue.publish()
    #expect(try bench.machine.queues[2].reap()?.byteCount == UInt32(V2_0.Completion.byteCount))
  }
}
