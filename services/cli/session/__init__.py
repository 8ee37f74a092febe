"""`psmf session`: sessions, their papers, and their records with both sides' words."""
