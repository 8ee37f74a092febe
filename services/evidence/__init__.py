"""Evidence about practice and conduct, and the register of Safeguarders.

The service owns the register, terms, evidence items and replies. It answers who is on the Panel, what is kept about a
person, and what became of an item that was sent in. It publishes appointments, ends of membership, and every item
without its text. It reads the standards editions that rules publishes, to check mappings, and the allocations of
scheduling, to know who may read a file. It never judges an item, never raises a concern, and never says anything about
a child except an opaque case reference.
"""
