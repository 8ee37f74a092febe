"""How far complaints come, and by when the Panel Team owes what."""
