import Wire

/// Accelerators, who uses them, and groups.
extension GAPI {
  static let management: [Interface.Item] =
    [
      .function(
        Function(
          "get_api_version", "Tells the version of this interface.",
          [Variable("char *", "version", direction: .out, "Room for VERSION_SIZE bytes; \"\(version)\" and a zero.")],
          errors: [Failure("EINVAL", "version is NULL.")])),
      .function(
        Function(
          "avail_devices_get_num", "Counts the accelerators, in use or not.",
          [Variable("uint32_t *", "nr_devices", direction: .out, "How many.")],
          errors: invalid("nr_devices is NULL") + [forked, noPlatform])),
    ] + listing + opening + grouping

  private static let more: [Variable] = [
    Variable("char", "last_device_read", count: nameSize, "Name of the last one, for the next call."),
    Variable("bool", "b_more_devices", "There are more after it."),
  ]

  private static func page(_ function: String) -> Structure {
    Structure(
      "\(function)_inargs", "Which part of a list is wanted.",
      [
        Variable("uint32_t", "num_devices", "Elements that the array of outargs has room for."),
        Variable("const char *", "last_device_read", "Name after which to go on; NULL for the start."),
      ])
  }

  private static func list(_ function: String, _ summary: String, _ details: [String] = []) -> Interface.Item {
    .function(
      Function(
        function, summary,
        [
          inargs(function, "Which part of the list is wanted."),
          Variable("struct \(function)_outargs *", "out", direction: .both, "Has the array to fill; the answer."),
        ], details: details,
        errors: invalid("A pointer or the array is NULL, or num_devices is 0") + [
          Failure("ENOENT", "No accelerator has the name last_device_read: it has gone, and the list starts again."),
          forked, noPlatform,
        ]))
  }

  private static let listing: [Interface.Item] = [
    .structure(
      Structure(
        "device_info", "An accelerator.",
        [
          Variable("char", "device_name", count: nameSize, "Its name."),
          Variable("enum mode", "mode", "How it is used."),
          Variable("uint32_t", "num_apps", "Applications that have it open."),
        ])),
    .structure(page("avail_devices_get_info")),
    .structure(
      Structure(
        "avail_devices_get_info_outargs", "Part of the list of accelerators.",
        [
          Variable("uint32_t", "num_devices", "Elements that were filled."),
          Variable("struct device_info *", "dev_info", "The caller's array."),
        ] + more)),
    list("avail_devices_get_info", "Lists the accelerators by name."),
    .structure(
      Structure(
        "device_owner", "Who uses an accelerator.",
        [
          Variable("char", "app_identity", count: identitySize, "The application."),
          Variable("char", "group_identity", count: identitySize, "Its group; empty for the application itself."),
        ])),
    .structure(
      Structure(
        "active_device", "An accelerator in use.",
        [
          Variable("char", "device_name", count: nameSize, "Its name."),
          Variable("uint32_t", "device_id", "Its number, from 0 on."),
          Variable("enum mode", "mode", "How it is used."),
          Variable("uint32_t", "num_owners", "Owners; more than the array has are counted only."),
          Variable("struct device_owner", "owners", count: maxOwners, "These, an application before its groups."),
          Variable("uint64_t", "bytes_in", "Bytes of packets given to it."),
          Variable("uint64_t", "bytes_out", "Bytes of packets that it gave back."),
          Variable("uint64_t", "packets_in", "Packets given to it."),
          Variable("uint64_t", "packets_out", "Packets that it gave back processed."),
          Variable("uint64_t", "sas_created", "SAs added so far."),
          Variable("uint64_t", "sas_deleted", "SAs deleted or flushed so far."),
          Variable("uint64_t", "sas_modified", "Changes of SAs so far."),
          Variable("uint64_t", "sas_active", "SAs that there are."),
        ])),
    .structure(page("active_list_get")),
    .structure(
      Structure(
        "active_list_get_outargs", "Part of the list of accelerators in use.",
        [
          Variable("uint32_t", "num_devices", "Elements that were filled."),
          Variable("struct active_device *", "devices", "The caller's array."),
        ] + more)),
    list(
      "active_list_get", "Lists the accelerators that applications have open, with what they have done.",
      ["The counters are of the accelerator, whoever used it, since it was found."]),
  ]

  private static let opening: [Interface.Item] = [
    .callback(
      Function(
        "instance_broken_cbk_fn", "The accelerator has gone; every call that waited has been answered before.",
        [
          Variable("struct handle *", "handle", "Which one; the application still has to close it."),
          Variable("void *", "cb_arg", "As given to open."),
          Variable("int32_t", "cb_arg_len", "As given to open."),
        ])),
    .structure(
      Structure(
        "open_inargs", "Which accelerator is wanted, and by whom.",
        [
          Variable("uint16_t", "pci_vendor_id", "PCI_VENDOR_ID, or 0 for any."),
          Variable("uint16_t", "device_id", "PCI device ID, or 0 for any."),
          Variable("const char *", "accl_name", "Name of the accelerator; NULL for the first that can be had."),
          Variable("const char *", "app_identity", "Name of the application in UTF-8, for lists; NULL for none."),
          Variable("instance_broken_cbk_fn", "cb_fn", "Called when the accelerator goes; may be NULL."),
          Variable("void *", "cb_arg", "Handed to it."),
          Variable("int32_t", "cb_arg_len", "Handed to it."),
        ])),
    .structure(
      Structure("open_outargs", "An accelerator opened.", [Variable("struct handle", "handle", "Its handle.")])),
    .function(
      Function(
        "open", "Opens an accelerator.",
        [
          Variable("enum mode", "mode", "Exclusive or shared."),
          inargs("open", "Which one is wanted."),
          Variable("struct open_outargs *", "out", direction: .out, "Its handle, with no group."),
        ],
        errors: invalid("A pointer is NULL, the mode is not one to open in, or a name is too long") + [
          Failure("ENODEV", "There is no such accelerator."),
          Failure("EBUSY", "Another application has it, and not both want to share it."),
          Failure("ENOMEM", "There is no memory, or no room for another handle."),
          Failure("EAGAIN", "The library's thread cannot be started.", only: .library),
        ])),
    .function(
      Function(
        "close", "Closes an accelerator: its handle is not valid any more.", [handle],
        details: [
          "After the call, no callback of this handle runs any more; called from a callback, none after that one. "
            + "An accelerator that has gone can be closed whatever is left."
        ],
        errors: [
          Failure("EINVAL", "handle is NULL."), badHandle, noSuchGroup, forked,
          Failure("EBUSY", "There are groups, SAs, or calls without an answer, also those that other threads wait in."),
        ])),
  ]

  private static let grouping: [Interface.Item] = [
    .structure(
      Structure(
        "group_create_inargs", "A group to make.",
        [Variable("const char *", "group_identity", "Its name in UTF-8, for lists; NULL for none.")])),
    .structure(
      Structure(
        "group_create_outargs", "A group made.",
        [
          result,
          Variable("uint8_t", "group_handle", count: groupHandleSize, "To be put into a struct handle."),
        ])),
    .function(
      Function(
        "group_create", "Makes a group: SAs that are flushed together.",
        [handle, inargs("group_create", "The group."), flags, outargs("group_create_outargs"), resp],
        errors: [
          Failure("EINVAL", "A pointer is NULL, the name is too long, or no answer is expected."), noSuchGroup,
        ] + control)),
    .function(
      Function(
        "group_delete", "Deletes the group of the handle, which is good for no call until the group is zeros.",
        [handle, flags, outargs("result_outargs"), resp],
        errors: [
          Failure("EINVAL", "A pointer is NULL, or flags has unknown bits."),
          Failure("ENOENT", "The handle has no group, or one that does not exist."),
          Failure("EBUSY", "It has SAs: flush them first."),
        ] + control)),
  ]
}
