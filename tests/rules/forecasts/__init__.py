"""What-if, trials and simulations, asked through the service."""
