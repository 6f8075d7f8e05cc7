import Wire

/// What tests do to accelerators: a header of its own, which portable applications do not include.
extension GAPI {
  static let simulation = Interface.Header(
    "g_ipsec_la_sim", "The platform behind the g-API: for tests that plug, unplug and hold accelerators.",
    introduction: [],
    sections: [
      Interface.Section(
        "The platform",
        [
          .structure(
            Structure(
              "sim_platform", "A platform to build.",
              [
                Variable(
                  "uint32_t", "num_devices",
                  "Accelerators, 0 to 4: the places of G_IPSEC_LA_DEVICES, and simulated PCI cards behind them."),
                Variable("uint32_t", "num_cpus", "Virtual CPUs, each with queues of its own: 1 to 64."),
                Variable(
                  "const char *", "spec_version",
                  "Of the device's interface: 0.4, 1.0 or 2.0; NULL for the place's, or 2.0."),
              ])),
          .function(
            Function(
              "sim_start",
              "Builds and boots the platform; without this call, the first other one does, with all places.",
              [Variable("const struct sim_platform *", "platform", "What to build.")],
              errors: invalid("The pointer is NULL, or a number is not valid") + [
                Failure("EBUSY", "There is a platform already."), forked, noPlatform,
              ])),
          .function(
            Function(
              "sim_plug", "Plugs an accelerator in: a card, or the connection to a served one.",
              [Variable("uint32_t", "slot", "0 to 3.")],
              errors: invalid("There is no such slot") + [Failure("EBUSY", "It is taken."), forked, noPlatform])),
          .function(
            Function(
              "sim_unplug", "Pulls an accelerator out, whatever it does.", [Variable("uint32_t", "slot", "0 to 3.")],
              errors: invalid("There is no such slot") + [Failure("ENODEV", "It is empty."), noPlatform])),
          .function(
            Function(
              "sim_hold", "Lets an accelerator take packets without working on them, or go on working.",
              [
                Variable("uint32_t", "slot", "0 to 3."),
                Variable("bool", "hold", "Whether it holds."),
              ],
              errors: invalid("There is no such slot") + [Failure("ENODEV", "It is empty."), noPlatform])),
          .function(
            Function(
              "sim_fail", "Has an accelerator need a reset, after which its driver makes the SAs again.",
              [Variable("uint32_t", "slot", "0 to 3.")],
              errors: invalid("There is no such slot") + [Failure("ENODEV", "It is empty."), noPlatform])),
        ])
    ])
}
