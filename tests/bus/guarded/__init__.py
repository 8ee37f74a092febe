"""A broker that asks for certificates, and what talks to it."""
