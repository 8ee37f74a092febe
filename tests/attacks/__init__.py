"""Attacks on the running services: each a program of a page that ends by itself, with its row in docs/security.md."""
