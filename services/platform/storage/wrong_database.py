"""The error of a database that a service must not use."""


class WrongDatabaseError(Exception):
    """The database cannot be used as it is. The message says why and what to do."""
