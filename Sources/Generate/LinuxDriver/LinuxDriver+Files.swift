extension LinuxDriver {
  /// Every file whose text is the driver's own: this list is the place to add one.
  static let files = [
    kbuildFile, kconfigFile, makefileFile, bufferedSource, chardevSource, chardevHeader, commandsSource, compatHeader,
    controlSource, controlHeader, dataSource, dataHeader, debugfsSource, debugfsHeader, debugfsInfoSource,
    debugfsSpecSource, deviceSource, deviceHeader, eventsSource, eventsHeader, gapiHeader, gapiCallSource,
    gapiControlSource, gapiFlightSource, gapiFlightHeader, gapiGetSource, gapiListSource, gapiModSource,
    gapiOpenSource, gapiPacketSource, gapiSpecSource, groupsSource, lifetimeSource, lifetimeHeader, mainSource,
    messagesSource, processSource, queueSource, queuesSource, recoverySource, registersSource, saSource,
    saCommandsSource, saHeader, specSource, specHeader, submitSource, ipsecLaHeader, virtioIpsecRst,
  ]
}
