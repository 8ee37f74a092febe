"""Development plans as protobuf: what people write, what they read, and the events."""
