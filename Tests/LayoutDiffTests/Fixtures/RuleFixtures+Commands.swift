import Model

/// Changes of commands and services.
extension RuleFixtures {
  static let commands = [
    Fixture("command-added", at: "commands.get_weather", compatible, breaking, says: "knows no such command") {
      var command = $0.services[0].commands[0]
      command.name = "get_weather"
      command.codes[1].value = 99
      $0.services[0].commands.append(command)
    },
    Fixture("command-added", at: "commands.get_weather", compatible, compatible) {
      $0.feature("VIRTIO_IPSEC_F_WEATHER", bit: 20)
      var command = $0.services[0].commands[0]
      (command.name, command.feature) = ("get_weather", "VIRTIO_IPSEC_F_WEATHER")
      command.codes[1].value = 99
      $0.services[0].commands.append(command)
    },
    Fixture("command-removed", at: "commands.add_group", breaking, compatible, says: "knows no such command") {
      $0.services[0].commands.removeAll { $0.name == "add_group" }
    },
    Fixture("command-code", at: "commands.add_group", breaking, breaking, says: "sends add_group as code 2.1") {
      $0.command("add_group") { $0.codes[1].value = 99 }
    },
    Fixture("command-feature", at: "commands.add_group", conditional, compatible, says: "knows no such command") {
      $0.command("add_group") { $0.feature = "VIRTIO_IPSEC_F_SA_BUNDLES" }
    },
    Fixture("command-queue", at: "services.control", breaking, breaking, says: "does not serve it there") {
      $0.services[0].queues = ["notifyq"]
    },
    Fixture("command-renamed", at: "commands.make_group", sourceBreak, sourceBreak) {
      $0.command("add_group") { $0.name = "make_group" }
    },
    Fixture("command-reused", at: "commands.add_group", breaking, breaking, says: "takes it for reset_device") {
      $0.command("add_group") { ($0.name, $0.summary) = ("reset_device", "Forgets everything.") }
    },
    Fixture("command-macro", at: "commands.add_group", sourceBreak, sourceBreak) {
      $0.command("add_group") { $0.codes[1].name = "VIRTIO_IPSEC_CTRL_MAKE_GROUP" }
    },
    Fixture("service-added", at: "services.weather", source, source) {
      var service = $0.services[0]
      (service.name, service.summary, service.commands) = ("weather", "Says how it will be.", [])
      $0.services.append(service)
    },
    Fixture("service-removed", at: "services.weather", sourceBreak, sourceBreak, from: .withWeather) {
      $0.services.removeLast()
    },
    Fixture("service-renamed", at: "services.management", sourceBreak, sourceBreak) {
      $0.services[0].name = "management"
    },
  ]
}
