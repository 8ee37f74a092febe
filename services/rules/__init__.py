"""Rules service. Owns the Practice Standards, the rulebook, evaluations and concerns.

It receives evidence and attendance, evaluates every rule for one person and says why each answered as it did. It
publishes concerns that are raised, updated or proposed for closing. It never decides about a person and never holds
narrative.
"""
