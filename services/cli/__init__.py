"""The command line `psmf`: what people and scripts do with the suite from a terminal.

Speaks to the services through their public gRPC methods; only `psmf rules check` and `psmf rules test` read rule files
themselves. Data goes to standard output, talk to standard error. Modules import what is slow when a command needs it.
"""
