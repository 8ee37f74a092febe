"""Telling the story to a running suite, through public methods only."""
