/// The device, version by version.
public enum Spec {}
