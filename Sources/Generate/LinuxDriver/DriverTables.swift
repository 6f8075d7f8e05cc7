import Model

/// What the driver knows by number: features, and the names of commands, statuses, events and algorithms.
struct DriverTables {
  let layout: Layout

  init(_ layout: Layout) { self.layout = layout }

  static let headerSummary = "Features, and the names of numbers: tables made from the definitions."
  static let sourceSummary = headerSummary

  // MARK: What is in them

  private var own: [Layout.Feature] { layout.features.filter { !$0.isForeign } }

  private var dependencies: [(feature: Layout.Feature, needs: Layout.Feature)] {
    layout.features.flatMap { feature in
      feature.needs.compactMap { needed in layout.features.first { $0.name == needed } }.map { (feature, $0) }
    }
  }

  /// Features of which one is needed for the queue of events.
  private var notifying: [String] { layout.queues.kinds.last { !$0.isPaired }?.features ?? [] }

  private struct Table {
    let name: String
    let entries: [(number: String, name: String)]
  }

  private var tables: [Table] {
    [
      Table(name: "feature", entries: own.map { ($0.name, label($0.name, without: "F_")) }),
      Table(name: "command", entries: commands),
      numbers("status", "status", without: "S_"),
      numbers("event", "notify_event", without: "NOTIFY_"),
      numbers("cipher", "cipher_algorithm"),
      numbers("auth", "hmac_algorithm"),
    ]
  }

  private var commands: [(number: String, name: String)] {
    layout.services.flatMap(\.commands).filter { $0.codes.count == 2 }.map { command in
      ("VIPSEC_COMMAND(\(command.codes[0].name),\n\t\t\t \(command.codes[1].name))", command.name)
    }
  }

  private func numbers(_ name: String, _ enumeration: String, without prefix: String = "") -> Table {
    let numbers = layout.enumeration(enumeration)?.numbers ?? []
    return Table(name: name, entries: numbers.map { ($0.name, label($0.name, without: prefix)) })
  }

  /// `VIRTIO_IPSEC_S_OK` as `ok`.
  private func label(_ name: String, without prefix: String) -> String {
    [layout.macroPrefix, prefix].reduce(name) { $0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0 }.lowercased()
  }

  // MARK: Text

  var header: String {
    """
    #ifndef VIRTIO_IPSEC_TABLES_H
    #define VIRTIO_IPSEC_TABLES_H

    #include <linux/types.h>

    /**
     * struct vipsec_name - what a number is called
     * @number: the number
     * @name: its name; NULL behind the last one
     */
    struct vipsec_name {
    \tu32 number;
    \tconst char *name;
    };

    /**
     * struct vipsec_dependency - a feature that needs another
     * @feature: bit of the feature
     * @needs: bit of the other
     */
    struct vipsec_dependency {
    \tu32 feature;
    \tu32 needs;
    };

    extern const unsigned int vipsec_features[\(own.count)];
    extern const unsigned int vipsec_notify_features[\(notifying.count)];
    extern const struct vipsec_dependency vipsec_dependencies[\(dependencies.count)];

    \(tables.map { "extern const struct vipsec_name vipsec_\($0.name)_names[];" }.joined(separator: "\n"))

    /* A command of a class, as a number of vipsec_command_names. */
    #define VIPSEC_COMMAND(class, command)\t((class) << 16 | (command))

    const char *vipsec_name_of(const struct vipsec_name *names, u32 number);
    int vipsec_number_of(const struct vipsec_name *names, const char *name);

    #endif /* VIRTIO_IPSEC_TABLES_H */

    """
  }

  var source: String {
    var out = Printer()
    out.line("#include <linux/errno.h>\n#include <linux/string.h>\n#include <linux/virtio_ipsec.h>")
    out.line("\n#include \"tables.h\"\n")
    list("const unsigned int vipsec_features[\(own.count)]", own.map { "\($0.name)," }, &out)
    list("const unsigned int vipsec_notify_features[\(notifying.count)]", notifying.map { "\($0)," }, &out)
    out.comment("By number: a kernel's headers may not have the names yet.")
    list(
      "const struct vipsec_dependency vipsec_dependencies[\(dependencies.count)]",
      dependencies.map { "{ \($0.bit), \($1.bit) },\t/* \($0.name) needs \($1.name) */" }, &out)
    for table in tables {
      list(
        "const struct vipsec_name vipsec_\(table.name)_names[]",
        table.entries.map { "{ \($0.number), \"\($0.name)\" }," } + ["{ 0, NULL },"], &out)
    }
    return out.text + Self.lookup
  }

  private func list(_ head: String, _ entries: [String], _ out: inout Printer) {
    out.line("\(head) = {")
    for entry in entries { out.line("\t\(entry)") }
    out.line("};\n")
  }

  private static let lookup = #"""
/**
 * vipsec_name_of() - what a number is called
 * @names: a table
 * @number: the number
 *
 * Return: the name, or NULL if it has none.
 */
const char *vipsec_name_of(const struct vipsec_name *names, u32 number)
{
	for (; names->name; names++) {
		if (names->number == number)
			return names->name;
	}
	return NULL;
}

/**
 * vipsec_number_of() - what number has a name
 * @names: a table
 * @name: the name
 *
 * Return: the number, or -EINVAL if none has.
 */
int vipsec_number_of(const struct vipsec_name *names, const char *name)
{
	for (; names->name; names++) {
		if (!strcmp(names->name, name))
			return names->number;
	}
	return -EINVAL;
}

"""#
}
