"""Events between services: outbox, inbox, and the feed that carries them without a broker."""
