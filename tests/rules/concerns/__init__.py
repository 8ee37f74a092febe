"""The life of a concern, asked through the service."""
