/// The device, version by version.
