"""Requests of Safeguarders that somebody outside the chain looks at something about them (R92, R93, B5; record 2.5)."""
