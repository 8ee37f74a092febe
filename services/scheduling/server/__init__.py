"""The gRPC services: a request in, domain values through a handler, a message out."""
