"""Calls to the suite's public methods, and the words in which answers are shown.

The command line, the demo, benchmarks and fault runs share this package, so that they find records, sign in and word
answers in the same way. It knows the services through gRPC only and keeps no data.
"""
