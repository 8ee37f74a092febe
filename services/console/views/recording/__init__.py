"""Views of the pages on which evidence is recorded."""
