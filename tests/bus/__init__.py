"""The bus: one contract for both transports, and tests of what only Kafka has."""
