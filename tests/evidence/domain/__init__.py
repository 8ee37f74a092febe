"""The domain of evidence alone: no clock, no database, no network."""
