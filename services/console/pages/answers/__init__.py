"""What Safeguarders answer, and ask to be looked at: a page for each. Nobody else has them."""
