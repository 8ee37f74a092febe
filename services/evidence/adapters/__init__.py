"""Where the outside is met: the database."""
