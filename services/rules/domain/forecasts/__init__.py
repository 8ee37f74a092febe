"""What another rulebook would have said over a span of days: what-if and trials."""
