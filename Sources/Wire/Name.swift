extension String {
  /// A Swift name in the words of the interface: `inputLength` as `input_length`, `esnHigh` as `esn_high`.
  ///
  /// A word starts at a capital after a small letter or digit, and at the last capital of a run that a small letter
  /// follows: `ESPInfo` is `esp_info`.
  public var snakeCased: String {
    let letters = Array(self)
    var result = ""
    for (index, letter) in letters.enumerated() {
      if letter.isUppercase, index > 0 {
        let followsSmall = !letters[index - 1].isUppercase
        let precedesSmall = index + 1 < letters.count && letters[index + 1].isLowercase
        if followsSmall || precedesSmall { result += "_" }
      }
      result += letter.lowercased()
    }
    return result
  }
}
