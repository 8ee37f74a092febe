"""gRPC methods of the rules service: decode, call the handler, encode."""
