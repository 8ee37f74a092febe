"""Rules of alerts and notifications, in plain Python."""
