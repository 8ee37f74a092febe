"""Evidence about practice and conduct, and the register of Safeguarders.

Owns: the register, terms, evidence items, replies. Answers: who is on the Panel, what is held about a person, what
became of something sent in. Publishes: appointments, ends, and every item without its words. Listens to: the standards
editions that rules publishes (to check mappings) and the allocations of scheduling (to know who may read a file). Never
does: judge an item, raise a concern, or say anything about a child beyond an opaque case reference.
"""
