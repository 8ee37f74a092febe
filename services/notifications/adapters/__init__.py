"""The database of notifications, the directory of people and SMTP."""
