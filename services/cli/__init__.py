"""The command line `psmf`, for people and scripts.

It calls the services through their public gRPC methods. The commands that check, test, compare and print rule files
read those files on this machine. Data goes to standard output, messages to standard error. Slow modules are imported
inside the functions that use them, so that help answers at once.
"""
