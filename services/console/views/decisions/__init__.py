"""What Scottish Ministers decided: found by a reference, recorded by a third person, and corrected by two."""
