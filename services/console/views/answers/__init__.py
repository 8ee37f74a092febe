"""What Safeguarders answer, and ask to be looked at."""
