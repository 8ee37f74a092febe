"""Pages of development plans: the Team's, and the steps that both sides make."""
