"""The whole suite on one machine, with invented people.

This package holds the demo's issuer of tokens, its mailbox, its story and the processes of the four services. It calls
the services through their public gRPC methods only, like any other system. Its data is marked as demo data. Nothing
here runs in production.
"""
