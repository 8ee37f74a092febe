"""Reviews that a Safeguarder asks for, as both sides read them."""
