"""durable-rules in a child process."""
