/// Definitions as plain values.
