"""PostgreSQL put back to a chosen instant, from a backup and the archive of its log."""
