"""Domain values as protobuf, and back: one file for each noun. Nothing else in the service converts."""
