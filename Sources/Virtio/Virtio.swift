/// The standard's part.
public enum Virtio {}
