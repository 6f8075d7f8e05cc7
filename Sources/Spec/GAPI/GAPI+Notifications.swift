import Wire

/// Events that an application is told of.
extension GAPI {
  static let notificationItems: [Interface.Item] = [
    .structure(
      Structure(
        "notification", "An event of an SA.",
        [
          Variable("struct handle", "handle", "The accelerator, and the SA's group."),
          Variable("struct sa_handle", "sa_handle", "The SA."),
          Variable("uint64_t", "value", "Its sequence number; of a lifetime, bytes processed."),
          Variable("uint32_t", "coalesced", "Earlier events of the kind that this one stands for."),
        ])),
    .callback(
      Function(
        "notification_cbk_fn", "Something has happened to an SA.",
        [
          Variable("const struct notification *", "event", "What; during the call only."),
          Variable("void *", "cb_arg", "As given to notification_hooks_register."),
          Variable("int32_t", "cb_arg_len", "As given to notification_hooks_register."),
        ])),
    .structure(
      Structure(
        "notification_hook", "Who is told.",
        [
          Variable("notification_cbk_fn", "cb_fn", "What is called; NULL for nobody."),
          Variable("void *", "cb_arg", "Handed to it."),
          Variable("int32_t", "cb_arg_len", "Handed to it."),
        ])),
    .structure(
      Structure(
        "notification_hooks", "Who is told of what.",
        [
          Variable("struct notification_hook", "seq_num_overflow", "A sequence number is about to overflow."),
          Variable("struct notification_hook", "seq_num_periodic", "A sequence number has advanced by the interval."),
          Variable("struct notification_hook", "soft_lifetime_expiry", "A soft lifetime has expired."),
        ])),
    .function(
      Function(
        "notification_hooks_register", "Says who is told of the application's SAs from now on.",
        [handle, Variable("const struct notification_hooks *", "in", "Who.")],
        details: ["Hooks are told of the SAs of all groups, whichever the handle has."],
        errors: [
          Failure("EINVAL", "A pointer is NULL."), badHandle, noSuchGroup, forked,
          Failure("EBUSY", "Hooks are registered already."),
        ])),
    .function(
      Function(
        "notifications_hook_deregister", "Nobody is told any more.", [handle],
        details: [
          "It waits for a hook that runs; none does once it has returned. Called from a hook, none runs after that one."
        ],
        errors: [
          Failure("EINVAL", "handle is NULL."), badHandle, forked,
          Failure("ENOENT", "No hooks are registered, or the handle's group is none of this application's."),
        ])),
  ]
}
