"""The pages of feedback by a link."""
