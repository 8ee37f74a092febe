"""Individual support sessions: their dates, agendas and attendance."""
