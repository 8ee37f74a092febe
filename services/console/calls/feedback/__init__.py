"""Calls about feedback: by the console itself for people who are not signed in, and by the Team."""
