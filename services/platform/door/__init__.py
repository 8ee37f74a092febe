"""The door: what stands between the network and the methods of a service.

It settles whose a call is, and whether there is room for it, before a thread takes it on. Threads are in pools that
cannot take from one another, and callers take turns in each.
"""
