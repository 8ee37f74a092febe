"""Key performance indicators as pages show them."""
