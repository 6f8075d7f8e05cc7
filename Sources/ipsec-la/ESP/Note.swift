import Foundation

/// Tells a person something that is no part of the output.
func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
