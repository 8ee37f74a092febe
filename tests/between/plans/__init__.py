"""Development plans and duties, across services."""
