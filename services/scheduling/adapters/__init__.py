"""Everything scheduling touches outside itself."""
