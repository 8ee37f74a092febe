"""Individual support sessions: their dates, agenda and record."""
