"""`psmf events`: topics of Kafka, dead letters, and publishing events again."""
