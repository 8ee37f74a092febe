"""Rules service. Owns the Practice Standards, the rulebook, evaluations and concerns.

Answers what every rule says of one person's evidence and why; publishes concerns raised, updated and proposed for
closing; listens to evidence and attendance; never decides about a person and never holds narrative.
"""
