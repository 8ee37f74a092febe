"""gRPC methods of the evidence service. Each decodes the request, calls a handler and encodes the answer."""
