"""Where the outside is met: the database, the directory of people, SMTP."""
