"""One of the services that run together in a test process."""
