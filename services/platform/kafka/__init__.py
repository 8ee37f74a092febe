"""Apache Kafka as the carrier of events."""
