"""gRPC methods of the evidence service: decode, call the handler, encode."""
