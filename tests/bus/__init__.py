"""The bus: one contract that both transports keep, and what is Kafka's alone."""
