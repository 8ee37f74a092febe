"""`psmf rules`: the rulebook in plain words, checked, tried out and brought into force."""
