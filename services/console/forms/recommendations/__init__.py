"""The forms on which the text of a recommendation is written."""
