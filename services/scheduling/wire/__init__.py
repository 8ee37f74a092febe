"""Conversion between domain values and protobuf messages, in both directions."""
