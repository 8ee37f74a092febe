"""gRPC calls: the server and its gate, the client, identity, access, commands and pages."""
