"""`psmf recommendation`: what the Team recommends to Scottish Ministers, read and answered by the person first."""
