import Virtio

/// A chain in guest memory, as the rings have it; the grammar's is spelled out where it is meant.
typealias Chain = Virtio.Chain
