"""`psmf support`: what the Team offers, from the offer until it was received."""
