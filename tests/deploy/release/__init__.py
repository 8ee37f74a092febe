"""How a release is made: its bill of materials, its image by digest, and the room that it may take in a cluster."""
