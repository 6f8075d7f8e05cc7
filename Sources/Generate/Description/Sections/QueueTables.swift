import Model

extension Description {
  var queues: [Block] {
    let queues = layout.queues
    return [
      .table(
        Table(
          ["queue", "how many", "use", "exists"],
          queues.kinds.map { kind in
            [kind.name.asCode, kind.isPaired ? "one for each pair" : "one", kind.summary, existence(of: kind)]
          })),
      .table(
        Table(
          ["limit", .number("value")],
          [
            ["data queues when the guest selects nothing", "\(queues.defaultDataQueues)"],
            ["most pairs of data queues", "\(queues.maximumPairs)"],
            ["descriptors in a queue by default", "\(queues.defaultSize)"],
            ["most descriptors in a queue", "\(queues.maximumSize)"],
          ])),
    ] + (queues.kinds.contains(where: \.isPaired) ? scaling : [])
  }

  private func existence(of kind: Layout.QueueKind) -> String {
    kind.features.isEmpty ? "always" : "with \(kind.features.map { short($0).asCode }.joined(separator: " or "))"
  }

  private var scaling: [Block] {
    [
      .paragraph(
        """
        The number of data queues is the least common multiple of twice the guest's scaling (a pair for each vCPU) and \
        the device's scaling (its threads or cores), at most \(2 * layout.queues.maximumPairs), which is two for each \
        pair; a scaling of 0 counts as 1. Indices run in the order of the table above; the paired queues come in \
        turn, pair after pair.
        """),
      .paragraph(
        """
        Example: 4 vCPUs and a device scaling of 2 make LCM(2 × 4, 2) = \(ScalingExample.dataQueues) data queues. \
        Each vCPU owns one pair, and each core of the device serves an equal share.
        """),
      .table(Table([.number("index"), "queue", "vCPU", "device core"], ScalingExample.rows(layout.queues.kinds))),
    ]
  }
}

/// The queues of a guest with 4 vCPUs on a device that scales by 2.
private enum ScalingExample {
  static let dataQueues = 8
  static let deviceCores = 2

  static func rows(_ kinds: [Layout.QueueKind]) -> [[String]] {
    let paired = kinds.filter(\.isPaired)
    let data = (0..<dataQueues).map { index in
      [
        paired[index % paired.count].name.asCode, "\(index / paired.count + 1)",
        "\(index * deviceCores / dataQueues + 1)",
      ]
    }
    let before = kinds.prefix { !$0.isPaired }
    let after = kinds.drop { !$0.isPaired }.filter { !$0.isPaired }
    let all = before.map { [$0.name.asCode, "", ""] } + data + after.map { [$0.name.asCode, "", ""] }
    return all.enumerated().map { ["\($0)"] + $1 }
  }
}
