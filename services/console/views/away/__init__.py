"""Leave and suspensions, as pages show them."""
