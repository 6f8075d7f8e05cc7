import Foundation

/// A number in JSON that no integer of a layout can be, which the decoder tells from broken JSON by nothing.
struct OddNumber: CustomStringConvertible {
  /// What stands in the file.
  let text: String
  /// Its line, from 1.
  let line: Int
  /// The last string before it: the key, where it has one.
  let key: String

  /// The first one; where all fit into 64 bits, the first that is negative. Nil in what is no JSON.
  init?(in data: Data) {
    guard (try? JSONSerialization.jsonObject(with: data)) != nil else { return nil }
    let numbers = Self.numbers(in: data)
    guard
      let odd = numbers.first(where: { UInt64($0.text) == nil && Int64($0.text) == nil })
        ?? numbers.first(where: { $0.text.hasPrefix("-") })
    else { return nil }
    self = odd
  }

  var description: String {
    "line \(line): \(key) \(text) is out of range" + (text.count > 16 ? "; jq before 1.7 rounds large numbers" : "")
  }

  private init(text: String, line: Int, key: String) {
    self.text = text
    self.line = line
    self.key = key
  }

  private static func numbers(in data: Data) -> [OddNumber] {
    var numbers: [OddNumber] = []
    var (line, key, word) = (1, "", "")
    var isString = false
    var isEscaped = false
    for byte in data {
      let character = Character(Unicode.Scalar(byte))
      if isString {
        if !isEscaped, character == "\"" { (isString, key, word) = (false, word, "") } else { word.append(character) }
        isEscaped = !isEscaped && character == "\\"
      } else if character == "\"" {
        (isString, word) = (true, "")
      } else if "+-.eE0123456789".contains(character), !word.isEmpty || character == "-" || character.isNumber {
        word.append(character)
      } else {
        if !word.isEmpty { numbers.append(OddNumber(text: word, line: line, key: key)) }
        word = ""
        if character == "\n" { line += 1 }
      }
    }
    return numbers
  }
}
