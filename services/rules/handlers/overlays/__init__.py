"""Let concerns follow the overlays of Safeguarders."""
