"""Review requests of Safeguarders, as concerns follow them."""
