"""The gRPC methods of the rules service: decode, call one handler, encode."""
