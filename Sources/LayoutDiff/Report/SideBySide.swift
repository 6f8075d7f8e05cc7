/// Two lists next to each other, what is the same in both on the same lines.
struct SideBySide {
  /// A line; nil where a side has nothing there.
  struct Row {
    let old: String?
    let new: String?
    var differs: Bool { old != new }
  }

  let rows: [Row]

  init(_ old: [String], _ new: [String]) {
    // The longest common subsequence, from the end; the lists are short.
    var lengths = [[Int]](repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    for one in old.indices.reversed() {
      for other in new.indices.reversed() {
        lengths[one][other] =
          old[one] == new[other]
          ? lengths[one + 1][other + 1] + 1 : max(lengths[one + 1][other], lengths[one][other + 1])
      }
    }
    var rows: [Row] = []
    var (one, other) = (0, 0)
    while one < old.count || other < new.count {
      let isShared = one < old.count && other < new.count && old[one] == new[other]
      let skipsOld = one < old.count && (other == new.count || lengths[one + 1][other] == lengths[one][other])
      let skipsNew = other < new.count && (one == old.count || lengths[one][other + 1] == lengths[one][other])
      // What stands for something else stands next to it.
      let isReplaced = skipsOld && skipsNew && one < old.count && other < new.count
        && lengths[one + 1][other + 1] == lengths[one][other]
      if isShared || isReplaced {
        rows.append(Row(old: old[one], new: new[other]))
        (one, other) = (one + 1, other + 1)
      } else if skipsOld {
        rows.append(Row(old: old[one], new: nil))
        one += 1
      } else {
        rows.append(Row(old: nil, new: new[other]))
        other += 1
      }
    }
    self.rows = rows
  }
}
