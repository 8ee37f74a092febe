"""A database that a service cannot work with."""


class UnusableDatabaseError(Exception):
    """The database cannot be used as it is. The message says why and what to do, and holds no stored data.

    The program prints it and ends with exit code 2 (F7).
    """
