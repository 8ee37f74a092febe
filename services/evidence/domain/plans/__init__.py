"""Development plans: strengths, needs, actions and supports, and what both sides do with them."""
