"""The whole suite on one machine, with invented people.

Owns the demo's issuer of tokens, its mailbox, its story and the processes of the four services. Speaks to the services
through their public gRPC methods only, like any other system. Everything here is marked as demo data; nothing here runs
in production.
"""
