"""The rulebook in force and its revisions, asked through the service."""
