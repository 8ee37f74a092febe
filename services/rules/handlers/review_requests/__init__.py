"""Let concerns follow the review requests of Safeguarders."""
