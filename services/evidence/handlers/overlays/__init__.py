"""Commands on overlays of a membership."""
