import Model
import Testing

@testable import Generate

@Suite struct WireHeaderTests {
  /// The body of a function of the header of the newest version.
  private func body(of function: String) throws -> String {
    try text(of: function, try #require(layouts.last))
  }

  private func text(of function: String, _ layout: Layout) throws -> String {
    let text = WireHeader(layout).text
    let start = try #require(text.firstRange(of: "\n\(function)("))
    let rest = text[start.upperBound...]
    return String(rest[..<(try #require(rest.firstRange(of: "\n}\n"))).lowerBound])
  }

  @Test func `a count that two repetitions share is read once`() throws {
    let body = try body(of: "virtio_ipsec_parse_process_req")
    #expect(body.split(separator: "req->data_req->following").count == 2)
    #expect(body.split(separator: "i < req->next_count").count == 3)
  }

  @Test func `an answer is measured by the view of its request, not by the request's header`() throws {
    for function in ["virtio_ipsec_parse_process_resp", "virtio_ipsec_build_process_resp"] {
      let body = try body(of: function)
      #expect(body.contains("req->next_count") && !body.contains("following"))
    }
  }

  @Test(arguments: layouts)
  func `every command has a function for each area that it has`(layout: Layout) {
    let text = WireHeader(layout).text
    let families = Family.all(in: layout)
    #expect(Set(families.map(\.name)).count == families.count)
    for command in layout.commands {
      for area in [Family.Area.readable, .writable] where !command.parts(in: area).isEmpty {
        let found = families.filter { $0.area == area && $0.commands.contains(command) }
        #expect(found.count == 1)
        for family in found { #expect(text.contains("virtio_ipsec_parse_\(family.name)(")) }
      }
    }
  }

  @Test func `outbound and inbound share their functions`() throws {
    let names = Family.all(in: try #require(layouts.last)).map(\.name)
    #expect(names.contains("add_sa_req") && names.contains("update_sa_req") && names.contains("read_resp"))
    #expect(!names.contains { $0.contains("out_sa") || $0.contains("in_sa") })
  }

  @Test(arguments: layouts)
  func `what kernel-doc says starts with a small letter or an acronym`(layout: Layout) {
    for text in [WireHeader(layout).text, UAPIHeader(layout).text] {
      for line in text.split(separator: "\n") {
        #expect(line.firstMatch(of: /^ \* (@\w+:|(struct |enum )?\w+(\(\))? -) (?!Diffie-Hellman)[A-Z][a-z ]/) == nil, "\(line)")
      }
    }
  }

  @Test(arguments: layouts.dropLast())
  func `a bit that turns something off says so in its name`(layout: Layout) throws {
    let text = UAPIHeader(layout).text
    for name in ["SA_FLAG_ESN", "SA_FLAG_ANTI_REPLAY", "SA_FLAG_UDP_ENCAPSULATION", "SA_FLAG_MODE", "TUNNEL_HANDLING_ECN"] {
      #expect(!text.contains("VIRTIO_IPSEC_\(name)\t"))
    }
    for name in ["SA_FLAG_NO_ESN", "SA_FLAG_NO_ANTI_REPLAY", "SA_FLAG_NO_UDP_ENCAPSULATION", "TUNNEL_HANDLING_NO_ECN"] {
      #expect(text.contains("VIRTIO_IPSEC_\(name)\t"))
    }
  }

  @Test(arguments: layouts)
  func `the device ID stands as virtio_ids.h would have it`(layout: Layout) {
    let text = UAPIHeader(layout).text
    #expect(text.contains("#ifndef VIRTIO_ID_IPSEC\n#define VIRTIO_ID_IPSEC\t\t\t\t\(layout.identity.deviceID)\t"))
  }

  @Test func `a proper name keeps its capital, other sentences become clauses`() {
    #expect("Diffie-Hellman groups.".asClause == "Diffie-Hellman groups")
    #expect("Asks a device.".asClause == "asks a device")
  }

  @Test func `an enumeration with a gap is checked by naming its numbers, one without by its ends`() throws {
    let layout = try #require(layouts.last)
    let place = try #require(layout.enumerations.firstIndex { $0.name == "operation" })
    var gapped = layout
    gapped.enumerations[place].numbers[1].value += 1
    let check = "virtio_ipsec_get_le16(&p->operation) "
    let whole = try text(of: "virtio_ipsec_check_data_req", layout)
    #expect(whole.contains(check + "> VIRTIO_IPSEC_OP_DECAP") && !whole.contains(check + "!="))
    let holed = try text(of: "virtio_ipsec_check_data_req", gapped)
    for name in ["VIRTIO_IPSEC_OP_ENCAP", "VIRTIO_IPSEC_OP_DECAP"] { #expect(holed.contains(check + "!= " + name)) }
    #expect(holed.contains("&&") && !holed.contains(check + ">"))
  }

  @Test(arguments: layouts)
  func `the header names the command that makes it, another device ID included`(layout: Layout) {
    #expect(!WireHeader(layout).text.contains("--device-id"))
    let other = WireHeader(layout.withDeviceID(41)).text.replacing("\n * ", with: " ")
    #expect(other.contains("ipsec-la generate --spec-version \(layout.version) --device-id 41\n"))
  }

  @Test(arguments: layouts)
  func `integers are loaded by the platform's own functions, none by a loop`(layout: Layout) throws {
    let linux = WireHeader(layout).text
    let integers = try #require(linux.firstRange(of: "struct virtio_ipsec_reader - "))
    #expect(!linux[..<integers.lowerBound].contains("for ("))
    #expect(linux.contains("le32_to_cpu(") && WireHeader(layout, style: .qemu).text.contains("ldl_le_p(p)"))
  }
}
