"""What pages ask about answers of Safeguarders, reviews, recommendations and decisions."""
