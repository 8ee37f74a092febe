"""Lives in which training events are corrected and people leave."""
