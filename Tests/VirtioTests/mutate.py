#!/usr/bin/env python3
"""Removes checks of Sources/Virtio one at a time, as listed below, and shows that a test fails for each.

Run from the package's root: python3 Tests/VirtioTests/mutate.py [--check] [word ...]
Only mutations whose file or text holds one of the words are tried; without words, all are. With --check, none is: only
whether each check is still where the list says.
What it takes of the package is copied first, so that the sources are left alone. The tests stop at the first that fails.
Exits with 1 when a mutation survives, or does not compile.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

# File below Sources/Virtio, what stands there, what stands there instead.
MUTATIONS = [
    ("Memory/GuestMemory.swift", "where lower.address + UInt64(lower.byteCount) > upper.address", "where false"),
    ("Memory/MemoryHandle.swift", "if address &- mapping.pointee.start < mapping.pointee.byteCount {", "if address >= mapping.pointee.start {"),
    ("Memory/RingArea.swift", "guard address % UInt64(alignment) == 0 else", "guard true else"),
    ("Memory/MemoryHandle.swift", "UInt64(byteCount) <= mapping.byteCount - offset", "true"),
    ("Chain/ChainStorage.swift", "guard readableByteCount &+ writableByteCount &+ count <= Chain.byteLimit else", "guard true else"),
    ("Chain/Chain+Integers.swift", "guard isAccessible, offset + byteCount <= readableByteCount else { return nil }", ""),
    ("Chain/WrittenExtent.swift", "if range.lowerBound <= prefix {", "if true {"),
    ("Chain/WrittenExtent.swift", "if beyond.lowerBound <= prefix { prefix = max(prefix, beyond.upperBound) }", ""),
    ("Chain/IndirectTable.swift", "guard bytes > 0, bytes % Descriptor.byteCount == 0 else", "guard bytes > 0 else"),
    ("Chain/IndirectTable.swift", "guard bytes > 0, bytes % Descriptor.byteCount == 0 else", "guard bytes % Descriptor.byteCount == 0 else"),
    ("Chain/IndirectTable.swift", "guard !table.address.addingReportingOverflow(UInt64(bytes)).overflow else { return .outsideMemory }", ""),
    ("Chain/IndirectTable.swift", "guard tableSize + directCount <= queueSize else { return .tooLong }", ""),
    ("Chain/IndirectTable.swift", "guard format == .packed || !descriptor.flags.contains(.indirect)", "guard true"),
    ("Chain/IndirectTable.swift", "guard format == .packed || !descriptor", "guard !descriptor"),
    ("Chain/IndirectTable.swift", "      descriptorCount += 1\n", ""),
    ("Chain/IndirectTable.swift", "guard Int(descriptor.link) < tableSize else { return .nextOutOfRange }", ""),
    ("Chain/IndirectTable.swift", "return format == .packed ? nil : .tooLong", "return nil"),
    ("Ring/Split/SplitLayout.swift", ", size & (size - 1) == 0 else", " else"),
    ("Ring/Split/SplitLayout.swift", "guard !descriptors.overlaps(available), ", "guard "),
    ("Ring/Split/SplitLayout.swift", "!descriptors.overlaps(used), ", ""),
    ("Ring/Split/SplitLayout.swift", ", !available.overlaps(used) else", " else"),
    ("Ring/Split/SplitDeviceRing.swift", "guard Int(index &- nextAvailable) <= layout.size else", "guard true else"),
    ("Ring/Split/SplitDeviceRing.swift", "guard inFlight < layout.size else", "guard true else"),
    ("Ring/Split/SplitDeviceRing.swift", "guard Int(head) < size else { return .headOutOfRange }", ""),
    ("Ring/Split/SplitDeviceRing.swift", "guard options.indirect else { return .indirectNotNegotiated }", ""),
    ("Ring/Split/SplitDeviceRing.swift", "guard !descriptor.flags.contains(.next) else { return .indirectWithNext }", ""),
    ("Ring/Split/SplitDeviceRing.swift", "guard index < size else { return .nextOutOfRange }", ""),
    ("Ring/Split/SplitDeviceRing.swift", "return available.load(SplitRingHeader().flags) & 1 == 0", "return true"),
    ("Ring/Split/SplitDeviceRing.swift", "if !options.eventIndex { used.store(1, SplitRingHeader().flags) }", "used.store(1, SplitRingHeader().flags)"),
    ("Ring/Split/SplitDriverRing.swift", "guard freeCount >= (table == nil ? buffers.count : 1) else { throw .ringFull }", ""),
    ("Ring/Split/SplitDriverRing.swift", "guard options.indirect else { throw .indirectNotNegotiated }", ""),
    ("Ring/Split/SplitDriverRing.swift", "guard id < layout.size, ", "guard "),
    ("Ring/Split/SplitDriverRing.swift", "record.count > 0, byteCount <= record.writableByteCount", "byteCount <= record.writableByteCount"),
    ("Ring/Split/SplitDriverRing.swift", "record.count > 0, byteCount <= record.writableByteCount", "record.count > 0"),
    ("Ring/Split/SplitDriverRing.swift", "return used.load(SplitRingHeader().flags) & 1 == 0", "return true"),
    ("Ring/Split/SplitDriverRing.swift", "    descriptors.orderStores(options.barrier)\n", ""),
    ("Ring/Packed/PackedLayout.swift", "guard !descriptors.overlaps(driver), ", "guard "),
    ("Ring/Packed/PackedLayout.swift", "!descriptors.overlaps(device), ", ""),
    ("Ring/Packed/PackedLayout.swift", ", !driver.overlaps(device) else", " else"),
    ("Ring/Packed/EventFlags.swift", "case EventFlags.descriptor where options.eventIndex:", "case EventFlags.descriptor:"),
    ("Ring/Packed/PackedDeviceRing.swift", "guard position.isAvailable(descriptor.flags) else {", "guard true else {"),
    ("Ring/Packed/PackedDeviceRing.swift", "guard available.isAvailable(descriptor.flags) else { return false }", ""),
    ("Ring/Packed/PackedDeviceRing.swift", "guard slotsInFlight + chain.slots <= layout.size else", "guard true else"),
    ("Ring/Packed/PackedDeviceRing.swift", "guard slotsInFlight + chain.slots < layout.size else", "guard chain.slots < 1000 else"),
    ("Ring/Packed/PackedDeviceRing.swift", "guard options.indirect else { return .indirectNotNegotiated }", ""),
    ("Ring/Packed/PackedDeviceRing.swift", "guard !descriptor.flags.contains(.next) else { return .indirectWithNext }", ""),
    ("Ring/Packed/PackedDeviceRing.swift", "guard chain.slots == 0 else { return .indirectInList }", ""),
    ("Ring/Packed/PackedDriverRing.swift", "guard freeCount >= slots else { throw .ringFull }", ""),
    ("Ring/Packed/PackedDriverRing.swift", "guard options.indirect else { throw .indirectNotNegotiated }", ""),
    ("Ring/Packed/PackedDriverRing.swift", "guard id < layout.size, ", "guard "),
    ("Ring/Packed/PackedDriverRing.swift", "record.slots > 0, byteCount <= record.writableByteCount", "byteCount <= record.writableByteCount"),
    ("Ring/Packed/PackedDriverRing.swift", "record.slots > 0, byteCount <= record.writableByteCount", "record.slots > 0"),
    ("Ring/Packed/PackedDriverRing.swift", "      descriptors.orderStores(options.barrier)\n      storeFlags(flags(0", "      storeFlags(flags(0"),
    ("Ring/DriverRing.swift", "guard (1...queueSize).contains(buffers.count)", "guard buffers.count >= 0"),
    ("Ring/DriverRing.swift", "guard total <= Chain.byteLimit else { throw .chainTooLarge }", ""),
    ("Device/DeviceQueue.swift", "if !isEnabled && capacity > 0 { change(self) }", "change(self)"),
    ("Device/DeviceQueue.swift", "guard size <= maximumSize else { throw .badQueueSize(size) }", ""),
    ("Device/DeviceQueue.swift", ", device.status.contains(.featuresOK) else { return }", " else { return }"),
    ("Device/DeviceQueue.swift", "guard isLive, turn.spend() else", "guard isEnabled, turn.spend() else"),
    ("Device/VirtioDevice.swift", "if queue.isLive { queue.takeTurn", "if true { queue.takeTurn"),
    ("Device/VirtioDevice.swift", "queues.indices.contains(index) ? queues[index] : nil", "queues[index % queues.count]"),
    ("Device/VirtioDevice.swift", "if !status.contains(.featuresOK) { accepted", "do { accepted"),
    ("Device/VirtioDevice.swift", "features.isSubset(of: offered) && ", ""),
    ("Device/VirtioDevice.swift", "features.contains(.version1) && ", ""),
    ("Device/VirtioDevice.swift", " && features.unmet(profile.requirements).isEmpty", ""),
    ("Device/VirtioDevice.swift", "if new.contains(.driverOK), status.contains(.featuresOK), ", "if new.contains(.driverOK), "),
    ("Device/VirtioDevice.swift", "if new.contains(.suspend), isRunning, accepted.contains(.suspend) {", "if new.contains(.suspend), isRunning {"),
    ("Device/VirtioDevice.swift", "if new.contains(.suspend), isRunning, accepted.contains(.suspend) {", "if new.contains(.suspend), accepted.contains(.suspend) {"),
    ("Device/VirtioDevice.swift", "{ !status.contains(.suspend) && !isSuspending }", "{ true }"),
    ("Device/VirtioDevice.swift", "guard isConfigurable, [1, 2, 4].contains(byteCount),\n      profile", "guard [1, 2, 4].contains(byteCount), profile"),
    ("MMIO/MMIOTransport.swift", "    let queue = device.isConfigurable ? queue : nil\n", ""),
    ("PCI/PCIFunction+BARs.swift", "    let queue = device.isConfigurable ? queue : nil\n", ""),
    ("PCI/PCIFunction+BARs.swift", "if device.isConfigurable { common.configurationVector", "do { common.configurationVector"),
    ("PCI/MSIX.swift", "    guard byteCount == 4, offset % 4 == 0 else { return 0 }\n    return (0", "    return (0"),
    ("Device/VirtioDevice.swift", "if status.contains(.driverOK) { transport?.configurationInterrupt() }", ""),
    ("Device/VirtioDevice.swift", "if let nextConfiguration { changeConfiguration", "if let nextConfiguration { _ = configuration.change"),
    ("Device/VirtioDevice.swift", "    guard isRunning else { return }\n    isSuspending", "    isSuspending"),
    ("Device/VirtioDevice.swift", "guard status.contains(.suspend), !status.contains(.needsReset) else", "guard true else"),
    ("Device/VirtioDevice.swift", "    for queue in queues { notify(queue.index) }\n", ""),
    ("Device/VirtioDevice.swift", "if status.contains(.suspend) {\n      var next", "if false {\n      var next"),
    ("Device/VirtioDevice.swift", "    for queue in queues { queue.reset() }\n", ""),
    ("Device/ConfigurationSpace.swift", "    wasRead = true\n    return generation", "    return generation"),
    ("Device/ConfigurationSpace.swift", "if wasRead { generation &+= 1 }", "generation &+= 1"),
    ("Negotiation/FeatureSet.swift", "common.subtracting(.notificationConfigData)", "common"),
    ("MMIO/MMIOTransport.swift", "setCauses(causes.subtracting(", "setCauses(causes.intersection("),
    ("PCI/PCIFunction.swift", "let isPending = !isr.isEmpty && !msix.isEnabled", "let isPending = !isr.isEmpty"),
    ("PCI/PCIFunction.swift", "interrupts.setLine(isPending && !isDisabled)", "interrupts.setLine(isPending)"),
    ("PCI/PCIFunction+BARs.swift", "defer { isr = [] }", ""),
    ("PCI/PCIFunction+BARs.swift", "vector < msix.entries.count && ", ""),
    ("PCI/MSIX.swift", "= !isBusMaster || isFunctionMasked || entries[index].isMasked", "= !isBusMaster || entries[index].isMasked"),
    ("PCI/MSIX.swift", "= !isBusMaster || isFunctionMasked || entries[index].isMasked", "= !isBusMaster || isFunctionMasked"),
    ("PCI/MSIX.swift", "= !isBusMaster || isFunctionMasked || entries[index].isMasked", "= isFunctionMasked || entries[index].isMasked"),
    ("PCI/MSIX.swift", "guard isEnabled, isBusMaster, !isFunctionMasked", "guard isEnabled, !isFunctionMasked"),
    ("PCI/PCIFunction.swift", "    device.memory.isAllowed = msix.isBusMaster\n", "    device.memory.isAllowed = true\n"),
    ("PCI/PCIFunction.swift", "    memory.isAllowed = false\n", ""),
    ("PCI/PCIFunction.swift", "{ for queue in device.queues { device.notify(queue.index) } }", "{}"),
    ("PCI/PCIWindow.swift", "function.isMemoryEnabled ? function.readBAR", "true ? function.readBAR"),
    ("PCI/PCIWindow.swift", "if function.isMemoryEnabled { function.writeBAR", "do { function.writeBAR"),
    ("Ring/Packed/EventFlags.swift", "    case EventFlags.descriptor where options.eventIndex && count >= size: return true\n", ""),
    ("Ring/Split/SplitDriverRing.swift", "wanted.\n      descriptors.fence(options.barrier)\n", "wanted.\n"),
    ("Ring/Packed/PackedDriverRing.swift", "wanted.\n      descriptors.fence(options.barrier)\n", "wanted.\n"),
    ("PCI/PCIFunction.swift", "      msix.clearPending()\n", ""),
    ("Device/DeviceQueue.swift", "guard isCurrent(chain), maySayUsed else { return }", "guard isCurrent(chain), isEnabled else { return }"),
    ("Device/VirtioDevice.swift", "while !held.isEmpty { held.removeFirst()() }", "let all = held\n    for transition in all { transition() }"),
    ("Device/VirtioDevice+State.swift", "guard status.canBe, ", "guard "),
    ("Device/VirtioDevice+State.swift", "state.accepted.count == 4", "true"),
    ("Device/VirtioDevice+State.swift", "!status.contains(.featuresOK) || isAcceptable(accepted)", "true"),
    ("Device/VirtioDevice+State.swift", "!status.contains(.featuresOK) || isAcceptable", "isAcceptable"),
    ("Device/VirtioDevice+State.swift", "!status.contains(.suspend) || accepted.contains(.suspend)", "true"),
    ("Device/VirtioDevice+State.swift", "state.nextConfiguration == nil || status.contains(.suspend)", "true"),
    ("Device/VirtioDevice+State.swift", "      state.queues.count == queues.count", "      true"),
    ("Device/VirtioDevice+State.swift", "{ $0.count == configuration.bytes.count }", "{ _ in true }"),
    ("Device/VirtioDevice+State.swift", "queue.ring?.isIdle ?? true", "true"),
    ("Device/VirtioDevice+State.swift", "(status.contains(.needsReset) || queue.ring?.isIdle ?? true)", "(queue.ring?.isIdle ?? true)"),
    ("Device/VirtioDevice+State.swift", "      if queue.isEnabled != (saved.ring != nil) { needReset() }\n", ""),
    ("Negotiation/DeviceStatus.swift", "isSubset(of: known) && ", ""),
    ("Negotiation/DeviceStatus.swift", " && (!isStarted || contains(.featuresOK))", ""),
    ("Negotiation/DeviceStatus.swift", " && !isSuperset(of: [.driverOK, .suspend])", ""),
    ("Ring/RingState.swift", "nextAvailable == nextUsed && availableWrap", "availableWrap"),
    ("Ring/RingState.swift", " && availableWrap == usedWrap", ""),
    ("PCI/PCIFunction+State.swift", "vectors.allSatisfy({ mapped(UInt32($0)) == $0 }), ", ""),
    ("Device/VirtioDevice+State.swift", "(0...Int(UInt32.max)).contains(queue.size ?? 0)", "queue.size != 1 << 40"),
    ("PCI/PCIFunction+State.swift", "space.restore(state.space), msix.restore(state.msix)", "space.restore(state.space)"),
    ("Memory/MemoryRegion.swift", ", !isFile || end <= Int(facts.st_size) else", " else"),
    ("Memory/MemoryRegion.swift", "guard byteCount > 0, byteCount <= Self.limit,", "guard byteCount > 0,"),
    ("Registers/RegisterAccess.swift", " && access.byteCount == Value.byteCount", ""),
    ("Memory/GuestMemory.swift", "    guard access.pointee.isAllowed else { throw .notAllowed }\n    if let base = handle.base(of: address, byteCount: bytes.count) {\n      handle", "    if let base = handle.base(of: address, byteCount: bytes.count) {\n      handle"),
    ("Chain/Chain.swift", "guard storage.pointee.isReachable else { return }", ""),
    ("Chain/Chain.swift", "    guard isAccessible else { return }\n    try peek(range, from: storage", "    try peek(range, from: storage"),
    ("Chain/Chain.swift", "guard isAccessible, let first", "guard let first"),
    ("Chain/ChainStorage.swift", "      guard offset >= 0 else { return nil }\n", ""),
    ("Chain/Chain+Copies.swift", "count > 0, isAccessible, let cursor = storage.pointee.readable", "count > 0, let cursor = storage.pointee.readable"),
    ("Chain/Chain+Copies.swift", "count > 0, isAccessible, let cursor = storage.pointee.writable", "count > 0, let cursor = storage.pointee.writable"),
    ("Chain/Chain+Copies.swift", "count <= segment.byteCount &- skip else", "count <= segment.byteCount else"),
    ("Chain/ChainStorage.swift", "if offset < cursor.start || cursor.index < indices.lowerBound {", "if cursor.index < indices.lowerBound {"),
    ("Chain/ChainStorage.swift", "if offset < cursor.start || cursor.index < indices.lowerBound {", "if offset < cursor.start {"),
    ("Chain/ChainStorage.swift", "    readCursor = Cursor()\n", ""),
    ("Chain/ChainStorage.swift", "    writeCursor = Cursor()\n", ""),
    ("Chain/Chain+Integers.swift", "guard isAccessible, offset + byteCount <= readableByteCount", "guard offset + byteCount <= readableByteCount"),
    ("Chain/Chain+Integers.swift", "guard isAccessible, offset + byteCount <= writableByteCount", "guard offset + byteCount <= writableByteCount"),
    ("Device/DeviceQueue.swift", "activity.isRunning && access.pointee.isAllowed", "activity.isRunning"),
    ("Device/DeviceQueue.swift", "if access.pointee.isAllowed { ring.complete(chain) } else { device.needReset() }", "ring.complete(chain)"),
    ("Device/DeviceQueue.swift", "guard maySayUsed, access.pointee.isAllowed else", "guard maySayUsed else"),
    ("Driver/DriverSession.swift", "guard features.isSuperset(of: profile.required) else { throw .featuresRefused }", ""),
    ("Driver/DriverSession.swift", "guard transport.readStatus().contains(.featuresOK) else { throw .featuresRefused }", ""),
    ("Driver/DriverSession.swift", "guard transport.configurationByteCount >= profile.configurationByteCount else", "guard true else"),
    ("Driver/DriverSession.swift", '    try poll("reset") { transport.readStatus().isEmpty }\n', ""),
    ("Driver/DriverTransport.swift", "return readGeneration() == generation ? value : nil", "return value"),
    ("Driver/PCICapabilities.swift", "guard bar <= 5 || type == .access else { return }", ""),
    ("Driver/PCIDriver.swift", "if read(register) == candidate { return candidate }", "return candidate"),
    ("Driver/MMIODriver.swift", ".intersection([.queue, .configuration])", ""),
    ("Chain/ChainStorage.swift", "guard isWritable || !isInWritable else", "guard true else"),
    ("Chain/ChainStorage.swift", "isInWritable = isWritable", "if descriptor.byteCount > 0 { isInWritable = isWritable }"),
    ("Chain/ChainStorage.swift", " && life?.isOver != true", ""),
    ("Chain/ChainStorage.swift", "precondition(isOpen, \"a chain is used once\")", ""),
    ("Ring/Split/SplitDeviceRing.swift", "precondition(inFlight > 0, \"a chain is used once\")", ""),
    ("Ring/Packed/PackedDeviceRing.swift", "precondition(inFlight > 0, \"a chain is used once\")", ""),
    ("Ring/InOrderBuffer.swift", "precondition(!entries[sequence].isDone, \"a chain is used once\")", ""),
    ("Ring/Split/SplitDeviceRing.swift", "UInt32(clamping: byteCount)", "UInt32(truncatingIfNeeded: byteCount)"),
    ("Ring/Packed/PackedDeviceRing.swift", "UInt32(clamping: byteCount)", "UInt32(truncatingIfNeeded: byteCount)"),
    ("Ring/InOrderBuffer.swift", "UInt32(clamping: byteCount)", "UInt32(truncatingIfNeeded: byteCount)"),
    ("Ring/Packed/EventFlags.swift", "default: return true", "default: return false"),
    ("Device/DeviceQueue.swift", "precondition(chain.storage.pointee.life?.isOver == true, \"the chain is another queue's\")", ""),
    ("Device/DeviceQueue.swift", "    life.isOver = true\n", ""),
    ("Device/DeviceQueue.swift", "capacity == 0 ? 0 : 1 << (Int.bitWidth - 1 - capacity.leadingZeroBitCount)", "capacity"),
    ("Device/DeviceProfile.swift", "!(0...maximumQueueSize).contains(size) || ", ""),
    ("Device/DeviceProfile.swift", " || !isPacked && size & (size - 1) != 0", ""),
    ("Device/VirtioDevice.swift", "    if let mistake = profile.mistake { preconditionFailure(mistake) }\n", ""),
    ("Device/VirtioDevice.swift", "queues.allSatisfy({ $0.inFlight == 0 }) else", "true else"),
    ("PCI/PCIFunction.swift", "    if let mistake = profile.mistake(of: deviceProfile) { preconditionFailure(mistake) }\n", ""),
    ("Driver/PCIDriver.swift", "    if common.length < register.queueNotificationData.end { features.remove(.notificationConfigData) }\n", ""),
    ("Driver/PCIDriver.swift", "    if common.length < register.queueReset.end { features.remove(.ringReset) }\n", ""),
    ("Ring/InOrderBuffer.swift", "if !entry.isWhole || !entries[front].isDone", "if !entries[front].isDone"),
    ("Device/VirtioDevice.swift", "guard accepted.contains(.ringReset), queue.isEnabled", "guard queue.isEnabled"),
    ("Device/DeviceQueue.swift", "guard !isEnabled, !isResetting, capacity > 0", "guard !isEnabled, capacity > 0"),
    ("Device/DeviceQueue.swift", "guard maySayUsed, access.pointee.isAllowed else", "guard isEnabled, access.pointee.isAllowed else"),
    ("PCI/PCIFunction.swift", "      common = CommonSelectors()\n", "      common.configurationVector = DeviceQueue.noVector\n"),
    ("MMIO/MMIOTransport.swift", "      selectors = MMIOSelectors()\n", ""),
    ("Negotiation/FeatureSet.swift", "inOrder = Self(bit: 35)", "inOrder = Self(bit: 36)"),
    ("Negotiation/FeatureSet.swift", "ringReset = Self(bit: 40)", "ringReset = Self(bit: 43)"),
    ("Driver/DriverSession.swift", "if causes.contains(.configuration) && needsReset {", "if false {"),
    ("Device/ServiceTurn.swift", "    guard self.budget == nil else { return false }\n", ""),
    ("Device/ServiceTurn.swift", "(isNotified, isWaiting) = (true, false)", "isNotified = true"),
    ("Device/ServiceTurn.swift", "    if budget == 0 { isWaiting = true }\n", ""),
    ("Device/ServiceTurn.swift", "    return budget != 0\n", "    return true\n"),
    ("Device/ServiceTurn.swift", "    spend(1)\n", ""),
    ("Device/ServiceTurn.swift", "{ spend(descriptors / Self.descriptorsPerChain) }", "{}"),
    ("Device/ServiceTurn.swift", "max(budget - chains, 0)", "budget - chains"),
    ("Device/DeviceQueue.swift", "error.life == life.name else", "true else"),
    ("Device/DeviceQueue.swift", "precondition(error.life.queue == index, \"the chain is another queue's\")", ""),
    ("Device/DeviceQueue.swift", "chain.storage.pointee.descriptorCount = 0\n", "\n"),
    ("Ring/Split/SplitDeviceRing.swift", "      chain.descriptorCount = count\n", ""),
    ("Ring/Packed/PackedDeviceRing.swift", "      chain.descriptorCount += 1\n", ""),
    ("Chain/ChainStorage.swift", "precondition(isOpen, \"a chain's bytes are the driver's once it is used\")", ""),
    ("Device/ServiceTurn.swift", "    isNotified = false\n    return true\n", "    return true\n"),
    ("Device/ServiceTurn.swift", "mutating func end() { budget = nil }", "mutating func end() {}"),
    ("Device/DeviceQueue.swift", "    turn.forget()\n", ""),
    ("Device/DeviceQueue.swift", "while isLive && turn.goesOn()", "while turn.goesOn()"),
    ("Device/DeviceQueue.swift", "guard isLive, turn.spend() else", "guard isLive else"),
    ("Device/DeviceQueue.swift", " && turn.hasBudget() }", " }"),
    ("Device/VirtioDevice.swift", "    guard isSuspending else { return }\n", ""),
    ("Device/VirtioDevice.swift", "    guard status.contains(.suspend) else { return }\n", ""),
    ("Device/VirtioDevice.swift", "isSuspending && !status.contains(.needsReset)", "isSuspending"),
    ("Device/VirtioDevice.swift", "guard isDone, !status.contains(.needsReset), queues", "guard isDone, queues"),
    ("Device/VirtioDevice.swift", "[1, 2, 4].contains(byteCount) ? configuration", "true ? configuration"),
    ("Device/VirtioDevice.swift", "guard isConfigurable, [1, 2, 4].contains(byteCount),", "guard isConfigurable,"),
    ("PCI/PCIProfile.swift", "if subsystemID < 0x40 {", "if false {"),
    ("Device/DeviceQueue.swift", "    if state != nil { turn.wait() }\n", ""),
    ("Device/DeviceQueue.swift", "guard try ring.pop(into: &chain) else { return false }\n      if chain.storage.pointee.life !== life { chain.storage.pointee.life = life }\n      return true", "chain.storage.pointee.life = life\n      return try ring.pop(into: &chain)"),
    ("PCI/PCIProfile.swift", " > Int(UInt32.max) {", " < 0 {"),
    ("Driver/DriverSession.swift", "vector == nil ? transport.takeInterruptCauses() :", "true ? transport.takeInterruptCauses() :"),
]

# What of the package is built: appended to its manifest.
TRIM = """
let mutated: Set = ["Wire", "Virtio", "TestSupport", "VirtioTests"]
(package.products, package.dependencies) = ([], [])
package.targets.removeAll { !mutated.contains($0.name) }
"""

FAILURE = re.compile(r"✘(?:\x1b\S*)? Test (.+?) (?:recorded an issue|failed)")


def run(command, copy, limit):
    """Runs a command in a group of its own, so that one that hangs does not outlive its turn; its status and output."""
    process = subprocess.Popen(
        command, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=limit)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return -signal.SIGKILL, "no end in sight"


def build_tests(copy):
    """Builds the tests once; returns the command that links them, and the program."""
    status, output = run(["swift", "build", "--build-tests"], copy, 1800)
    if status:
        sys.exit(output)
    for line in (copy / ".build/debug.yaml").read_text().splitlines():
        if "PackageTests.xctest" in line and '"-emit-executable"' in line:
            link = json.loads(line.split("args:", 1)[1])
            return link, link[link.index("-o") + 1]
    sys.exit("no link command in .build/debug.yaml")


def build(copy, link):
    """Builds Virtio as it is, and links the tests, which stay as they are: a mutation changes the inside of functions;
    the compiler's errors."""
    for command in (["swift", "build", "--target", "Virtio"], link):
        status, output = run(command, copy, 600)
        if status:
            return "\n".join(line for line in output.splitlines() if "error" in line) or output
    return None


def failing_test(copy, program, limit):
    """Runs the tests until the first fails; what failed, or None."""
    command = [program, "--testing-library", "swift-testing", "--no-parallel"]
    process = subprocess.Popen(
        command, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        start_new_session=True)
    is_late = threading.Event()

    def stop():
        is_late.set()
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(limit, stop)
    timer.start()
    try:
        for line in process.stdout:
            if found := FAILURE.search(line):
                os.killpg(process.pid, signal.SIGKILL)
                return found[1]
        status = process.wait()
    finally:
        timer.cancel()
        process.wait()
    return "a test that does not end" if is_late.is_set() else f"exit status {status}" if status else None


def check(mutations, root):
    """A mutation must be of one place."""
    for name, old, _ in mutations:
        count = (root / "Sources/Virtio" / name).read_text().count(old)
        if count != 1:
            sys.exit(f"{name}: {'not there any more' if count == 0 else f'there {count} times'}: {old}")


class Progress:
    """A line on a terminal: how many are done, how fast, and how long it still takes."""

    def __init__(self, total):
        self.total, self.done, self.start = total, 0, time.monotonic()

    def report(self, verdict, name, old, detail):
        self.done += 1
        clear = "\r\x1b[K" if sys.stdout.isatty() else ""
        print(f"{clear}{self.done:3}/{self.total} {verdict:16} {name}: {' '.join(old.split())}  [{detail}]", flush=True)
        self.show()

    def show(self):
        if sys.stdout.isatty() and 0 < self.done < self.total:
            pace = (time.monotonic() - self.start) / self.done
            left = round(pace * (self.total - self.done))
            print(f"{60 / pace:.1f} a minute, {left // 60} min {left % 60:02} s left", end="", flush=True)


def main():
    root = pathlib.Path.cwd()
    words = [word for word in sys.argv[1:] if word != "--check"]
    chosen = [m for m in MUTATIONS if not words or any(w in m[0] or w in m[1] for w in words)]
    if not chosen:
        sys.exit("no mutation holds any of these words")
    check(chosen, root)
    if "--check" in sys.argv[1:]:
        return
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "package"
        for part in ("Sources/Wire", "Sources/Virtio", "Tests/TestSupport", "Tests/VirtioTests"):
            shutil.copytree(root / part, copy / part)
        (copy / "Package.swift").write_text((root / "Package.swift").read_text() + TRIM)
        link, program = build_tests(copy)
        start = time.monotonic()
        if failure := failing_test(copy, program, 600):
            sys.exit(f"the tests fail without any mutation: {failure}")
        limit = 30 + 10 * (time.monotonic() - start)
        progress = Progress(len(chosen))
        for name, old, new in chosen:
            path = copy / "Sources/Virtio" / name
            original = path.read_text()
            path.write_text(original.replace(old, new))
            if errors := build(copy, link):
                verdict, detail = "DOES NOT COMPILE", errors
            elif failure := failing_test(copy, program, limit):
                verdict, detail = "caught", failure
            else:
                verdict, detail = "SURVIVED", "every test passed"
            path.write_text(original)
            missed += verdict != "caught"
            progress.report(verdict, name, old, detail)
    print(f"{len(chosen) - missed} of {len(chosen)} mutations caught")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
